using System.Text.Json.Serialization;

namespace IncidentBot.Slack.Blocks;

/// <summary>https://api.slack.com/reference/block-kit/block-elements</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Button), "button")]
[JsonDerivedType(typeof(PlainTextInput), "plain_text_input")]
[JsonDerivedType(typeof(NumberInput), "number_input")]
[JsonDerivedType(typeof(StaticSelectMenu), "static_select")]
[JsonDerivedType(typeof(DatePicker), "datepicker")]
[JsonDerivedType(typeof(UserSelectMenu), "users_select")]
public abstract record BlockElement
{
    /// <summary>At most 255 characters, unique in its block.</summary>
    public string? ActionId { get; init; }
}

/// <param name="Text">A <see cref="PlainText"/> of at most 75 characters.</param>
/// <param name="Value">At most 2,000 characters; handed back when it is pressed.</param>
/// <param name="Style"><c>primary</c>, <c>danger</c> or null.</param>
public sealed record Button(TextObject Text, string? Value = null, string? Style = null) : BlockElement;

/// <param name="MaxLength">At most 3,000.</param>
public sealed record PlainTextInput(string? InitialValue = null, bool Multiline = false, int MaxLength = 3000) : BlockElement;

/// <param name="MinValue">As decimal text, as is <paramref name="MaxValue"/>.</param>
public sealed record NumberInput(bool IsDecimalAllowed, string? MinValue = null, string? MaxValue = null, string? InitialValue = null) : BlockElement;

/// <param name="Options">1 to 100.</param>
public sealed record StaticSelectMenu(IReadOnlyList<Option> Options, Option? InitialOption = null) : BlockElement;

/// <param name="InitialDate"><c>yyyy-MM-dd</c>.</param>
public sealed record DatePicker(string? InitialDate = null) : BlockElement;

public sealed record UserSelectMenu : BlockElement;

/// <param name="Text">A <see cref="PlainText"/> of at most 75 characters.</param>
/// <param name="Value">At most 150 characters.</param>
public sealed record Option(TextObject Text, string Value);
