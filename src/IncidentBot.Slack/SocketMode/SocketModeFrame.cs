using System.Text.Json;
using IncidentBot.Slack.Api;

namespace IncidentBot.Slack.SocketMode;

/// <summary>What comes over the WebSocket: hello, disconnect, or an envelope. https://api.slack.com/apis/socket-mode</summary>
/// <param name="Reason">Of a disconnect: <c>warning</c>, <c>refresh_requested</c>, <c>link_disabled</c>, <c>too_many_websockets</c>, or a word of the future.</param>
/// <param name="NumConnections">In hello: how many WebSockets the app has open, wherever.</param>
internal sealed record SocketModeFrame(
    string? Type, string? EnvelopeId, JsonElement Payload, string? Reason, int? NumConnections, bool? AcceptsResponsePayload)
{
    /// <summary>Null for what is no JSON object.</summary>
    public static SocketModeFrame? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize<SocketModeFrame>(text, SlackJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
