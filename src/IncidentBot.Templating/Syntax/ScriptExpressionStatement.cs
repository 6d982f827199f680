using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary>An expression whose value is written.</summary>
internal sealed class ScriptExpressionStatement(ScriptExpression expression) : ScriptStatement
{
    public ScriptExpression Expression => expression;

    public override object? Evaluate(TemplateContext context)
    {
        context.CheckCancelled(Span);
        var value = expression.Evaluate(context);
        if (value is not null && context.Flow == FlowState.None)
        {
            context.Write(Span, value);
        }

        return null;
    }

    public override string ToString() => expression.ToString() ?? "";
}
