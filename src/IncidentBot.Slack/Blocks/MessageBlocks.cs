using System.Globalization;
using System.Text;
using System.Text.Json;
using IncidentBot.Incidents.Chat;
using IncidentBot.Slack.Api;
using Domain = IncidentBot.Incidents.Chat;

namespace IncidentBot.Slack.Blocks;

/// <summary>One message as Slack takes it, within all of its limits.</summary>
/// <param name="Text">What notifications and screen readers read; mrkdwn.</param>
public sealed record RenderedMessage(string Text, IReadOnlyList<Block> Blocks);

/// <summary>
/// <see cref="ChatMessage"/> as Block Kit. What is too long for one message becomes several: 50 blocks, and about 12,000
/// characters over all of them (<c>msg_blocks_too_long</c>). https://api.slack.com/reference/block-kit/blocks
/// </summary>
public static class MessageBlocks
{
    public const int MostBlocks = 50;
    public const int SectionLimit = 3000;
    private const int MostCharacters = 12_000;
    private const int HeaderLimit = 150;
    private const int FieldLimit = 2000;
    private const int MostFields = 10;
    private const int MostButtons = 25;
    private const int ButtonLimit = 75;
    private const int FallbackLimit = 3900;

    /// <summary>What is left of a message's later part when the message became shorter.</summary>
    public static RenderedMessage Merged { get; } = Small("Now part of the message above.");

    /// <summary>The last part of a message that became longer than it was when it was posted.</summary>
    public static RenderedMessage CutOff(RenderedMessage part, string why = "Shortened. /incident postmortem posts the whole draft anew.") =>
        part with { Blocks = [.. part.Blocks.Take(MostBlocks - 1), .. Small(why).Blocks] };

    /// <summary>One message at least; several where it is too long for one.</summary>
    public static IReadOnlyList<RenderedMessage> Render(ChatMessage message, Func<int, string?> channelOf)
    {
        var parts = new List<RenderedMessage>();
        var blocks = new List<Block>();
        var characters = 0;
        foreach (var block in ToBlocks(message, channelOf))
        {
            var length = JsonSerializer.Serialize(block, SlackJson.Options).Length;
            if (blocks.Count > 0 && (blocks.Count == MostBlocks || characters + length > MostCharacters))
            {
                parts.Add(Finish(blocks));
                blocks = [];
                characters = 0;
            }
            blocks.Add(block);
            characters += length;
        }
        if (blocks.Count > 0 || parts.Count == 0)
            parts.Add(Finish(blocks));
        return parts;
    }

    /// <summary>The blocks of a message, however many they are.</summary>
    public static IEnumerable<Block> ToBlocks(ChatMessage message, Func<int, string?> channelOf)
    {
        var number = 0;
        foreach (var block in message.Blocks)
        {
            number++;
            foreach (var part in ToBlocks(block, number, channelOf))
                yield return part;
        }
    }

    private static IEnumerable<Block> ToBlocks(ChatBlock block, int number, Func<int, string?> channelOf) => block switch
    {
        // A header takes no mention and no link, and only 150 characters.
        HeadingBlock { Level: 1 } heading when heading.Text.ToPlainText().Trim() is { Length: > 0 and <= HeaderLimit } title => [new HeaderBlock(new PlainText(title))],
        HeadingBlock heading => Sections(Emphasised(heading.Text, channelOf)),
        TextBlock text => Sections(Mrkdwn.Render(text.Text, channelOf)),
        FieldsBlock fields => Sections(fields.Fields.Select(f => new Markdown(Field(f, channelOf)))),
        ListBlock list => Sections(Bullets(list, channelOf)),
        ButtonsBlock buttons => buttons.Buttons
            .Select((b, i) => ToButton(b, $"{number}.{i}"))
            .Chunk(MostButtons)
            .Select(chunk => new ActionsBlock(chunk)),
        Domain.ContextBlock context => TextSplitter.Split(Mrkdwn.Render(context.Text, channelOf), SectionLimit)
            .Where(part => !string.IsNullOrWhiteSpace(part))
            .Select(part => new ContextBlock([new Markdown(part)])),
        _ => Sections(Mrkdwn.Escape(block.ToPlainText())),
    };

    private static IEnumerable<Block> Sections(string mrkdwn) => TextSplitter.Split(mrkdwn.Trim('\n'), SectionLimit).Where(part => !string.IsNullOrWhiteSpace(part)).Select(part => new SectionBlock(new Markdown(part)));

    /// <summary>Ten fields of full length are more than a message may hold.</summary>
    private static IEnumerable<SectionBlock> Sections(IEnumerable<Markdown> fields)
    {
        var section = new List<TextObject>();
        foreach (var field in fields)
        {
            if (section.Count == MostFields || section.Sum(f => f.Text.Length) + field.Text.Length > 2 * SectionLimit)
            {
                yield return new SectionBlock(Fields: section);
                section = [];
            }
            section.Add(field);
        }
        if (section.Count > 0)
            yield return new SectionBlock(Fields: section);
    }

    private static string Emphasised(RichText text, Func<int, string?> channelOf) => Mrkdwn.Render(
        new RichText([.. text.Spans.Select(s => s is TextSpan { Style: TextStyle.Plain } plain ? plain with { Style = TextStyle.Bold } : s)]), channelOf);

    private static string Bullets(ListBlock list, Func<int, string?> channelOf)
    {
        var text = new StringBuilder();
        foreach (var item in list.Items)
            text.Append("• ").Append(Mrkdwn.Render(item, channelOf).Replace("\n", "\n   ", StringComparison.Ordinal)).Append('\n');
        return text.ToString();
    }

    private static Button ToButton(ChatButton button, string actionId) => new Button(
        new PlainText(TextSplitter.Shorten(button.Label, ButtonLimit)), ButtonValue.Of(button).ToJson(), button.IsPrimary ? "primary" : null)
    {
        ActionId = actionId,
    };

    private static RenderedMessage Small(string text) => new(text, [new ContextBlock([new Markdown($"_{text}_")])]);

    /// <summary>Shortened where a text may be cut, and not inside of a reference.</summary>
    private static string Field(ChatField field, Func<int, string?> channelOf)
    {
        var text = $"*{Mrkdwn.Escape(field.Label)}*\n{OrBlank(Mrkdwn.Render(field.Value, channelOf))}";
        return text.Length <= FieldLimit ? text : TextSplitter.Split(text, FieldLimit - 1).First() + "…";
    }

    private static string OrBlank(string text) => text.Length == 0 ? "–" : text;

    private static RenderedMessage Finish(List<Block> blocks)
    {
        var text = new StringBuilder();
        foreach (var block in blocks)
        {
            var line = block switch
            {
                HeaderBlock header => Mrkdwn.Escape(header.Text.Text),
                SectionBlock { Text: { } section } => section.Text,
                SectionBlock { Fields: { } fields } => string.Join(", ", fields.Select(f => f.Text.Replace("*\n", "*: ", StringComparison.Ordinal))),
                ContextBlock context => string.Join(' ', context.Elements.Select(e => e.Text)),
                _ => "",
            };
            if (line.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"{line}\n");
        }
        // Slack shows something in any case; an empty text is refused.
        var fallback = text.ToString().Trim();
        return new RenderedMessage(fallback.Length == 0 ? "IncidentBot" : TextSplitter.Split(fallback, FallbackLimit).First(), blocks.Count == 0 ? [new SectionBlock(new Markdown("–"))] : blocks);
    }
}
