using System.Text.Json.Serialization;

namespace IncidentBot.Incidents.Chat;

/// <summary>
/// A dialog. <see cref="Reference"/> comes back with the values when it is submitted. Values are strings by input name;
/// dates are <c>yyyy-MM-dd</c>, numbers invariant, persons <c>@name</c>.
/// </summary>
public sealed record ChatForm(FormReference Reference, string Title, string Submit, RichText? Intro, IReadOnlyList<ChatInput> Inputs);

/// <param name="Name">Unique in the form; errors come back under it.</param>
/// <param name="Hint">How to fill it in, shown with it; may be empty.</param>
[JsonDerivedType(typeof(TextInput), "text")]
[JsonDerivedType(typeof(ChoiceInput), "choice")]
[JsonDerivedType(typeof(NumberInput), "number")]
[JsonDerivedType(typeof(DateInput), "date")]
[JsonDerivedType(typeof(PersonInput), "person")]
public abstract record ChatInput(string Name, string Label, string Hint, bool IsRequired, string Value);

public sealed record TextInput(string Name, string Label, string Hint = "", bool IsRequired = false, string Value = "", bool IsLong = false)
    : ChatInput(Name, Label, Hint, IsRequired, Value);

public sealed record ChoiceInput(string Name, string Label, IReadOnlyList<ChatOption> Options, string Hint = "", bool IsRequired = false, string Value = "")
    : ChatInput(Name, Label, Hint, IsRequired, Value);

public sealed record NumberInput(string Name, string Label, decimal Minimum, decimal Maximum, string Hint = "", bool IsRequired = false, string Value = "")
    : ChatInput(Name, Label, Hint, IsRequired, Value);

public sealed record DateInput(string Name, string Label, string Hint = "", bool IsRequired = false, string Value = "")
    : ChatInput(Name, Label, Hint, IsRequired, Value);

public sealed record PersonInput(string Name, string Label, string Hint = "", bool IsRequired = false, string Value = "")
    : ChatInput(Name, Label, Hint, IsRequired, Value);

public sealed record ChatOption(string Value, string Label);
