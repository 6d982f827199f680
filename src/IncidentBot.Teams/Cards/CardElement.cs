using System.Text.Json.Serialization;

namespace IncidentBot.Teams.Cards;

/// <summary>A part of a card's body, by the schema's names. https://adaptivecards.io/explorer/TextBlock.html</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextBlock), "TextBlock")]
[JsonDerivedType(typeof(FactSet), "FactSet")]
[JsonDerivedType(typeof(ActionSet), "ActionSet")]
[JsonDerivedType(typeof(TextInput), "Input.Text")]
[JsonDerivedType(typeof(ChoiceSetInput), "Input.ChoiceSet")]
[JsonDerivedType(typeof(NumberInput), "Input.Number")]
[JsonDerivedType(typeof(DateInput), "Input.Date")]
public abstract record CardElement
{
    /// <summary><c>None</c>, <c>Small</c>, <c>Medium</c>…: the room above it; null is the default.</summary>
    public string? Spacing { get; init; }
}

/// <param name="Text">Markdown by <c>CardText</c>.</param>
public sealed record TextBlock(string Text) : CardElement
{
    /// <summary>Not set, a text is one line and is cut off.</summary>
    public bool Wrap { get; } = true;

    /// <summary><c>heading</c> or null.</summary>
    public string? Style { get; init; }

    /// <summary><c>Small</c>, <c>Default</c>, <c>Medium</c>, <c>Large</c>; null is what the client has for <see cref="Style"/>.</summary>
    public string? Size { get; init; }

    /// <summary><c>Bolder</c> or null.</summary>
    public string? Weight { get; init; }

    /// <summary><c>Attention</c> or null.</summary>
    public string? Color { get; init; }

    /// <summary><c>Monospace</c> or null.</summary>
    public string? FontType { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSubtle { get; init; }
}

public sealed record FactSet(IReadOnlyList<Fact> Facts) : CardElement;

/// <param name="Title">Markdown, as is <paramref name="Value"/>, which may hold a mention.</param>
public sealed record Fact(string Title, string Value);

/// <param name="Actions">At most 6: Teams does not show more.</param>
public sealed record ActionSet(IReadOnlyList<AdaptiveAction> Actions) : CardElement;
