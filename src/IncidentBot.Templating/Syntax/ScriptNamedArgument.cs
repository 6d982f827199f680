namespace IncidentBot.Templating.Syntax;

/// <summary><c>name: value</c> in a call.</summary>
public sealed class ScriptNamedArgument : ScriptExpression
{
    internal string Name { get; set; } = string.Empty;

    internal ScriptExpression Value { get; set; } = null!;

    internal override object? Evaluate(TemplateContext context) => Value.Evaluate(context);
}
