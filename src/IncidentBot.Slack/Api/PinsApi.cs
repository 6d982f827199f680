namespace IncidentBot.Slack.Api;

/// <summary>https://api.slack.com/methods/pins.add (pins:write)</summary>
public sealed class PinsApi(SlackApiClient client)
{
    public Task AddMessage(string channelId, string messageTs, CancellationToken cancellationToken) =>
        client.PostAsync<object>("pins.add", new { channel = channelId, timestamp = messageTs }, cancellationToken);
}
