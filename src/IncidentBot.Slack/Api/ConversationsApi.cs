using System.Text.Json;

namespace IncidentBot.Slack.Api;

/// <summary>https://api.slack.com/methods?filter=conversations (channels:manage, channels:read, channels:history, and groups:…)</summary>
public sealed class ConversationsApi(SlackApiClient client)
{
    /// <param name="name">At most 80 lower-case letters, digits, <c>-</c> and <c>_</c>.</param>
    public async Task<Channel> Create(string name, bool isPrivate, CancellationToken cancellationToken) =>
        (await client.PostAsync<ChannelResponse>("conversations.create", new { name, is_private = isPrivate }, cancellationToken)).Channel
            ?? throw new SlackException("conversations.create", SlackException.UnreadableAnswer);

    public async Task<Channel> Info(string channelId, CancellationToken cancellationToken) =>
        (await client.PostFormAsync<ChannelResponse>("conversations.info", [("channel", channelId)], cancellationToken)).Channel
            ?? throw new SlackException("conversations.info", SlackException.UnreadableAnswer);

    /// <param name="userIds">At most 100.</param>
    public Task Invite(string channelId, IEnumerable<string> userIds, CancellationToken cancellationToken) =>
        client.PostAsync<object>("conversations.invite", new { channel = channelId, users = string.Join(',', userIds) }, cancellationToken);

    /// <summary>Joins a public channel; to be there already is no error.</summary>
    public Task Join(string channelId, CancellationToken cancellationToken) =>
        client.PostAsync<object>("conversations.join", new { channel = channelId }, cancellationToken);

    /// <param name="topic">At most 250 characters.</param>
    public Task SetTopic(string channelId, string topic, CancellationToken cancellationToken) =>
        client.PostAsync<object>("conversations.setTopic", new { channel = channelId, topic }, cancellationToken);

    /// <summary>The channel of direct messages with a person (im:write).</summary>
    public async Task<string> OpenDirect(string userId, CancellationToken cancellationToken) =>
        (await client.PostAsync<ChannelResponse>("conversations.open", new { users = userId }, cancellationToken)).Channel?.Id
            ?? throw new SlackException("conversations.open", SlackException.UnreadableAnswer);

    /// <summary>One page of the public channels, and of the private ones that the bot is in.</summary>
    public async Task<(IReadOnlyList<Channel> Channels, string? NextCursor)> List(string? cursor, CancellationToken cancellationToken)
    {
        var page = await client.PostFormAsync<ListResponse>(
            "conversations.list",
            [("types", "public_channel,private_channel"), ("exclude_archived", true), ("limit", 1000), ("cursor", cursor)],
            cancellationToken);
        return (page.Channels ?? [], NextCursor(page.ResponseMetadata));
    }

    /// <summary>One page of the messages of a channel, the newest first.</summary>
    /// <param name="oldest">A <c>ts</c>; messages from it on.</param>
    /// <param name="latest">A <c>ts</c>; messages up to and with it.</param>
    public async Task<(IReadOnlyList<HistoryMessage> Messages, string? NextCursor)> History(
        string channelId, string? oldest, string? latest, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var page = await client.PostFormAsync<HistoryResponse>(
            "conversations.history",
            [
                ("channel", channelId), ("oldest", oldest), ("latest", latest), ("inclusive", true), ("limit", limit), ("cursor", cursor),
                ("include_all_metadata", true),
            ],
            cancellationToken);
        return (page.Messages ?? [], NextCursor(page.ResponseMetadata));
    }

    /// <summary>The message <paramref name="ts"/> of a thread, behind the thread's first; <paramref name="ts"/> may be any message of it.</summary>
    public async Task<IReadOnlyList<HistoryMessage>> Replies(string channelId, string ts, CancellationToken cancellationToken) =>
        (await client.PostFormAsync<HistoryResponse>(
            "conversations.replies",
            // Between the two bounds is that message only; the first one of the thread comes with it whatever is asked for.
            [("channel", channelId), ("ts", ts), ("oldest", ts), ("latest", ts), ("inclusive", true), ("limit", 2)],
            cancellationToken)).Messages ?? [];

    private static string? NextCursor(ResponseMetadata? metadata) => string.IsNullOrEmpty(metadata?.NextCursor) ? null : metadata.NextCursor;

    private sealed record ChannelResponse(Channel? Channel);

    private sealed record ListResponse(IReadOnlyList<Channel>? Channels, ResponseMetadata? ResponseMetadata);

    private sealed record HistoryResponse(IReadOnlyList<HistoryMessage>? Messages, ResponseMetadata? ResponseMetadata);
}

/// <param name="Creator">The user who made it.</param>
/// <param name="Created">When, in seconds since 1970.</param>
public sealed record Channel(
    string Id, string? Name = null, string? Creator = null, long Created = 0, bool IsArchived = false, bool IsPrivate = false, bool IsMember = false);

/// <summary>A message as it was said. https://api.slack.com/events/message</summary>
/// <param name="Text">mrkdwn, escaped; empty for a message that is only files or blocks.</param>
/// <param name="User">Null for a message of an integration, which has <paramref name="BotId"/>.</param>
public sealed record HistoryMessage(
    string Ts,
    string? Text = null,
    string? User = null,
    string? BotId = null,
    string? Username = null,
    BotProfile? BotProfile = null,
    string? ThreadTs = null,
    string? Subtype = null,
    IReadOnlyList<SharedFile?>? Files = null,
    IReadOnlyList<Attachment?>? Attachments = null,
    MessageMetadata? Metadata = null,
    EditInfo? Edited = null,
    IReadOnlyList<JsonElement>? Blocks = null);

public sealed record BotProfile(string? Name);

/// <param name="Size">In bytes.</param>
public sealed record SharedFile(string? Name, string? Title, string? Permalink, long Size = 0);

/// <param name="Fallback">The attachment as plain text; alerts often have nothing else.</param>
public sealed record Attachment(string? Fallback, string? Text, string? Title);

public sealed record EditInfo(string? User);
