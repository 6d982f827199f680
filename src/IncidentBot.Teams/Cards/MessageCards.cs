using System.Text;
using System.Text.Json;
using IncidentBot.Incidents.Chat;
using IncidentBot.Teams.Schema;
using Chat = IncidentBot.Incidents.Chat;

namespace IncidentBot.Teams.Cards;

/// <summary>One message as Teams takes it.</summary>
/// <param name="Summary">What a notification shows: plain text.</param>
public sealed record RenderedCard(string Summary, AdaptiveCard Card);

/// <summary>
/// <see cref="ChatMessage"/> as Adaptive Cards. What is too long for one becomes several, well below what Teams' documentation
/// has as the limit of a bot's message: 40 KB once, 100 KB in UTF-16 now.
/// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
/// </summary>
public static class MessageCards
{
    /// <summary>Of a card's JSON in UTF-8.</summary>
    public const int MostBytes = 24 * 1024;

    /// <summary>Of a text's characters; one of them is 6 bytes at worst (<c>\u0000</c>).</summary>
    internal const int TextLimit = 2000;

    /// <summary>Leaves room for the card around its parts and for <see cref="CutOff"/>.</summary>
    private const int MostBytesOfParts = MostBytes - 1024;
    private const int MostBytesOfFacts = 8 * 1024;
    private const int MostButtons = 6;
    private const int ButtonLimit = 75;
    private const int LabelLimit = 200;
    private const int ValueLimit = 800;
    private const int SummaryLimit = 250;

    /// <summary>What is left of a message's later part when the message became shorter.</summary>
    public static RenderedCard Merged { get; } = new("Now part of the message above.", new AdaptiveCard([Small("Now part of the message above.")]));

    /// <summary>The last part of a message that became longer than it was when it was posted.</summary>
    public static RenderedCard CutOff(RenderedCard part, string why = "Shortened. /incident postmortem posts the whole draft anew.") =>
        part with { Card = part.Card with { Body = [.. part.Card.Body, Small(CardText.Escape(why))] } };

    /// <summary>One card at least; several where it is too long for one.</summary>
    /// <param name="linkOf">The web address of an incident's room, null when it has none on Teams.</param>
    public static IReadOnlyList<RenderedCard> Render(ChatMessage message, Func<int, string?> linkOf)
    {
        var mentions = new CardMentions();
        var cards = new List<RenderedCard>();
        var parts = new List<Part>();
        var entities = new List<Entity>();
        var bytes = 0;
        foreach (var part in ToParts(message, mentions, linkOf))
        {
            var json = JsonSerializer.Serialize<CardElement>(part.Element, TeamsJson.Options);
            var mentioned = mentions.In(json).ToList();
            var added = Bytes(json) + mentioned.Except(entities).Sum(Bytes);
            if (parts.Count > 0 && bytes + added > MostBytesOfParts)
            {
                cards.Add(Finish(parts, entities));
                (parts, entities, bytes) = ([], [], 0);
                added = Bytes(json) + mentioned.Sum(Bytes);
            }
            parts.Add(part);
            entities.AddRange(mentioned.Except(entities));
            bytes += added;
        }
        if (parts.Count > 0 || cards.Count == 0)
            cards.Add(Finish(parts, entities));
        return cards;
    }

    /// <summary>The texts of a dialog, where nobody can be mentioned.</summary>
    internal static IEnumerable<CardElement> Texts(RichText text) => Texts(text, null, _ => null).Select(p => p.Element);

    private static int Bytes(string json) => Encoding.UTF8.GetByteCount(json) + 1;

    private static int Bytes(Entity entity) => Bytes(JsonSerializer.Serialize(entity, TeamsJson.Options));

    private static IEnumerable<Part> ToParts(ChatMessage message, CardMentions mentions, Func<int, string?> linkOf)
    {
        var number = 0;
        foreach (var block in message.Blocks)
        {
            number++;
            foreach (var part in ToParts(block, number, mentions, linkOf))
                yield return part;
        }
    }

