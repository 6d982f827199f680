using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using IncidentBot.Incidents.Chat;
using IncidentBot.Slack.Api;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Slack;

/// <summary>What the bot did in Slack although the answer was lost. Slack tells no repeated call, so the bot looks for what it may have left.</summary>
public sealed partial class EarlierTries(ISlackApiClient slack, ILogger<EarlierTries> logger)
{
    private const string MetadataType = "incidentbot_message";
    private const int PageSize = 200;

    /// <summary>Behind so many messages a try of a long outage is not looked for any more.</summary>
    private const int MostPages = 10;

    /// <summary>By how much Slack's clock may be behind the bot's.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>By which a part of a message is found again.</summary>
    public static string KeyOfPart(DeliveryKey key, int part) => string.Create(CultureInfo.InvariantCulture, $"{key.Value}/{part}");

    public static MessageMetadata Metadata(string partKey) => new(MetadataType, JsonSerializer.SerializeToElement(new { key = partKey }));

    /// <summary>Before it, by Slack's clock, no try was.</summary>
    public static DateTimeOffset Earliest(DeliveryKey key) => key.Since - ClockSkew;

    /// <summary>The parts of a message that are in the channel already: each one's <c>ts</c> by its key.</summary>
    /// <param name="parts">How many there are at most.</param>
    public async Task<Dictionary<string, string>> FindPostedAsync(string channelId, DeliveryKey key, int parts, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, string>();
        await foreach (var message in ReadSinceAsync(channelId, key, cancellationToken))
        {
            if (message.Metadata is { EventType: MetadataType, EventPayload: { ValueKind: JsonValueKind.Object } payload }
                && payload.TryGetProperty("key", out var part) && part.GetString() is { } text
                && text.StartsWith(key.Value + "/", StringComparison.Ordinal))
            {
                found[text] = message.Ts;
                if (found.Count == parts)
                    break;
            }
        }
        return found;
    }

    /// <summary>Whether the bot gave that file in the channel already.</summary>
    /// <param name="own">The bot's user id.</param>
    public async Task<bool> HasFileAsync(string channelId, DeliveryKey key, string own, string name, string content, CancellationToken cancellationToken)
    {
        var size = Encoding.UTF8.GetByteCount(content);
        await foreach (var message in ReadSinceAsync(channelId, key, cancellationToken))
        {
            // Each draft of an incident has the same name: the size tells the one before from this one.
            if (message.User == own && message.Files?.Any(f => f?.Name == name && f.Size == size) == true)
                return true;
        }
        return false;
    }

    private async IAsyncEnumerable<HistoryMessage> ReadSinceAsync(
        string channelId, DeliveryKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var oldest = Earliest(key).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            (var messages, cursor) = await ReadPageAsync(channelId, oldest, cursor, cancellationToken);
            foreach (var message in messages)
                yield return message;
            if (cursor is null)
                yield break;
        }
    }

    /// <summary>None where the bot may not look: a message that is perhaps there twice is better than none.</summary>
    private async Task<(IReadOnlyList<HistoryMessage> Messages, string? NextCursor)> ReadPageAsync(
        string channelId, string oldest, string? cursor, CancellationToken cancellationToken)
    {
        try
        {
            return await slack.Conversations.History(channelId, oldest, null, PageSize, cursor, cancellationToken);
        }
        catch (SlackException fault) when (!fault.IsTransient)
        {
            Log.NotLookedFor(logger, channelId, SlackFaults.Explain(fault));
            return ([], null);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "What an earlier try may have left in {Channel} is not looked for, so it may be there twice: {Reason}")]
        public static partial void NotLookedFor(ILogger logger, string channel, string reason);
    }
}
