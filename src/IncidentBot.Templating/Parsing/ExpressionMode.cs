namespace IncidentBot.Templating.Parsing;

/// <summary>What may turn up in an expression, which depends on where it stands.</summary>
internal enum ExpressionMode
{
    /// <summary>Anything but an assignment.</summary>
    Normal,

    /// <summary>A statement of its own, which may be an assignment.</summary>
    Statement,

    /// <summary>An argument of a call: the words after it are further arguments, not arguments of this one.</summary>
    Argument,
}
