using System.Numerics;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>What the signs of the language do to the kinds of values.</summary>
internal static partial class Operators
{
    /// <summary>Applies an operator that reads both of its operands.</summary>
    /// <param name="context">The render.</param>
    /// <param name="node">The expression, or the call of the function that stands for the operator.</param>
    /// <param name="op">The operator.</param>
    /// <param name="left">The left operand.</param>
    /// <param name="right">The right operand.</param>
    public static object? Apply(TemplateContext context, ScriptNode node, ScriptBinaryOperator op, object? left, object? right)
    {
        if (left is int l && right is int r && Ints(op, l, r) is { } quick) return quick;
        if (left is EmptyObject || right is EmptyObject) return WithEmpty(node, op, left, right);
        if (left is string or char || right is string or char) return Strings(context, node, op, left, right);
        if (left is null || right is null) return WithNull(op, left, right);

        var leftRank = Numbers.Rank(left);
        var rightRank = Numbers.Rank(right);
        if (leftRank != NumberRank.None && rightRank != NumberRank.None)
            return OfNumbers(context, node, op, left, right, (NumberRank)Math.Max((int)leftRank, (int)rightRank));

        if (IsList(left) || IsList(right)) return Lists(context, node, op, left, right);
        if (left is DateTime or DateTimeOffset or TimeSpan) return Dates(node, op, left, right);
        if (left is bool || right is bool) return Bools(context, node, op, left, right);
        return Objects(node, op, left, right);
    }

    public static object? Negate(TemplateContext context, ScriptNode node, object? value) => value switch
    {
        null => null,
        int number when number != int.MinValue => Values.Box(-number),
        double number => -number,
        float number => -number,
        decimal number => -number,
        TimeSpan span => -span,
        BigInteger big => Values.Box(-big),
        _ when Numbers.IsNumber(value) => Apply(context, node, ScriptBinaryOperator.Subtract, 0, value),
        _ => throw Unsupported(node, "-", TypeNames.Kind(value)),
    };

    public static object? Plus(ScriptNode node, object? value) =>
        value is null || Numbers.IsNumber(value) ? value : throw Unsupported(node, "+", TypeNames.Kind(value));

    public static string Sign(ScriptBinaryOperator op) => op switch
    {
        ScriptBinaryOperator.Equal => "==",
        ScriptBinaryOperator.NotEqual => "!=",
        ScriptBinaryOperator.Less => "<",
        ScriptBinaryOperator.LessOrEqual => "<=",
        ScriptBinaryOperator.Greater => ">",
        ScriptBinaryOperator.GreaterOrEqual => ">=",
        ScriptBinaryOperator.Add => "+",
        ScriptBinaryOperator.Subtract => "-",
        ScriptBinaryOperator.Multiply => "*",
        ScriptBinaryOperator.Divide => "/",
        ScriptBinaryOperator.DivideRound => "//",
        ScriptBinaryOperator.Modulus => "%",
        ScriptBinaryOperator.ShiftLeft => "<<",
        ScriptBinaryOperator.ShiftRight => ">>",
        ScriptBinaryOperator.Range => "..",
        ScriptBinaryOperator.RangeExclusive => "..<",
        _ => op.ToString(),
    };

    public static bool IsList(object? value) =>
        value is System.Collections.IEnumerable and not string && !Members.IsDictionary(value);

    /// <summary>What nearly all operators of a template are about; null for the rest.</summary>
    private static object? Ints(ScriptBinaryOperator op, int left, int right) => op switch
    {
        ScriptBinaryOperator.Equal => Values.Box(left == right),
        ScriptBinaryOperator.NotEqual => Values.Box(left != right),
        ScriptBinaryOperator.Less => Values.Box(left < right),
        ScriptBinaryOperator.LessOrEqual => Values.Box(left <= right),
        ScriptBinaryOperator.Greater => Values.Box(left > right),
        ScriptBinaryOperator.GreaterOrEqual => Values.Box(left >= right),
        ScriptBinaryOperator.Add => Values.Box((long)left + right),
        ScriptBinaryOperator.Subtract => Values.Box((long)left - right),
        ScriptBinaryOperator.Multiply => Values.Box((long)left * right),
        ScriptBinaryOperator.Divide => (double)left / right,
        ScriptBinaryOperator.DivideRound when right != 0 => Values.Box((long)left / right),
        ScriptBinaryOperator.Modulus when right != 0 => Values.Box((long)left % right),
        _ => null,
    };

