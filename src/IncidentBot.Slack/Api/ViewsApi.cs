using IncidentBot.Slack.Blocks;
namespace IncidentBot.Slack.Api;

/// <summary>https://api.slack.com/methods/views.open</summary>
public sealed class ViewsApi(SlackApiClient client)
{
    /// <param name="triggerId">Of what the person just did; it lives for 3 seconds and serves once.</param>
    public async Task<ViewInfo> Open(string triggerId, ViewDefinition view, CancellationToken cancellationToken) =>
        (await client.PostAsync<ViewResponse>("views.open", new { trigger_id = triggerId, view }, cancellationToken)).View;

    /// <param name="hash">Of the view as it was read: Slack refuses the update when it has changed since.</param>
    public async Task<ViewInfo> Update(string viewId, ViewDefinition view, string? hash, CancellationToken cancellationToken) =>
        (await client.PostAsync<ViewResponse>("views.update", new { view_id = viewId, view, hash }, cancellationToken)).View;

    /// <summary>Shows a person's App Home tab.</summary>
    public Task Publish(string userId, ViewDefinition view, CancellationToken cancellationToken) =>
        client.PostAsync<object>("views.publish", new { user_id = userId, view }, cancellationToken);

    private sealed record ViewResponse(ViewInfo View);
}

public sealed record ViewInfo(string Id, string? Hash);
