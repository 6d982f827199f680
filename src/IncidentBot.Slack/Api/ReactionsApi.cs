namespace IncidentBot.Slack.Api;

/// <summary>https://api.slack.com/methods/reactions.get (reactions:read)</summary>
public sealed class ReactionsApi(SlackApiClient client)
{
    /// <summary>The names of the emoji that a message carries now, without skin tones.</summary>
    public async Task<IReadOnlyList<string>> GetForMessage(string channelId, string messageTs, CancellationToken cancellationToken)
    {
        var response = await client.PostFormAsync<GetResponse>("reactions.get", [("channel", channelId), ("timestamp", messageTs)], cancellationToken);
        return [.. (response.Message?.Reactions ?? []).Select(r => r.Name.Split("::")[0])];
    }

    private sealed record GetResponse(ReactedMessage? Message);

    private sealed record ReactedMessage(IReadOnlyList<Reaction>? Reactions);

    private sealed record Reaction(string Name);
}
