namespace IncidentBot.Slack.Api;

/// <summary>https://api.slack.com/methods/bookmarks.add (bookmarks:write)</summary>
public sealed class BookmarksApi(SlackApiClient client)
{
    public Task AddLink(string channelId, string title, string link, CancellationToken cancellationToken) =>
        client.PostAsync<object>("bookmarks.add", new { channel_id = channelId, title, type = "link", link }, cancellationToken);
}
