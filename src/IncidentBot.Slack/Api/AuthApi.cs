using System.Text.Json.Serialization;

namespace IncidentBot.Slack.Api;

/// <summary>https://api.slack.com/methods/auth.test</summary>
public sealed class AuthApi(SlackApiClient client)
{
    /// <summary>Whose token it is, and what it may do.</summary>
    public async Task<AuthTestResponse> Test(CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? scopes = null;
        var response = await client.PostAsync<AuthTestResponse>("auth.test", new { }, cancellationToken, readHeaders: headers =>
            scopes = headers.TryGetValues("X-OAuth-Scopes", out var values)
                ? string.Join(',', values).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                : null);
        return response with { Scopes = scopes };
    }
}

/// <param name="Url">The workspace's address, such as <c>https://example.slack.com/</c>.</param>
/// <param name="Scopes">What was granted at the installation, from the header <c>X-OAuth-Scopes</c>; null where Slack did not send it.</param>
public sealed record AuthTestResponse(
    string? Url, string? Team, string? User, string UserId, [property: JsonIgnore] IReadOnlyList<string>? Scopes = null);
