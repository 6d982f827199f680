using System.Text.Json.Nodes;

namespace IncidentBot.Tests.Fakes;

/// <summary>One call of the Web API as it came in; a form's fields are strings.</summary>
public sealed record SlackCall(string Method, JsonObject Arguments, DateTimeOffset At)
{
    public string? this[string name] => Arguments[name] is JsonValue value ? value.ToString() : null;

    public JsonArray Blocks => Arguments["blocks"]?.AsArray() ?? Arguments["view"]?["blocks"]?.AsArray() ?? [];

    public override string ToString() => $"{Method} {Arguments.ToJsonString()}";
}
