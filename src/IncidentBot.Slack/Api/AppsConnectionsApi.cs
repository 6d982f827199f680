namespace IncidentBot.Slack.Api;

/// <summary>https://api.slack.com/methods/apps.connections.open</summary>
public sealed class AppsConnectionsApi(SlackApiClient client)
{
    /// <summary>The address of one WebSocket, to be used once.</summary>
    public async Task<Uri> Open(CancellationToken cancellationToken) =>
        (await client.PostAsAppAsync<OpenResponse>("apps.connections.open", cancellationToken)).Url;

    private sealed record OpenResponse(Uri Url);
}
