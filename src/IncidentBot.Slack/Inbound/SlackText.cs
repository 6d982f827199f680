using System.Text;
using System.Text.RegularExpressions;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Commands.Values;
using IncidentBot.Slack.Api;

namespace IncidentBot.Slack.Inbound;

/// <summary>Text as Slack sends it, as people typed it: references become names, escapes become characters.</summary>
public sealed partial class SlackText(SlackPeople people)
{
    private const int MostAskedFor = 20;

    /// <param name="mrkdwn">With references such as <c>&lt;@U123|name&gt;</c>, whose name may be missing.</param>
    /// <returns>The text with <c>@name</c>s, each one word, and who is behind them.</returns>
    public async Task<(string Text, IReadOnlyDictionary<string, Person> Mentions)> ReadAsync(string mrkdwn, CancellationToken cancellationToken)
    {
        var references = Reference().Matches(mrkdwn);
        // All at once: a slow Slack is waited for once, however many are named.
        var targets = references.Select(r => r.Groups["target"].Value).Distinct().Take(MostAskedFor).ToList();
        var hasUnnamedGroup = references.Any(r => IsGroup(r.Groups["target"].Value) && !r.Groups["label"].Success);
        var groups = hasUnnamedGroup ? people.TryListGroupsAsync(cancellationToken) : Task.FromResult<IReadOnlyList<UserGroup>>([]);
        var ids = targets.Where(t => t.StartsWith('@')).Select(t => t[1..]).ToList();
        var users = await Task.WhenAll(ids.Select(id => people.TryFindAsync(id, cancellationToken)));
        var known = new Known(ids.Zip(users).ToDictionary(u => u.First, u => u.Second), await groups);
        var mentions = new Dictionary<string, Person>(StringComparer.OrdinalIgnoreCase);
        return (Read(mrkdwn, mentions, known), mentions);
    }

    /// <summary>The text by what stands in it alone: nobody is asked.</summary>
    public static string Read(string mrkdwn) => Read(mrkdwn, [], new Known(new Dictionary<string, User?>(), []));

    private static string Read(string mrkdwn, Dictionary<string, Person> mentions, Known known)
    {
        var text = new StringBuilder();
        var end = 0;
        foreach (Match reference in Reference().Matches(mrkdwn))
        {
            text.Append(Unescape(mrkdwn[end..reference.Index]));
            text.Append(ReadReference(reference.Groups["target"].Value, Unescape(reference.Groups["label"].Value), mentions, known));
            end = reference.Index + reference.Length;
        }
        text.Append(Unescape(mrkdwn[end..]));
        return TypedText.Clean(text.ToString());
    }

    private static string ReadReference(string target, string label, Dictionary<string, Person> mentions, Known known)
    {
        switch (target)
        {
            case ['@', .. var userId]:
                return "@" + Remember(mentions, known.Users.GetValueOrDefault(userId), userId, label);
            case ['#', .. var channelId]:
                return "#" + (label.Length > 0 ? label : channelId);
            case ['!', .. var special] when IsGroup(target):
                var groupId = special["subteam^".Length..];
                var team = label.TrimStart('@');
                if (team.Length == 0)
                    team = known.Groups.FirstOrDefault(g => g.Id == groupId)?.Handle ?? groupId;
                return "@" + MentionNames.Add(mentions, team, new Person(SlackPlatform.PlatformName, groupId, team));
            case ['!', .. var special] when special.StartsWith("date^", StringComparison.Ordinal):
                return label;
            case ['!', .. var special]:
                // <!here>, <!channel>: as typed, and harmless when it is shown again.
                return "@" + (label.Length > 0 ? label.TrimStart('@') : special);
            default:
                var url = Unescape(target);
                // Slack makes addresses of them by itself.
                if (target.StartsWith("mailto:", StringComparison.Ordinal) || target.StartsWith("tel:", StringComparison.Ordinal))
                    return label.Length > 0 ? label : url[(url.IndexOf(':', StringComparison.Ordinal) + 1)..];
                return label.Length == 0 || url.EndsWith(label, StringComparison.Ordinal) ? url : $"{label} ({url})";
        }
    }

    /// <param name="user">Null when Slack does not tell who it is.</param>
    internal static string Remember(Dictionary<string, Person> mentions, User? user, string userId, string label)
    {
        var handle = user?.Name ?? (label.Length > 0 ? label : userId);
        return MentionNames.Add(mentions, handle, new Person(SlackPlatform.PlatformName, userId, user?.DisplayName ?? handle));
    }

    private static bool IsGroup(string target) => target.StartsWith("!subteam^", StringComparison.Ordinal);

    private static string Unescape(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);

    /// <summary>https://api.slack.com/reference/surfaces/formatting#retrieving-messages</summary>
    [GeneratedRegex(@"<(?<target>[@#!][^<>|]+|(?:https?|mailto|tel|slack):[^<>|]+)(?:\|(?<label>[^<>]*))?>")]
    private static partial Regex Reference();

    private sealed record Known(IReadOnlyDictionary<string, User?> Users, IReadOnlyList<UserGroup> Groups);
}
