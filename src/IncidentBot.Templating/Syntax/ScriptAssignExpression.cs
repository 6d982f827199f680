using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>x = 1</c> and <c>x += 1</c>; an assignment has no value of its own.</summary>
internal sealed class ScriptAssignExpression(ScriptExpression target, ScriptExpression value, BinaryOperator? op, SourceSpan operatorSpan) : ScriptExpression
{
    public override object? Evaluate(TemplateContext context)
    {
        if (target is not IScriptVariablePath path)
        {
            throw new ScriptRuntimeException(target.Span, "Unsupported target expression for assignment.");
        }

        var result = value.Evaluate(context);
        if (op is { } compound)
        {
            result = BinaryOperation.Evaluate(context, compound, path.GetValue(context), result, target.Span, operatorSpan, value.Span);
        }

        path.SetValue(context, result);
        return null;
    }

    public override string ToString() => $"{target} {(op is { } compound ? BinaryOperation.Text(compound) : "")}= {value}";
}
