using System.Text;
using System.Text.Json;
using IncidentBot.Slack.Api;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace IncidentBot.Slack.Inbound;

/// <summary>Reads what Slack sends: JSON or a form over HTTP, envelopes in Socket Mode.</summary>
public static class SlackRequestReader
{
    /// <param name="body">Verified before.</param>
    /// <returns>Null for a body that is malformed.</returns>
    public static SlackRequest? Read(string? contentType, ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body);
        if (contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            return ReadJson(text, ReadEvent);
        var form = QueryHelpers.ParseQuery(text);
        if (form.TryGetValue("payload", out var payload))
            return ReadJson(payload.ToString(), ReadInteraction);
        return form.ContainsKey("command") ? ReadCommand(name => form.GetValueOrDefault(name)) : null;
    }

    /// <summary>Whether it is Slack's check of the certificate, which may come unsigned and asks for nothing.</summary>
    public static bool IsSslCheck(string? contentType, ReadOnlySpan<byte> body) =>
        contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
        && QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)).TryGetValue("ssl_check", out var check) && check == "1";

    /// <param name="type">The envelope's: <c>events_api</c>, <c>interactive</c> or <c>slash_commands</c>.</param>
    /// <returns>Null for a payload that is malformed.</returns>
    public static SlackRequest? ReadEnvelope(string type, JsonElement payload) => type switch
    {
        "events_api" => Guarded(payload, ReadEvent),
        "interactive" => Guarded(payload, ReadInteraction),
        "slash_commands" => Guarded(payload, json => ReadCommand(name => json.TryGetProperty(name, out var value) ? value.GetString() : null)),
        _ => new UnknownRequest(type),
    };

    private static SlackRequest? ReadJson(string text, Func<JsonElement, SlackRequest?> read)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Guarded(document.RootElement.Clone(), read);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SlackRequest? Guarded(JsonElement json, Func<JsonElement, SlackRequest?> read)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object ? read(json) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // A field that must be there is missing or of another kind.
            return null;
        }
    }

    private static SlackRequest? ReadEvent(JsonElement json) => TypeOf(json) switch
    {
        "url_verification" => new UrlVerification(json.GetProperty("challenge").GetString() ?? ""),
        "event_callback" => json.Deserialize<EventEnvelope>(SlackJson.Options) is { EventId: { } id, Event: { ValueKind: JsonValueKind.Object } inner }
            ? new EventCallback(id, TypeOf(inner) ?? "", inner)
            : null,
        { } other => new UnknownRequest(other),
        null => null,
    };

    private static SlackRequest? ReadInteraction(JsonElement json) => TypeOf(json) switch
    {
        "block_actions" => Complete(json.Deserialize<BlockActionRequest>(SlackJson.Options), r => r is { User.Id: not null, TriggerId: not null }),
        "view_submission" => Complete(json.Deserialize<ViewSubmission>(SlackJson.Options), r => r is { User.Id: not null, View.Id: not null }),
        "message_action" => Complete(
            json.Deserialize<MessageShortcut>(SlackJson.Options), r => r is { User.Id: not null, TriggerId: not null, Channel.Id: not null, Message.Ts: not null }),
        { } other => new UnknownRequest(other),
        null => null,
    };

    private static TRequest? Complete<TRequest>(TRequest? request, Predicate<TRequest> isComplete)
        where TRequest : SlackRequest => request is not null && isComplete(request) ? request : null;

    private static SlashCommand? ReadCommand(Func<string, StringValues> field)
    {
        string Text(string name) => field(name).ToString();
        return Text("user_id").Length == 0 || Text("channel_id").Length == 0
            ? null
            : new SlashCommand(
                Text("command"), Text("text"), Text("user_id"), Text("user_name"), Text("channel_id"), Text("trigger_id"), Text("response_url"));
    }

    private static string? TypeOf(JsonElement json) =>
        json.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private sealed record EventEnvelope(string? EventId, JsonElement Event);
}
