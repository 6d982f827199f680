using System.Text.Json.Serialization;

namespace IncidentBot.Teams.Cards;

/// <summary>A button of a card. https://adaptivecards.io/explorer/Action.Execute.html</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ExecuteAction), "Action.Execute")]
[JsonDerivedType(typeof(SubmitAction), "Action.Submit")]
public abstract record AdaptiveAction(string Title)
{
    /// <summary>Unique in the card.</summary>
    public string? Id { get; init; }

    /// <summary><c>positive</c>, <c>destructive</c> or null.</summary>
    public string? Style { get; init; }
}

/// <summary>Comes back as the invoke <c>adaptiveCard/action</c>.</summary>
public sealed record ExecuteAction(string Title, string Verb, object Data) : AdaptiveAction(Title);

/// <summary>Comes back as <c>task/submit</c> from a dialog; opens one (<c>task/fetch</c>) where its data says so.</summary>
public sealed record SubmitAction(string Title, object Data) : AdaptiveAction(Title);
