namespace IncidentBot.Templating.Parsing;

/// <summary>What may turn up in an expression, which depends on where it stands.</summary>
internal enum ExpressionMode
{
    /// <summary>Anything.</summary>
    Normal,

    /// <summary>An operand with its members and items, without operators and calls.</summary>
    Basic,

    /// <summary>A branch of <c>a ? b : c</c>, where a name before a colon is no named argument.</summary>
    Branch,

    /// <summary>A value of <c>when</c>, where <c>||</c> separates values.</summary>
    When,
}
