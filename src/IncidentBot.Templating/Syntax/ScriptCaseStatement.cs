using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

internal sealed record ScriptWhen(ScriptExpression[] Values, ScriptBlock Body);

internal sealed class ScriptCaseStatement(ScriptExpression value, ScriptWhen[] branches, ScriptBlock? otherwise) : ScriptStatement
{
    public override object? Evaluate(TemplateContext context)
    {
        var actual = value.Evaluate(context);
        foreach (var branch in branches)
        {
            foreach (var candidate in branch.Values)
            {
                var expected = candidate.Evaluate(context);
                if (BinaryOperation.Evaluate(context, BinaryOperator.Equal, actual, expected, value.Span, candidate.Span, candidate.Span) is true)
                {
                    return branch.Body.Evaluate(context);
                }
            }
        }

        return otherwise?.Evaluate(context);
    }

    public override string ToString() => $"case {value}";
}
