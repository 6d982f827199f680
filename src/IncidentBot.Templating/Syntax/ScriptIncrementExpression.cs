using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>++x x++ --x x--</c></summary>
internal sealed class ScriptIncrementExpression(ScriptExpression target, int step, bool post, SourceSpan operatorSpan) : ScriptExpression
{
    public override object? Evaluate(TemplateContext context)
    {
        var before = target.Evaluate(context);
        var after = BinaryOperation.Evaluate(context, BinaryOperator.Add, before, Boxed.Int(step), target.Span, operatorSpan, operatorSpan);
        ((IScriptVariablePath)target).SetValue(context, after);
        return post ? before : after;
    }

    public override string ToString()
    {
        var text = step > 0 ? "++" : "--";
        return post ? target + text : text + target;
    }
}
