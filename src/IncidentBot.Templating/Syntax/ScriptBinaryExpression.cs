using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

internal sealed class ScriptBinaryExpression(BinaryOperator op, ScriptExpression left, ScriptExpression right, SourceSpan operatorSpan) : ScriptExpression
{
    public override object? Evaluate(TemplateContext context)
    {
        var a = left.Evaluate(context);
        switch (op)
        {
            case BinaryOperator.And when !ValueConvert.ToBool(a):
                return Boxed.False;
            case BinaryOperator.And:
                return Boxed.Bool(ValueConvert.ToBool(right.Evaluate(context)));
            case BinaryOperator.Or when ValueConvert.ToBool(a):
                return Boxed.True;
            case BinaryOperator.Or:
                return Boxed.Bool(ValueConvert.ToBool(right.Evaluate(context)));
            case BinaryOperator.NullCoalesce:
                return a ?? right.Evaluate(context);
            case BinaryOperator.NotNullCoalesce:
                return a is null ? null : right.Evaluate(context);
        }

        return BinaryOperation.Evaluate(context, op, a, right.Evaluate(context), left.Span, operatorSpan, right.Span);
    }

    public override string ToString() => $"{left} {BinaryOperation.Text(op)} {right}";
}
