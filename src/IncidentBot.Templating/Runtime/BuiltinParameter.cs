namespace IncidentBot.Templating.Runtime;

/// <summary>What a built-in makes of an argument before it looks at it.</summary>
internal enum ArgumentKind
{
    /// <summary>Any value as it is.</summary>
    Any,

    /// <summary>The value as text; null stays null.</summary>
    Text,

    /// <summary>Text that must not be null.</summary>
    RequiredText,
    Int,
    NullableInt,
    Double,
    Bool,
    Date,
    NullableDate,

    /// <summary>A list, an object or a text, for its items.</summary>
    List,

    /// <summary>The same; it differs in the message about anything else.</summary>
    IndexedList,

    /// <summary>A list; a single value becomes a list of one.</summary>
    ListOrItem,

    /// <summary>An object with members.</summary>
    Dictionary,

    /// <summary>All the arguments that are left, as a list.</summary>
    Rest,
}

/// <summary>A parameter of a built-in.</summary>
internal readonly record struct BuiltinParameter(string Name, ArgumentKind Kind, bool IsOptional = false, object? Default = null);
