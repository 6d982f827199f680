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
            var at = text.IndexOf(marked, StringComparison.Ordinal);
            if (at < 0)
                continue;
            // It may stick to the words beside it.
            var name = mentioned.Name ?? Tag().Replace(marked, "");
            var word = isBot ? " " : $" @{MentionNames.Add(mentions, name, await conversations.PersonAsync(mentioned.Id, mentioned.AadObjectId, name, cancellationToken))} ";
            text = string.Concat(text.AsSpan(0, at), word, text.AsSpan(at + marked.Length));
        }
        if (!isForBot && activity.Recipient?.Name is { Length: > 0 } own && BotTag(own) is { Success: true } tag && tag.Value is var named)
            (text, isForBot) = (text.Replace(named, " ", StringComparison.Ordinal), true);
        return (ToPlainText(text).Trim(), mentions, isForBot);

        Match BotTag(string name) => Regex.Match(text, $"<at[^>]*>{Regex.Escape(name)}</at>", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
    }

    /// <summary>HTML as Teams writes it: what a line is stays one, tags go, entities become characters. Anything else in brackets was typed.</summary>
    public static string ToPlainText(string html)
    {
        var text = LineEnd().Replace(html.Replace("\r\n", "\n", StringComparison.Ordinal), "\n");
        text = Anchor().Replace(text, anchor =>
        {
            var url = anchor.Groups["url"].Value;
            var label = Tag().Replace(anchor.Groups["label"].Value, "");
            return label.Length == 0 || url.TrimEnd('/').EndsWith(label.TrimEnd('/'), StringComparison.OrdinalIgnoreCase) ? url : $"{label} ({url})";
        });
        text = WebUtility.HtmlDecode(Tag().Replace(text, ""));
        var lines = text.Replace('\u00A0', ' ').Split('\n');
        return new StringBuilder().AppendJoin('\n', lines.Select(l => l.TrimEnd())).ToString().Trim('\n');
    }

    [GeneratedRegex(@"<br\s*/?>|</(?:p|div|li|h[1-6]|blockquote|tr|pre)>(?:\s*\n)?", RegexOptions.IgnoreCase)]
    private static partial Regex LineEnd();

    [GeneratedRegex("""<a\s[^>]*?href="(?<url>[^"]*)"[^>]*>(?<label>.*?)</a>""", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"</?(?:at|a|p|div|span|b|i|u|s|strong|em|strike|del|sub|sup|ul|ol|li|h[1-6]|blockquote|pre|code|codeblock|table|tbody|thead|tr|td|th|img|emoji|attachment|hr|font|readonly|systemEventMessage)(?:\s[^<>]*)?/?>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
