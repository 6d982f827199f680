using System.Globalization;
using System.Text.Json;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Slack.Api;

namespace IncidentBot.Slack.Inbound;

/// <summary>Messages of the channel as something that may become a timeline entry: of people and bots, in threads, with files only.</summary>
public sealed class SlackMessages(ISlackApiClient slack, SlackPeople people, SlackText texts, TimeProvider timeProvider)
{
    /// <summary>Of the three seconds that a person waits at most.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(1);

    private string? _workspaceUrl;

    /// <returns>Null when the message is not there any more.</returns>
    /// <exception cref="SlackException">Slack does not give it.</exception>
    public async Task<(CapturedMessage Message, string Text)?> FetchAsync(string channelId, string ts, CancellationToken cancellationToken)
    {
        var message = (await slack.Conversations.History(channelId, null, ts, 1, null, cancellationToken)).Messages.FirstOrDefault(m => m.Ts == ts)
            // History has no replies.
            ?? (await slack.Conversations.Replies(channelId, ts, cancellationToken)).FirstOrDefault(m => m.Ts == ts);
        return message is null ? null : await ReadAsync(channelId, message, cancellationToken);
    }

    public async Task<(CapturedMessage Message, string Text)> ReadAsync(string channelId, HistoryMessage message, CancellationToken cancellationToken)
    {
        var linking = LinkAsync(channelId, message, cancellationToken);
        var reading = texts.ReadAsync(TextOf(message), cancellationToken);
        var author = message.User is { Length: > 0 } userId
            ? (await people.FindAsync(userId, message.Username, cancellationToken)).Person
            : new Person(SlackPlatform.PlatformName, message.BotId ?? "bot", message.Username ?? message.BotProfile?.Name ?? "bot");
        var link = await linking;
        var (text, _) = await reading;
        return (new CapturedMessage(Reference(channelId, message.Ts), author, TimeOf(message.Ts), link), text.Length > 0 ? text : link ?? "(a message without text)");
    }

    public static MessageReference Reference(string channelId, string ts) => new(SlackPlatform.In(channelId), ts);

    /// <summary>A <c>ts</c> is the time in seconds, with six digits behind the point that only make it unique.</summary>
    public static DateTimeOffset TimeOf(string ts) =>
        long.TryParse(ts.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.UnixEpoch;

    /// <summary>The text; of messages of apps, which often have none, their sections and attachments; of pictures, their names and addresses.</summary>
    public static string TextOf(HistoryMessage message)
    {
        var parts = new List<string?> { message.Text };
        if (string.IsNullOrWhiteSpace(message.Text))
        {
            parts.AddRange((message.Blocks ?? []).Select(TextOf));
            parts.AddRange((message.Attachments ?? []).OfType<Attachment>().Select(a => a.Fallback ?? a.Text ?? a.Title));
        }
        parts.AddRange((message.Files ?? []).OfType<SharedFile>().Select(f => $"{f.Title ?? f.Name} {f.Permalink}".Trim()));
        return string.Join('\n', parts.Where(p => !string.IsNullOrWhiteSpace(p))).Trim();
    }

    /// <summary>Of a section or a header; null for what has no text. What blocks there are is Slack's to say.</summary>
    private static string? TextOf(JsonElement block) =>
        block.ValueKind == JsonValueKind.Object && block.TryGetProperty("text", out var text)
        && text.ValueKind == JsonValueKind.Object && text.TryGetProperty("text", out var words) && words.ValueKind == JsonValueKind.String
            ? words.GetString()
            : null;

    /// <summary>Slack's own address of a message, put together: asking for it would take a call. Null where the workspace is not known.</summary>
    private async Task<string?> LinkAsync(string channelId, HistoryMessage message, CancellationToken cancellationToken)
    {
        // The entry counts without it; the next one asks again.
        _workspaceUrl ??= await Patience.AskAsync(
            MostPatience, timeProvider, async soon => (await slack.Auth.Test(soon)).Url?.TrimEnd('/'), _ => null, cancellationToken);
        if (_workspaceUrl is null)
            return null;
        var thread = message.ThreadTs is { } parent && parent != message.Ts ? $"?thread_ts={parent}&cid={channelId}" : "";
        return $"{_workspaceUrl}/archives/{channelId}/p{message.Ts.Replace(".", "", StringComparison.Ordinal)}{thread}";
    }
}
