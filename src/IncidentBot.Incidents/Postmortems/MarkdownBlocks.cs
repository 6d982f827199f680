using IncidentBot.Incidents.Chat;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using HeadingBlock = Markdig.Syntax.HeadingBlock;
using ListBlock = Markdig.Syntax.ListBlock;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>A draft as blocks of a chat message, so that no platform needs a Markdown of its own.</summary>
public static class MarkdownBlocks
{
    private const string Rule = "———";

    public static IReadOnlyList<ChatBlock> ToMessage(string markdown)
    {
        var blocks = new List<ChatBlock>();
        foreach (var block in MarkdownDocuments.Parse(markdown))
            Add(block, blocks);
        return blocks;
    }

    private static void Add(Block block, List<ChatBlock> blocks)
    {
        switch (block)
        {
            case HeadingBlock heading when heading.Inline is not null:
                blocks.Add(new Chat.HeadingBlock(Text(heading.Inline), heading.Level));
                break;
            case ListBlock list:
                var items = new List<RichText>();
                AddItems(list, items, "");
                blocks.Add(new Chat.ListBlock(items));
                break;
            case Table table:
                blocks.Add(new Chat.ListBlock(Rows(table)));
                break;
            case CodeBlock code:
                blocks.Add(new TextBlock(RichText.Code(code.Lines.ToString())));
                break;
            case ThematicBreakBlock:
                blocks.Add(new ContextBlock(Rule));
                break;
            case QuoteBlock quote:
                foreach (var part in quote.OfType<LeafBlock>().Where(p => p.Inline is not null))
                    blocks.Add(new ContextBlock(Text(part.Inline!)));
                break;
            case ParagraphBlock paragraph when paragraph.Inline is not null:
                blocks.Add(new TextBlock(Text(paragraph.Inline)));
                break;
            case ContainerBlock container and not LinkReferenceDefinitionGroup:
                foreach (var part in container)
                    Add(part, blocks);
                break;
        }
    }

    /// <summary>Lists in lists become items of the outer one, with their depth shown.</summary>
    private static void AddItems(ListBlock list, List<RichText> items, string depth)
    {
        int number = int.TryParse(list.OrderedStart, out int start) ? start : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            RichText text = list.IsOrdered ? $"{depth}{number++}. " : depth;
            bool isFirst = true;
            foreach (var part in item)
            {
                if (part is ListBlock inner)
                {
                    AddFilled(text, items);
                    text = RichText.Empty;
                    AddItems(inner, items, depth + "– ");
                    continue;
                }
                if (part is not LeafBlock leaf)
                    continue;
                if (!isFirst)
                    text += "\n";
                text += leaf is CodeBlock code ? RichText.Code(code.Lines.ToString()) : leaf.Inline is null ? RichText.Empty : Text(leaf.Inline);
                isFirst = false;
            }
            AddFilled(text, items);
        }
    }

    private static void AddFilled(RichText text, List<RichText> items)
    {
        if (text.ToPlainText().Trim().Length > 0)
            items.Add(text with { Spans = [.. text.Spans.Where(s => s is not TextSpan { Text: "" })] });
    }

    /// <summary>A row reads <c>Task: …; Owner: …</c>, since chat platforms have no tables.</summary>
    private static List<RichText> Rows(Table table)
    {
        var rows = table.OfType<TableRow>().Select(r => r.OfType<TableCell>().Select(Cell).ToList()).ToList();
        var header = rows.Count > 0 && ((TableRow)table[0]).IsHeader ? rows[0] : null;
        return [.. rows.Skip(header is null ? 0 : 1).Select(cells =>
        {
            var row = RichText.Empty;
            for (int i = 0; i < cells.Count; i++)
            {
                if (i > 0)
                    row += "; ";
                if (header is not null && i < header.Count && header[i].ToPlainText() is { Length: > 0 } name)
                    row += name + ": ";
                row += cells[i];
            }
            return row;
        })];
    }

    private static RichText Cell(TableCell cell) =>
        cell.OfType<LeafBlock>().Where(p => p.Inline is not null).Select(p => Text(p.Inline!)).Aggregate(RichText.Empty, (all, part) => all + part);

    private static RichText Text(ContainerInline inline)
    {
        var spans = new List<RichSpan>();
        AddSpans(inline, TextStyle.Plain, spans);
        return new RichText(spans);
    }

    private static void AddSpans(ContainerInline container, TextStyle style, List<RichSpan> spans)
    {
        foreach (var inline in container)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    AddText(literal.Content.ToString(), style, spans);
                    break;
                case HtmlEntityInline entity:
                    AddText(entity.Transcoded.ToString(), style, spans);
                    break;
                case CodeInline code:
                    spans.Add(new TextSpan(code.Content, TextStyle.Code));
                    break;
                case LineBreakInline lineBreak:
                    AddText(lineBreak.IsHard ? "\n" : " ", style, spans);
                    break;
                case AutolinkInline link when !link.IsEmail && IsWeb(link.Url):
                    spans.Add(new LinkSpan(link.Url, link.Url));
                    break;
                case AutolinkInline link:
                    AddText(link.Url, style, spans);
                    break;
                case LinkInline { Url: { } url } link when IsWeb(url):
                    var text = Text(link).ToPlainText();
                    spans.Add(new LinkSpan(url, text.Length > 0 ? text : url));
                    break;
                case EmphasisInline emphasis:
                    // The text has one style at a time; the outer one, which is the stronger mark in "**a _b_**", wins.
                    AddSpans(emphasis, style != TextStyle.Plain ? style : emphasis.DelimiterCount > 1 ? TextStyle.Bold : TextStyle.Italic, spans);
                    break;
                case ContainerInline other:
                    AddSpans(other, style, spans);
                    break;
            }
        }
    }

    /// <summary>Escapes split a text into many literals; a reader of the blocks sees one.</summary>
    private static void AddText(string text, TextStyle style, List<RichSpan> spans)
    {
        if (text.Length == 0)
            return;
        if (spans.Count > 0 && spans[^1] is TextSpan last && last.Style == style && style != TextStyle.Code)
            spans[^1] = last with { Text = last.Text + text };
        else
            spans.Add(new TextSpan(text, style));
    }

    private static bool IsWeb(string url) => MarkdownDocuments.IsSafe(url) && !url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
}
