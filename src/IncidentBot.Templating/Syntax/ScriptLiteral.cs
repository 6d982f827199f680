using System.Globalization;

namespace IncidentBot.Templating.Syntax;

internal sealed class ScriptLiteral(object? value, string text) : ScriptExpression
{
    public object? Value { get; } = value;

    public override object? Evaluate(TemplateContext context) => Value;

    public override string ToString() => Value switch
    {
        null => "null",
        string => text,
        bool b => b ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => text,
    };
}
