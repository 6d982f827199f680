using System.Text.Json;
using System.Text.Json.Serialization;

namespace IncidentBot.Teams.Schema;

/// <summary>Something about a text; a mention where <see cref="Type"/> is <c>mention</c>.</summary>
/// <param name="Mentioned">Who is mentioned.</param>
/// <param name="Text">Where in the text: <c>&lt;at&gt;name&lt;/at&gt;</c>.</param>
public sealed record Entity(string? Type, ChannelAccount? Mentioned = null, string? Text = null)
{
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Properties { get; init; }
}

/// <param name="ContentType">Such as <c>application/vnd.microsoft.card.adaptive</c>, or <c>text/html</c> for the message as it was formatted.</param>
public sealed record Attachment(string? ContentType, object? Content = null, string? ContentUrl = null, string? Name = null);

/// <summary>The answer to an invoke: it is the HTTP response itself.</summary>
public sealed record InvokeResponse(int Status, object? Body = null);
