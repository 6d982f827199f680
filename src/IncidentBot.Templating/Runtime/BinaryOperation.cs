using System.Collections;
using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>The binary operators, by the kinds of their operands.</summary>
internal static class BinaryOperation
{
    public static string Text(BinaryOperator op) => op switch
    {
        BinaryOperator.NullCoalesce => "??",
        BinaryOperator.NotNullCoalesce => "?!",
        BinaryOperator.Or => "||",
        BinaryOperator.And => "&&",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.DivideRound => "//",
        BinaryOperator.Modulus => "%",
        BinaryOperator.ShiftLeft => "<<",
        BinaryOperator.ShiftRight => ">>",
        BinaryOperator.RangeInclude => "..",
        _ => "..<",
    };

    public static bool IsNumber(object value) => value is int or long or double or decimal or float or System.Numerics.BigInteger;

    public static object? Evaluate(
        TemplateContext context, BinaryOperator op, object? a, object? b, SourceSpan aSpan, SourceSpan opSpan, SourceSpan bSpan)
    {
        if (a is int x && b is int y && Arithmetic.TryInt(op, x, y, out var quick))
        {
            return quick;
        }

        if (a is EmptyValue || b is EmptyValue)
        {
            return WithEmpty(op, a, b);
        }

        if (a is null || b is null)
        {
            return WithNull(context, op, a, b, aSpan, bSpan);
        }

        if (a is IList || b is IList)
        {
            return ListOperation.Evaluate(context, op, a, b, opSpan);
        }

        if (a is string || b is string)
        {
            return StringOperation.Evaluate(context, op, a, b, aSpan, opSpan, bSpan);
        }

        if (a is DateTime || b is DateTime || a is TimeSpan || b is TimeSpan)
        {
            return TimeOperation.TryEvaluate(op, a, b, out var time) ? time : throw Unsupported(op, a, b, opSpan);
        }

        if (a is bool p && b is bool q && op is BinaryOperator.Equal or BinaryOperator.NotEqual)
        {
            return Boxed.Bool(p == q == (op == BinaryOperator.Equal));
        }

        if ((IsNumber(a) || a is bool) && (IsNumber(b) || b is bool))
        {
            return Arithmetic.Evaluate(context, op, a is bool c ? Boxed.Int(c ? 1 : 0) : a, b is bool d ? Boxed.Int(d ? 1 : 0) : b, opSpan, bSpan);
        }

        if (op is BinaryOperator.Equal or BinaryOperator.NotEqual)
        {
            if (IsNumber(a) || IsNumber(b))
            {
                var (odd, span, number) = IsNumber(a) ? (b, bSpan, a) : (a, aSpan, b);
                throw new ScriptRuntimeException(span, $"Unable to convert type `{ValueText.TypeName(odd)}` to {ValueText.TypeName(number)}");
            }

            return Boxed.Bool(DeepEquals(context, a, b, 0) == (op == BinaryOperator.Equal));
        }

        throw Unsupported(op, a, b, opSpan);
    }

    public static ScriptRuntimeException Unsupported(BinaryOperator op, object? a, object? b, SourceSpan span) =>
        new(span, $"The operator `{Text(op)}` is not supported between {ValueText.TypeName(a)} and {ValueText.TypeName(b)}.");

    private static object? WithEmpty(BinaryOperator op, object? a, object? b)
    {
        var equal = a is EmptyValue && b is EmptyValue || (a is EmptyValue ? b : a) is { } other and not string and not EmptyValue && Members.IsEmpty(other);
        return op switch
        {
            BinaryOperator.Equal => Boxed.Bool(equal),
            BinaryOperator.NotEqual => Boxed.Bool(!equal),
            BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual => Boxed.False,
            _ => null,
        };
    }

    private static object? WithNull(TemplateContext context, BinaryOperator op, object? a, object? b, SourceSpan aSpan, SourceSpan bSpan)
    {
        switch (op)
        {
            case BinaryOperator.Equal:
                return Boxed.Bool(a is null && b is null);
            case BinaryOperator.NotEqual:
                return Boxed.Bool(a is not null || b is not null);
            case BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual:
                return Boxed.False;
            case BinaryOperator.Add when a is string || b is string:
                return a ?? b;
            default:
                return null;
        }
    }

    public static bool DeepEquals(TemplateContext context, object? a, object? b, int depth)
    {
        var budget = 1_000_000;
        return DeepEquals(context, a, b, depth, ref budget);
    }

    // Arrays that share their parts can have more paths than any time allows: the walk has a budget.
    private static bool DeepEquals(TemplateContext context, object? a, object? b, int depth, ref int budget)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        if (a is null || b is null || depth > context.ObjectRecursionLimit || --budget < 0)
        {
            return false;
        }

        if (a is string || b is string)
        {
            return a is string s && b is string t && s == t;
        }

        if (IsNumber(a) && IsNumber(b))
        {
            return Arithmetic.Compare(a, b) == 0;
        }

        if (a is IList first && b is IList second)
        {
            if (first.Count != second.Count)
            {
                return false;
            }

            for (var i = 0; i < first.Count; i++)
            {
                if (!DeepEquals(context, first[i], second[i], depth + 1, ref budget))
                {
                    return false;
                }
            }

            return true;
        }

        return a.Equals(b);
    }

    public static object? Negate(ScriptNode node, object? value) => value switch
    {
        null => null,
        int i => Boxed.Long(-(long)i),
        long l and > long.MinValue => Boxed.Long(-l),
        long l => -(System.Numerics.BigInteger)l,
        double d => -d,
        float f => -f,
        decimal m => -m,
        System.Numerics.BigInteger big => Arithmetic.Fit(-big),
        TimeSpan span => -span,
        bool b => Boxed.Int(b ? -1 : 0),
        _ => throw new ScriptRuntimeException(node.Span, $"Unexpected value `{value} / Type: {ValueText.TypeName(value)}`. Cannot negate(-) a non-numeric value"),
    };

    public static object? Positive(ScriptNode node, object? value) => value switch
    {
        bool b => Boxed.Int(b ? 1 : 0),
        _ => throw new ScriptRuntimeException(node.Span, $"Unexpected value `{value} / Type: {ValueText.TypeName(value)}`. Cannot use unary + on a non-numeric value"),
    };
}
