using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.Slack.Blocks;

/// <summary>
/// <see cref="RichText"/> as Slack's mrkdwn: the one place where text is escaped on its way to Slack.
/// https://api.slack.com/reference/surfaces/formatting#escaping
/// </summary>
public static partial class Mrkdwn
{
    /// <summary>A space of no width: between emphasis and the text beside it, where Slack would see one word, and inside of what is no markup.</summary>
    private const char ThinAir = '\u200B';

    /// <summary>A longer one stays text: a link is never cut, and must fit wherever text stands.</summary>
    private const int LongestLink = 1000;

    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <param name="channelOf">The id of an incident's channel, null when it has none on Slack.</param>
    public static string Render(RichText text, Func<int, string?> channelOf)
    {
        var result = new StringBuilder();
        foreach (var span in text.Spans)
            Append(result, span, channelOf);
        return result.ToString();
    }

    /// <summary>A mention that notifies; of a user group where the id is one's. Integrations (<c>B…</c>) and people of elsewhere have only a name.</summary>
    public static string Mention(Person person) => person.Platform != SlackPlatform.PlatformName ? "@" + Escape(person.Name) : person.Id switch
    {
        ['S', ..] => $"<!subteam^{person.Id}>",
        ['U' or 'W', ..] => $"<@{person.Id}>",
        _ => "@" + Escape(person.Name),
    };

    private static void Append(StringBuilder result, RichSpan span, Func<int, string?> channelOf)
    {
        switch (span)
        {
            case TextSpan { Style: TextStyle.Plain } text:
                AppendPlain(result, text.Text);
                break;
            case TextSpan text:
                AppendStyled(result, text);
                break;
            case MentionSpan mention:
                result.Append(Mention(mention.Person));
                break;
            case LinkSpan link when Uri.TryCreate(link.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https":
                result.Append('<').Append(Address(link.Url)).Append('|').Append(Escape(link.Text).Replace('|', '¦').Replace('\n', ' ')).Append('>');
                break;
            case RoomSpan room when channelOf(room.IncidentNumber) is { } channel:
                result.Append("<#").Append(channel).Append('>');
                break;
            case InstantSpan instant:
                result.Append(CultureInfo.InvariantCulture, $"<!date^{instant.At.ToUnixTimeSeconds()}^{{date_short_pretty}} {{time}}|{Escape(instant.ToPlainText())}>");
                break;
            default:
                result.Append(Escape(span.ToPlainText()));
                break;
        }
    }

    /// <summary>Web addresses become links, as nothing does by itself in a <see cref="Markdown"/>.</summary>
    private static void AppendPlain(StringBuilder result, string text)
    {
        var end = 0;
        foreach (var found in WebAddress().Matches(text).Where(m => m.Length <= LongestLink))
        {
            var url = WithoutEnd(found.Value);
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || Address(url) is not { Length: <= LongestLink } address)
                continue;
            AppendText(result, text[end..found.Index]);
            result.Append('<').Append(address).Append('>');
            end = found.Index + url.Length;
        }
        AppendText(result, text[end..]);
    }

    /// <summary>A bar or a bracket would end the address.</summary>
    private static string Address(string url) => Escape(url).Replace("|", "%7C", StringComparison.Ordinal);

    /// <summary>The address without the punctuation and the brackets of the sentence that it stands in.</summary>
    private static string WithoutEnd(string url)
    {
        while (url[^1] is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '*' or '~' or ']' or '}' or '|'
            || (url[^1] == ')' && url.Count(c => c == ')') > url.Count(c => c == '(')))
        {
            url = url[..^1];
        }
        return url;
    }

    /// <summary>
    /// What reaches beyond its line is kept from being markup, as it would swallow what stands behind it: <c>&gt;</c> at a line's
    /// start, also where it is escaped, and three backticks.
    /// </summary>
    private static void AppendText(StringBuilder result, string text)
    {
        if (text.StartsWith('>') && (result.Length == 0 || result[^1] == '\n'))
            result.Append(ThinAir);
        result.Append(Escape(WithoutFences(text.Replace("\n>", $"\n{ThinAir}>", StringComparison.Ordinal))));
    }

    private static string WithoutFences(string text) => text.Replace("```", $"`{ThinAir}`{ThinAir}`", StringComparison.Ordinal);

    /// <summary>Each line for itself: Slack's emphasis ends at a line's end, and wants no blank inside its marks.</summary>
    private static void AppendStyled(StringBuilder result, TextSpan span)
    {
        var mark = span.Style switch
        {
            TextStyle.Bold => '*',
            TextStyle.Italic => '_',
            _ => '`',
        };
        var lines = span.Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                result.Append('\n');
            // The mark itself cannot be escaped.
            var line = lines[i].Replace(mark, mark == '`' ? '\'' : '∗').Trim();
            if (line.Length == 0)
            {
                result.Append(Escape(lines[i]));
                continue;
            }
            if (result.Length > 0 && char.IsLetterOrDigit(result[^1]))
                result.Append(ThinAir);
            result.Append(lines[i].AsSpan()[..(lines[i].Length - lines[i].AsSpan().TrimStart().Length)]);
            result.Append(mark).Append(Escape(WithoutFences(line))).Append(mark);
            result.Append(lines[i].AsSpan()[lines[i].AsSpan().TrimEnd().Length..]);
        }
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])https?://[^\s<>""`\p{C}]+", RegexOptions.IgnoreCase)]
    private static partial Regex WebAddress();
}
