namespace IncidentBot.Teams.Schema;

/// <summary>A person or a bot in a conversation.</summary>
/// <param name="Id"><c>29:…</c> for a person, <c>28:…</c> for a bot; kept verbatim.</param>
/// <param name="AadObjectId">The person in the tenant's directory.</param>
public sealed record ChannelAccount(string? Id, string? Name = null, string? AadObjectId = null);

/// <summary>A conversation as an activity names it.</summary>
/// <param name="Id">Opaque and kept verbatim; of a channel's thread with <c>;messageid=…</c> at its end.</param>
/// <param name="ConversationType"><c>personal</c>, <c>groupChat</c> or <c>channel</c>.</param>
public sealed record ConversationAccount(string? Id, string? ConversationType = null, string? TenantId = null, bool? IsGroup = null, string? Name = null);
