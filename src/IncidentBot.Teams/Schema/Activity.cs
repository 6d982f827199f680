using System.Text.Json;
using System.Text.Json.Serialization;

namespace IncidentBot.Teams.Schema;

/// <summary>
/// What Teams tells the bot and the bot tells Teams. Fields that are not named here are kept as they came.
/// https://github.com/microsoft/botframework-sdk/blob/main/specs/botframework-activity/botframework-activity.md
/// </summary>
public sealed record Activity
{
    /// <summary>One of <see cref="ActivityTypes"/>, or one that is not known yet.</summary>
    public string? Type { get; init; }

    public string? Id { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Where the connector of this conversation is; ends with or without a slash.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary><c>msteams</c>.</summary>
    public string? ChannelId { get; init; }

    public ChannelAccount? From { get; init; }

    public ChannelAccount? Recipient { get; init; }

    public ConversationAccount? Conversation { get; init; }

    /// <summary>With mentions as <c>&lt;at&gt;name&lt;/at&gt;</c>; may hold HTML entities.</summary>
    public string? Text { get; init; }

    /// <summary><c>plain</c>, <c>markdown</c> or <c>xml</c>.</summary>
    public string? TextFormat { get; init; }

    /// <summary>What notifications show of a message that has only attachments.</summary>
    public string? Summary { get; init; }

    public IReadOnlyList<Entity>? Entities { get; init; }

    public IReadOnlyList<Attachment>? Attachments { get; init; }

    /// <summary>The message that this one answers, or that was reacted to.</summary>
    public string? ReplyToId { get; init; }

    /// <summary>Of an invoke or event: which one, such as <c>task/fetch</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Of an invoke: its arguments.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>Of an <c>installationUpdate</c>: <c>add</c>, <c>remove</c>, <c>add-upgrade</c> or <c>remove-upgrade</c>.</summary>
    public string? Action { get; init; }

    public IReadOnlyList<ChannelAccount>? MembersAdded { get; init; }

    public IReadOnlyList<ChannelAccount>? MembersRemoved { get; init; }

    public IReadOnlyList<MessageReaction>? ReactionsAdded { get; init; }

    public IReadOnlyList<MessageReaction>? ReactionsRemoved { get; init; }

    /// <summary>Such as <c>de-DE</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>The sender's zone, an IANA id.</summary>
    public string? LocalTimezone { get; init; }

    public TeamsChannelData? ChannelData { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Properties { get; init; }
}

public static class ActivityTypes
{
    public const string Message = "message";
    public const string MessageUpdate = "messageUpdate";
    public const string MessageDelete = "messageDelete";
    public const string MessageReaction = "messageReaction";
    public const string ConversationUpdate = "conversationUpdate";
    public const string InstallationUpdate = "installationUpdate";
    public const string Invoke = "invoke";
}

/// <param name="Type">Such as <c>like</c>, <c>heart</c>, or the code and name of an emoji: <c>1f4cc_pushpin</c>.</param>
public sealed record MessageReaction(string? Type);
