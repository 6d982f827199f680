using System.Text;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

internal sealed class ScriptInterpolatedString(ScriptExpression[] parts) : ScriptExpression
{
    public override object? Evaluate(TemplateContext context)
    {
        var result = new StringBuilder();
        foreach (var part in parts)
        {
            result.Append(ValueText.ToText(context, part.Span, part.Evaluate(context)));
            if (context.LimitToString > 0 && result.Length > context.LimitToString)
            {
                // As for the output: cut, not refused.
                result.Length = context.LimitToString;
                result.Append("...");
                break;
            }
        }

        return result.ToString();
    }

    public override string ToString() =>
        $"$\"{string.Concat(parts.Select(part => part is ScriptLiteral { Value: string text } ? text : $"{{{part}}}"))}\"";
}
