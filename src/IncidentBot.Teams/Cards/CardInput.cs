using System.Text.Json.Serialization;

namespace IncidentBot.Teams.Cards;

/// <summary>A field of a dialog. Its value comes back under <see cref="Id"/>. https://adaptivecards.io/explorer/Input.Text.html</summary>
/// <param name="Id">Unique in the card.</param>
public abstract record CardInput(string Id, string Label) : CardElement
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsRequired { get; init; }

    /// <summary>Shown by the client where it refuses the value.</summary>
    public string? ErrorMessage { get; init; }
}

public sealed record TextInput(string Id, string Label, string? Value = null) : CardInput(Id, Label)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsMultiline { get; init; }
}

/// <param name="Data">People of the tenant are offered, beside <paramref name="Choices"/>, while one types.</param>
public sealed record ChoiceSetInput(
    string Id, string Label, IReadOnlyList<Choice> Choices, string? Value = null, [property: JsonPropertyName("choices.data")] DataQuery? Data = null) : CardInput(Id, Label);

/// <param name="Value">Not empty.</param>
public sealed record Choice(string Title, string Value);

/// <summary>
/// Teams' people picker, in cards of any version; the value is the directory's id of a person.
/// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/people-picker
/// </summary>
public sealed record DataQuery(string Dataset)
{
    public const string Users = "graph.microsoft.com/users";

    public string Type { get; } = "Data.Query";
}

public sealed record NumberInput(string Id, string Label, decimal Min, decimal Max, decimal? Value = null) : CardInput(Id, Label);

/// <param name="Value"><c>yyyy-MM-dd</c>.</param>
public sealed record DateInput(string Id, string Label, string? Value = null) : CardInput(Id, Label);
