using System.Text;
using System.Text.Json;

namespace IncidentBot.EndToEnd.Tests.Running;

/// <summary>The texts in a message of blocks and spans, in the order in which they are read.</summary>
internal static class RichTexts
{
    public static string In(JsonElement message)
    {
        var text = new StringBuilder();
        Collect(message, text);
        return text.ToString();
    }

    private static void Collect(JsonElement element, StringBuilder text)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    Collect(item, text);
                break;
            case JsonValueKind.Object when element.TryGetProperty("text", out var own) && own.ValueKind == JsonValueKind.String:
                text.Append(own.GetString());
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Collect(property.Value, text);
                break;
        }
    }
}
