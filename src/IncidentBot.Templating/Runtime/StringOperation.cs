using System.Numerics;
using System.Text;
using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>Operators with a string: the other operand becomes a string too, but for <c>*</c>.</summary>
internal static class StringOperation
{
    public static object? Evaluate(
        TemplateContext context, BinaryOperator op, object a, object b, SourceSpan aSpan, SourceSpan opSpan, SourceSpan bSpan)
    {
        switch (op)
        {
            case BinaryOperator.Add:
                var left = ValueText.ToText(context, aSpan, a);
                var right = ValueText.ToText(context, bSpan, b);
                context.CheckLength(opSpan, (long)left.Length + right.Length);
                return left + right;
            case BinaryOperator.Multiply:
                return Repeat(context, a, b, aSpan, bSpan);
            case BinaryOperator.Equal:
            case BinaryOperator.NotEqual:
            case BinaryOperator.Less:
            case BinaryOperator.LessOrEqual:
            case BinaryOperator.Greater:
            case BinaryOperator.GreaterOrEqual:
                return Arithmetic.Ordered(op, string.CompareOrdinal(ValueText.ToText(context, aSpan, a), ValueText.ToText(context, bSpan, b)));
            default:
                throw new ScriptRuntimeException(opSpan, $"Operator `{BinaryOperation.Text(op)}` is not supported on string objects");
        }
    }

    private static string Repeat(TemplateContext context, object a, object b, SourceSpan aSpan, SourceSpan bSpan)
    {
        var (text, times, span) = a is string left ? (left, b, bSpan) : ((string)b, a, aSpan);
        if (times is not (int or long or BigInteger))
        {
            throw new ScriptRuntimeException(a is string ? aSpan : bSpan,
                "Expecting an integer. The operator `*` is not supported for the expression. Only working on string x int or int x string");
        }

        var count = Arithmetic.ToBig(times);
        if (count <= 0 || text.Length == 0)
        {
            return "";
        }

        var limit = context.LimitToString > 0 ? context.LimitToString : int.MaxValue / 4;
        if (count * text.Length > limit)
        {
            throw new ScriptRuntimeException(span, $"String multiplication exceeds LimitToString `{limit}`.");
        }

        return new StringBuilder(text.Length * (int)count).Insert(0, text, (int)count).ToString();
    }
}
