namespace IncidentBot.Teams.Schema;

/// <summary>What is needed to write into a conversation later.</summary>
/// <param name="ServiceUrl">Came with an authenticated activity.</param>
/// <param name="Bot">The bot as this conversation knows it.</param>
public sealed record ConversationReference(string ServiceUrl, ConversationAccount Conversation, ChannelAccount Bot, string? ChannelId = "msteams");

/// <summary>What makes a new conversation: a thread in a channel, or a conversation of two.</summary>
/// <param name="Activity">The first message; a thread needs one.</param>
public sealed record ConversationParameters(
    bool IsGroup, ChannelAccount? Bot, IReadOnlyList<ChannelAccount>? Members, Activity? Activity, TeamsChannelData? ChannelData, string? TenantId);

/// <summary>The answer to <c>POST v3/conversations</c>.</summary>
/// <param name="ActivityId">The first message's.</param>
public sealed record ConversationResourceResponse(string Id, string? ActivityId = null);

/// <param name="Id">The message's.</param>
public sealed record ResourceResponse(string? Id);
