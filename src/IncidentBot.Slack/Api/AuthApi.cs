namespace IncidentBot.Slack.Api;

/// <summary>https://api.slack.com/methods/auth.test</summary>
public sealed class AuthApi(SlackApiClient client)
{
    /// <summary>Whose token it is.</summary>
    public Task<AuthTestResponse> Test(CancellationToken cancellationToken) => client.PostAsync<AuthTestResponse>("auth.test", new { }, cancellationToken);
}

/// <param name="Url">The workspace's address, such as <c>https://example.slack.com/</c>.</param>
public sealed record AuthTestResponse(string? Url, string? Team, string? User, string TeamId, string UserId, string? BotId);