    private static object? WithNull(ScriptBinaryOperator op, object? left, object? right) => op switch
    {
        ScriptBinaryOperator.Equal => Values.Box(left is null && right is null),
        ScriptBinaryOperator.NotEqual => Values.Box(left is not null || right is not null),
        ScriptBinaryOperator.Less or ScriptBinaryOperator.LessOrEqual or ScriptBinaryOperator.Greater
            or ScriptBinaryOperator.GreaterOrEqual => Values.Box(false),
        // "list << null" does add an item.
        ScriptBinaryOperator.ShiftLeft when IsList(left) => new ScriptArray(Values.ToSequence(left)!) { null },
        ScriptBinaryOperator.ShiftRight when IsList(right) => new ScriptArray([null, .. Values.ToSequence(right)!]),
        ScriptBinaryOperator.Add when IsList(left) => left,
        ScriptBinaryOperator.Add when IsList(right) => right,
        _ => null,
    };

    private static object WithEmpty(ScriptNode node, ScriptBinaryOperator op, object? left, object? right)
    {
        var isEmpty = Members.IsEmpty(left) && Members.IsEmpty(right);
        return op switch
        {
            ScriptBinaryOperator.Equal => Values.Box(isEmpty),
            ScriptBinaryOperator.NotEqual => Values.Box(!isEmpty),
            _ => throw Unsupported(node, Sign(op), "empty"),
        };
    }

    private static object? Bools(TemplateContext context, ScriptNode node, ScriptBinaryOperator op, object? left, object? right)
    {
        if (left is bool or int && right is bool or int)
            return Apply(context, node, op, AsInt(left), AsInt(right));
        return op switch
        {
            ScriptBinaryOperator.Equal => Values.Box(false),
            ScriptBinaryOperator.NotEqual => Values.Box(true),
            _ => throw NotBetween(node, op, left, right),
        };

        static object? AsInt(object? value) => value is bool flag ? Values.Box(flag ? 1 : 0) : value;
    }

    private static object Objects(ScriptNode node, ScriptBinaryOperator op, object? left, object? right)
    {
        if (op is ScriptBinaryOperator.Equal or ScriptBinaryOperator.NotEqual)
        {
            // The library turns both into numbers when one of them is.
            if (Numbers.IsNumber(left)) throw Values.CannotConvert(node.OperatorSpan, right, "int");
            if (Numbers.IsNumber(right)) throw Values.CannotConvert(node.OperatorSpan, left, "int");
            var equal = ReferenceEquals(left, right) || (left is KeyValuePair<string, object?> && left.Equals(right));
            return Values.Box(equal == (op == ScriptBinaryOperator.Equal));
        }

        throw NotBetween(node, op, left, right);
    }

    private static object Dates(ScriptNode node, ScriptBinaryOperator op, object left, object right)
    {
        if (left is DateTimeOffset leftOffset) left = leftOffset.UtcDateTime;
        if (right is DateTimeOffset rightOffset) right = rightOffset.UtcDateTime;
        try
        {
            switch (op, left, right)
            {
                case (ScriptBinaryOperator.Subtract, DateTime a, DateTime b): return a - b;
                case (ScriptBinaryOperator.Subtract, DateTime a, TimeSpan b): return a - b;
                case (ScriptBinaryOperator.Add, DateTime a, TimeSpan b): return a + b;
                case (ScriptBinaryOperator.Subtract, TimeSpan a, TimeSpan b): return a - b;
                case (ScriptBinaryOperator.Add, TimeSpan a, TimeSpan b): return a + b;
                case (ScriptBinaryOperator.Divide, TimeSpan a, TimeSpan b) when b != TimeSpan.Zero: return a / b;
            }
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new ScriptRuntimeException(node.OperatorSpan, "The resulting date or time span is out of range.", e);
        }

        return (left, right) switch
        {
            (DateTime a, DateTime b) => Compared(node, op, a.CompareTo(b), left, right),
            (TimeSpan a, TimeSpan b) => Compared(node, op, a.CompareTo(b), left, right),
            _ when op == ScriptBinaryOperator.Equal => Values.Box(false),
            _ when op == ScriptBinaryOperator.NotEqual => Values.Box(true),
            _ => throw NotBetween(node, op, left, right),
        };
    }

    private static object Compared(ScriptNode node, ScriptBinaryOperator op, int order, object? left, object? right) => op switch
    {
        ScriptBinaryOperator.Equal => Values.Box(order == 0),
        ScriptBinaryOperator.NotEqual => Values.Box(order != 0),
        ScriptBinaryOperator.Less => Values.Box(order < 0),
        ScriptBinaryOperator.LessOrEqual => Values.Box(order <= 0),
        ScriptBinaryOperator.Greater => Values.Box(order > 0),
        ScriptBinaryOperator.GreaterOrEqual => Values.Box(order >= 0),
        _ => throw NotBetween(node, op, left, right),
    };

    private static ScriptRuntimeException Unsupported(ScriptNode node, string sign, string kind) =>
        new(node.OperatorSpan, $"Operator `{sign}` is not supported on {kind} objects");

    private static ScriptRuntimeException NotBetween(ScriptNode node, ScriptBinaryOperator op, object? left, object? right) => new(
        node.OperatorSpan,
        $"The operator `{Sign(op)}` is not supported between {TypeNames.Kind(left)} and {TypeNames.Kind(right)}.");
}
