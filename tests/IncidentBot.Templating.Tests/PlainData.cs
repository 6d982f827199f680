using System.Text.Json;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Tests;

/// <summary>JSON as the plain data that templates read.</summary>
internal static class PlainData
{
    public static object? From(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new ScriptObject();
                foreach (var property in json.EnumerateObject()) members[property.Name] = From(property.Value);
                return members;
            case JsonValueKind.Array:
                return new ScriptArray(json.EnumerateArray().Select(From));
            case JsonValueKind.String:
                return json.GetString();
            case JsonValueKind.Number:
                return json.TryGetInt32(out var small) ? small : json.TryGetInt64(out var number) ? (object)number : json.GetDouble();
            case JsonValueKind.True or JsonValueKind.False:
                return json.GetBoolean();
            default:
                return null;
        }
    }
}
