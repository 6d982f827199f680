using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Commands.Values;
using IncidentBot.Teams.Schema;

namespace IncidentBot.Teams.Inbound;

/// <summary>Text as Teams sends it, as people typed it: the mention of the bot is gone, others are <c>@name</c>s, HTML is text.</summary>
public static partial class TeamsText
{
    /// <returns>The text, who is behind its <c>@name</c>s, and whether the bot is mentioned.</returns>
    public static async Task<(string Text, IReadOnlyDictionary<string, Person> Mentions, bool IsForBot)> ReadAsync(
        Activity activity, TeamsConversations conversations, CancellationToken cancellationToken)
    {
        var mentions = new Dictionary<string, Person>(StringComparer.OrdinalIgnoreCase);
        var text = activity.Text ?? "";
        var isForBot = false;
        foreach (var entity in activity.Entities ?? [])
        {
            if (entity is not { Type: "mention", Text: { Length: > 0 } marked, Mentioned: { Id: not null } mentioned })
                continue;
            var isBot = mentioned.Id == activity.Recipient?.Id;
            isForBot |= isBot;
            if (isBot)
            {
                text = Without(text, Regex.Escape(marked));
            }
            else if (text.IndexOf(marked, StringComparison.Ordinal) is >= 0 and var at)
            {
                var person = await conversations.PersonAsync(mentioned.Id, mentioned.AadObjectId, mentioned.Name ?? ToPlainText(marked), cancellationToken);
                text = Join(text[..at], "@" + MentionNames.Add(mentions, person.Name, person), text[(at + marked.Length)..]);
            }
        }
        if (activity.Recipient?.Name is { Length: > 0 } own)
        {
            // Some clients mark it without saying who is meant; where two talk, it may be no more than typed.
            var name = Regex.Escape(own);
            var rest = Without(text, activity.Conversation?.ConversationType == "personal" ? $@"(?:<at[^<>]*>{name}</at>|^\s*@{name}\b)" : $"<at[^<>]*>{name}</at>");
            isForBot |= rest != text;
            text = rest;
        }
        return (ToPlainText(text).Trim(), mentions, isForBot);
    }

    private static string Without(string text, string pattern) =>
        Regex.Replace(text, $@"(?:[ \u00A0]|&nbsp;)?{pattern}(?:[ \u00A0]|&nbsp;)?", " ", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    /// <summary>A mention may stick to what is beside it, and is a word of its own all the same.</summary>
    private static string Join(string before, string mention, string after) =>
        (before.Length == 0 || char.IsWhiteSpace(before[^1]) || before[^1] is '>' or ';' or '(' ? before : before + " ") + mention
        + (WordEnd().IsMatch(after) ? after : " " + after);

    /// <summary>HTML as Teams writes it: what a line is stays one, tags go, entities become characters. Anything else in brackets was typed.</summary>
    public static string ToPlainText(string html)
    {
        var text = LineEnd().Replace(html.Replace("\r\n", "\n", StringComparison.Ordinal), "\n");
        text = LineStart().Replace(text, start => (start.Index == 0 || text[start.Index - 1] == '\n' ? "" : "\n") + (start.Groups["item"].Success ? "- " : ""));
        text = Cell().Replace(Emoji().Replace(text, "${alt}"), " ");
        text = Anchor().Replace(text, anchor =>
        {
            var url = anchor.Groups["url"].Value;
            var label = Tag().Replace(anchor.Groups["label"].Value, "");
            return label.Length == 0 || url.TrimEnd('/').EndsWith(label.TrimEnd('/'), StringComparison.OrdinalIgnoreCase) ? url : $"{label} ({url})";
        });
        text = WebUtility.HtmlDecode(Tag().Replace(text, ""));
        var lines = WithoutCopyMarks(text).Split('\n');
        return new StringBuilder().AppendJoin('\n', lines.Select(l => l.TrimEnd())).ToString().Trim('\n');
    }

    /// <summary>Without what comes along when something is copied: cards are written with it, see <c>CardText</c>.</summary>
    public static string WithoutCopyMarks(string text) => NoWidth().Replace(text, "").Replace('\u00A0', ' ');

    [GeneratedRegex(@"<br\s*/?>|</(?:p|div|li|h[1-6]|blockquote|tr|pre)>(?:\s*\n)?", RegexOptions.IgnoreCase)]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"<(?:p|div|ul|ol|(?<item>li)|h[1-6]|blockquote|table|tbody|tr|pre)(?:\s[^<>]*)?>(?:\s*<(?:p|div|ul|ol|(?<item>li)|h[1-6]|blockquote|table|tbody|tr|pre)(?:\s[^<>]*)?>)*", RegexOptions.IgnoreCase)]
    private static partial Regex LineStart();

    [GeneratedRegex("""<emoji\s[^<>]{0,300}?alt="(?<alt>[^"<>]{0,40})"[^<>]{0,300}>""", RegexOptions.IgnoreCase)]
    private static partial Regex Emoji();

    [GeneratedRegex("</t[dh]>", RegexOptions.IgnoreCase)]
    private static partial Regex Cell();

    [GeneratedRegex("[\u200B\u2060\uFEFF]")]
    private static partial Regex NoWidth();

    [GeneratedRegex(@"^[\p{P}-[&]]*(?:\s|&nbsp;|<|$)")]
    private static partial Regex WordEnd();

    [GeneratedRegex("""<a\s[^<>]{0,300}?href="(?<url>[^"<>]{0,4000})"[^<>]{0,300}>(?<label>(?:[^<]|<(?!/?a[\s>]))*)</a>""", RegexOptions.IgnoreCase)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"</?(?:at|a|p|div|span|b|i|u|s|strong|em|strike|del|sub|sup|ul|ol|li|h[1-6]|blockquote|pre|code|codeblock|table|tbody|thead|tr|td|th|img|emoji|attachment|hr|font|readonly|systemEventMessage)(?:\s[^<>]*)?/?>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
