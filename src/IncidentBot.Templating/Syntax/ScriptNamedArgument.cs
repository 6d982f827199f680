namespace IncidentBot.Templating.Syntax;

/// <summary><c>name: value</c> in a call.</summary>
public sealed class ScriptNamedArgument : ScriptExpression
{
    internal string Name { get; set; } = string.Empty;

    /// <summary>Null for a name alone, as in <c>for x in list reversed</c>.</summary>
    internal ScriptExpression? Value { get; set; }

    internal override object? Evaluate(TemplateContext context) =>
        Value is null ? Runtime.Values.Box(true) : Value.Evaluate(context);
}
