using System.Text.Json.Serialization;
using IncidentBot.Teams.Schema;

namespace IncidentBot.Teams.Cards;

/// <summary>A card as Teams takes it: schema 1.5 at most. https://adaptivecards.io/explorer/</summary>
/// <param name="Msteams">What only Teams knows of a card.</param>
public sealed record AdaptiveCard(
    IReadOnlyList<CardElement> Body, IReadOnlyList<AdaptiveAction>? Actions = null, [property: JsonPropertyName("msteams")] TeamsCardProperties? Msteams = null)
{
    public const string ContentType = "application/vnd.microsoft.card.adaptive";

    [JsonPropertyOrder(-3)]
    public string Type { get; } = "AdaptiveCard";

    [JsonPropertyName("$schema")]
    [JsonPropertyOrder(-2)]
    public string Schema { get; } = "http://adaptivecards.io/schemas/adaptive-card.json";

    [JsonPropertyOrder(-1)]
    public string Version { get; } = "1.5";

    /// <summary>The card as a message or a dialog holds it.</summary>
    public Attachment ToAttachment() => new(ContentType, this);
}

/// <param name="Width"><c>Full</c>, or null for the narrow card.</param>
/// <param name="Entities">Who is mentioned; each one's text stands in a text of the card.</param>
public sealed record TeamsCardProperties(string? Width = null, IReadOnlyList<Entity>? Entities = null);
