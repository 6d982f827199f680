using System.Text.Json.Serialization;

namespace IncidentBot.Slack.Api;

/// <summary>https://api.slack.com/methods/users.info (users:read)</summary>
public sealed class UsersApi(SlackApiClient client)
{
    public async Task<User> Info(string userId, CancellationToken cancellationToken) =>
        (await client.PostFormAsync<InfoResponse>("users.info", [("user", userId)], cancellationToken)).User;

    private sealed record InfoResponse(User User);
}

/// <param name="Name">The handle, one word.</param>
/// <param name="Tz">An IANA zone.</param>
/// <param name="Deleted">Deactivated.</param>
/// <param name="IsRestricted">A guest; so is <paramref name="IsUltraRestricted"/>, who is in one channel only.</param>
/// <param name="IsStranger">Of another workspace, met in a shared channel.</param>
public sealed record User(
    string Id,
    string? Name,
    string? RealName,
    string? Tz,
    UserProfile? Profile,
    bool Deleted = false,
    bool IsRestricted = false,
    bool IsUltraRestricted = false,
    bool IsStranger = false)
{
    /// <summary>The name that others see.</summary>
    [JsonIgnore]
    public string DisplayName => new[] { Profile?.DisplayName, Profile?.RealName, RealName, Name }.FirstOrDefault(n => !string.IsNullOrWhiteSpace(n)) ?? Id;
}

public sealed record UserProfile(string? DisplayName, string? RealName);