    private static IEnumerable<Part> ToParts(ChatBlock block, int number, CardMentions mentions, Func<int, string?> linkOf) => block switch
    {
        HeadingBlock heading => Texts(heading.Text, mentions, linkOf).Select(p => p with { Element = Heading((TextBlock)p.Element, heading.Level) }),
        Chat.TextBlock { Text.Spans: [TextSpan { Style: TextStyle.Code } code] } => Texts(code.Text, mentions, linkOf).Select(p => p with { Element = (TextBlock)p.Element with { FontType = "Monospace" } }),
        Chat.TextBlock text => Texts(text.Text, mentions, linkOf),
        FieldsBlock fields => Facts(fields, mentions, linkOf),
        ListBlock list => list.Items.SelectMany((item, i) => Item(item, i == 0, mentions, linkOf)),
        ButtonsBlock buttons => Rows(buttons.Buttons.Select((b, i) => CardAction.Of(b, TextSplitter.Shorten(b.Label.ReplaceLineEndings(" "), ButtonLimit), $"b{number}.{i}"))),
        ContextBlock context => Texts(context.Text, mentions, linkOf).Select(p => p with { Element = (TextBlock)p.Element with { IsSubtle = true, Size = "Small", Spacing = "Small" } }),
        _ => Texts(block.ToPlainText(), mentions, linkOf),
    };

    private static IEnumerable<Part> Texts(RichText text, CardMentions? mentions, Func<int, string?> linkOf, string before = "") => CardText.Split(text, TextLimit)
        .Where(t => !string.IsNullOrWhiteSpace(t.ToPlainText()))
        .Select((t, i) => new Part(new TextBlock(CardText.Render(t, mentions, linkOf, i == 0 ? before : "").TrimEnd('\n')), t.ToPlainText()));

    private static TextBlock Heading(TextBlock text, int level) => text with
    {
        Style = "heading",
        Weight = "Bolder",
        Size = level switch
        {
            1 => "Large",
            2 => "Medium",
            // Left out, it would be what the client has for headings: larger than the second level.
            _ => "Default",
        },
    };

    /// <summary>A text of its own: the clients do not agree on lines in lists, nor on where one ends.</summary>
    private static IEnumerable<Part> Item(RichText item, bool isFirst, CardMentions mentions, Func<int, string?> linkOf) =>
        Texts(item, mentions, linkOf, "• ").Select((p, i) => isFirst && i == 0 ? p : p with { Element = p.Element with { Spacing = "Small" } });

    private static IEnumerable<Part> Facts(FieldsBlock fields, CardMentions mentions, Func<int, string?> linkOf)
    {
        var facts = new List<Fact>();
        var plain = new List<string>();
        var bytes = 0;
        foreach (var field in fields.Fields)
        {
            var label = CardText.Escape(TextSplitter.Shorten(field.Label, LabelLimit));
            var value = field.Value.ToPlainText();
            var isLong = value.Length > ValueLimit;
            var fact = new Fact(label, isLong ? "" : OrBlank(CardText.Render(field.Value, mentions, linkOf)));
            var added = Bytes(JsonSerializer.Serialize(fact, TeamsJson.Options));
            if (facts.Count > 0 && (isLong || bytes + added > MostBytesOfFacts))
            {
                yield return new Part(new FactSet(facts), string.Join(", ", plain));
                (facts, plain, bytes) = ([], [], 0);
            }
            if (isLong)
            {
                yield return new Part(new TextBlock(label) { Weight = "Bolder" }, field.Label + ":");
                foreach (var part in Texts(field.Value, mentions, linkOf))
                    yield return part with { Element = part.Element with { Spacing = "None" } };
                continue;
            }
            facts.Add(fact);
            plain.Add($"{field.Label}: {OrBlank(value)}");
            bytes += added;
        }
        if (facts.Count > 0)
            yield return new Part(new FactSet(facts), string.Join(", ", plain));
    }

    private static string OrBlank(string text) => string.IsNullOrWhiteSpace(text) ? "–" : text;

    private static IEnumerable<Part> Rows(IEnumerable<AdaptiveAction> actions) => actions.Chunk(MostButtons).Select(row => new Part(new ActionSet(row), ""));

    private static TextBlock Small(string text) => new(text) { IsSubtle = true, Size = "Small" };

    private static RenderedCard Finish(List<Part> parts, List<Entity> entities)
    {
        var words = string.Join(' ', parts.Select(p => p.Plain)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var summary = TextSplitter.Shorten(string.Join(' ', words), SummaryLimit);
        IReadOnlyList<CardElement> body = parts.Count == 0 ? [new TextBlock("–")] : [.. parts.Select(p => p.Element)];
        return new RenderedCard(
            summary.Length == 0 ? "IncidentBot" : summary, new AdaptiveCard(body, Msteams: new TeamsCardProperties("Full", entities.Count == 0 ? null : entities)));
    }

    /// <param name="Plain">What the summary says of it.</param>
    private sealed record Part(CardElement Element, string Plain);
}
