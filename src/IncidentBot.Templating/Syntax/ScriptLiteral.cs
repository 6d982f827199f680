namespace IncidentBot.Templating.Syntax;

/// <summary>A number, a string, true, false, null.</summary>
public sealed class ScriptLiteral : ScriptExpression
{
    internal object? Value { get; set; }

    internal override (string Name, string Syntax) Grammar => ("literal", "<value>");

    internal override object? Evaluate(TemplateContext context) => Value;
}
