using System.Text.Json;
using System.Text.Json.Serialization;

namespace IncidentBot.Teams.Schema;

/// <summary>What only Teams knows of an activity.</summary>
/// <param name="EventType">Such as <c>editMessage</c>, <c>softDeleteMessage</c>, <c>undeleteMessage</c>, <c>teamMemberRemoved</c>.</param>
public sealed record TeamsChannelData(TenantInfo? Tenant = null, TeamInfo? Team = null, ChannelInfo? Channel = null, string? EventType = null)
{
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Properties { get; init; }
}

public sealed record TenantInfo(string? Id);

/// <param name="AadGroupId">The group behind the team; part of links to its messages.</param>
public sealed record TeamInfo(string? Id, string? Name = null, string? AadGroupId = null);

public sealed record ChannelInfo(string? Id, string? Name = null);
