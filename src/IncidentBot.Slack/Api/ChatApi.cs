namespace IncidentBot.Slack.Api;

/// <summary>https://api.slack.com/methods/chat.postMessage (chat:write)</summary>
public sealed class ChatApi(SlackApiClient client)
{
    public async Task<PostMessageResponse> PostMessage(Message message, CancellationToken cancellationToken) =>
        await client.PostAsync<PostMessageResponse>("chat.postMessage", message, cancellationToken, message.Channel);

    public async Task<PostMessageResponse> Update(MessageUpdate message, CancellationToken cancellationToken) =>
        await client.PostAsync<PostMessageResponse>("chat.update", message, cancellationToken);

    /// <summary>Shows a message to one member of the channel until the client is restarted.</summary>
    public Task PostEphemeral(string userId, Message message, CancellationToken cancellationToken) => client.PostAsync<object>(
        "chat.postEphemeral", new { channel = message.Channel, user = userId, text = message.Text, blocks = message.Blocks }, cancellationToken);

    /// <summary>Answers what a person did, through the address that came with it: five times within 30 minutes.</summary>
    public Task Respond(string responseUrl, SlashCommandResponse response, CancellationToken cancellationToken) => client.PostToAsync(
        "response_url", responseUrl, System.Net.Http.Json.JsonContent.Create(response, options: SlackJson.Options), cancellationToken);
}

public sealed record PostMessageResponse(string Ts);
