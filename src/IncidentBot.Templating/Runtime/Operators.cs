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
        if (left is string or char || right is string or char) return Strings(context, node, op, left, right);
        if (left is null || right is null) return WithNull(op, left, right);
        if (left is EmptyObject || right is EmptyObject) return WithEmpty(node, op, left, right);

        var (leftRank, rightRank) = (Numbers.Rank(left), Numbers.Rank(right));
        // Two numbers need not be asked whether they are lists, which takes longer than to add them.
        if ((leftRank == NumberRank.None || rightRank == NumberRank.None) && (IsList(left) || IsList(right)))
            return Lists(context, node, op, left, right);

        var rank = (NumberRank)Math.Max((int)leftRank, (int)rightRank);
        if (rank != NumberRank.None)
        {
            // The wider number says what the other side has to become.
            return OfNumbers(context, node, op, Numeric(node, left, rank), Numeric(node, right, rank), rank);
        }

        if (left is bool || right is bool) return Bools(node, op, Values.IsTrue(left), Values.IsTrue(right));
        if (left is DateTime or DateTimeOffset or TimeSpan) return Dates(context, node, op, left, right);
        return Objects(context, node, op, left, right);
    }

    public static object? Negate(TemplateContext context, ScriptNode node, object? value) => value switch
    {
        int number when number != int.MinValue => Values.Box(-number),
        double number => -number,
        float number => -number,
        decimal number => -number,
        BigInteger big => Values.Box(-big),
        _ when Numbers.IsNumber(value) => Apply(context, node, ScriptBinaryOperator.Subtract, 0, value),
        _ => throw NoSign(context, node, "-", value),
    };

    public static object? Plus(TemplateContext context, ScriptNode node, object? value) =>
        Numbers.IsNumber(value) ? value : throw NoSign(context, node, "+", value);

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
        _ => null,
    };

    private static object WithEmpty(ScriptNode node, ScriptBinaryOperator op, object left, object right)
    {
        if (op is ScriptBinaryOperator.ShiftLeft or ScriptBinaryOperator.ShiftRight && !(left is EmptyObject && right is EmptyObject))
        {
            throw new ScriptRuntimeException(
                node.OperatorSpan, $"Operator `{Sign(op)}` is not implemented for `{Shown(left)}` / `{Shown(right)}`");
        }

        var other = left is EmptyObject ? right : left;
        var isEmpty = Members.IsEmpty(other);
        return op switch
        {
            ScriptBinaryOperator.Equal or ScriptBinaryOperator.LessOrEqual or ScriptBinaryOperator.GreaterOrEqual => Values.Box(isEmpty),
            ScriptBinaryOperator.NotEqual => Values.Box(!isEmpty),
            ScriptBinaryOperator.Less or ScriptBinaryOperator.Greater => Values.Box(false),
            _ => EmptyObject.Instance,
        };

        static object Shown(object value) => value is EmptyObject ? "empty" : value;
    }

    private static object Bools(ScriptNode node, ScriptBinaryOperator op, bool left, bool right) => op switch
    {
        ScriptBinaryOperator.Equal => Values.Box(left == right),
        ScriptBinaryOperator.NotEqual => Values.Box(left != right),
        _ => throw new ScriptRuntimeException(node.OperatorSpan, $"The operator `{Sign(op)}` is not valid for bool<->bool"),
    };

    private static object Numeric(ScriptNode node, object value, NumberRank rank)
    {
        if (value is bool flag) return Values.Box(flag ? 1 : 0);
        if (Numbers.IsNumber(value)) return value;
        throw Values.CannotConvert(node.OperatorSpan, value, rank switch
        {
            NumberRank.Int => "int",
            NumberRank.Long => "`long`",
            NumberRank.Big => "`bigint`",
            NumberRank.Float => "`float`",
            NumberRank.Double => "`double`",
            _ => "`decimal`",
        });
    }

    private static object Objects(TemplateContext context, ScriptNode node, ScriptBinaryOperator op, object left, object right)
    {
        if (op is ScriptBinaryOperator.Equal or ScriptBinaryOperator.NotEqual)
        {
            var equal = ReferenceEquals(left, right) || (left is KeyValuePair<string, object?> && left.Equals(right));
            return Values.Box(equal == (op == ScriptBinaryOperator.Equal));
        }

        throw NotOfTypes(context, node, op, left, right);
    }

    private static object Dates(TemplateContext context, ScriptNode node, ScriptBinaryOperator op, object left, object right)
    {
        if (left is DateTimeOffset leftOffset) left = leftOffset.UtcDateTime;
        if (right is DateTimeOffset rightOffset) right = rightOffset.UtcDateTime;
        try
        {
            switch (op, left, right)
            {
                case (ScriptBinaryOperator.Subtract, DateTime a, DateTime b): return a - b;
                case (ScriptBinaryOperator.Add, DateTime a, TimeSpan b): return a + b;
            }
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new ScriptRuntimeException(node.OperatorSpan, "The resulting date or time span is out of range.", e);
        }

        return (left, right) switch
        {
            (DateTime a, DateTime b) when op < ScriptBinaryOperator.Add => Compared(node, op, a.CompareTo(b), left, right),
            (DateTime, DateTime) =>
                throw new ScriptRuntimeException(node.OperatorSpan, $"The operator `{LibraryName(op)}` is not supported for DateTime"),
            (DateTime, TimeSpan) => throw new ScriptRuntimeException(
                node.OperatorSpan, $"The operator `{LibraryName(op)}` is not supported for between <DateTime> and <TimeSpan>"),
            // Time spans can be told apart, but not ordered or added.
            _ when op == ScriptBinaryOperator.Equal => Values.Box(left.Equals(right)),
            _ when op == ScriptBinaryOperator.NotEqual => Values.Box(!left.Equals(right)),
            _ => throw NotOfTypes(context, node, op, left, right),
        };
    }

    /// <summary>The name of the operator in the library's own code, which some of its messages show.</summary>
    private static string LibraryName(ScriptBinaryOperator op) => op switch
    {
        ScriptBinaryOperator.Equal => "CompareEqual",
        ScriptBinaryOperator.NotEqual => "CompareNotEqual",
        ScriptBinaryOperator.Less => "CompareLess",
        ScriptBinaryOperator.LessOrEqual => "CompareLessOrEqual",
        ScriptBinaryOperator.Greater => "CompareGreater",
        ScriptBinaryOperator.GreaterOrEqual => "CompareGreaterOrEqual",
        ScriptBinaryOperator.Range => "RangeInclude",
        ScriptBinaryOperator.RangeExclusive => "RangeExclude",
        _ => op.ToString(),
    };

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

    private static ScriptRuntimeException NotBetween(
        ScriptNode node,
        ScriptBinaryOperator op,
        object? left,
        object? right,
        Parsing.SourceSpan? span = null,
        string reason = "") => new(
        span ?? node.OperatorSpan,
        $"The operator `{Sign(op)}` is not supported between {TypeNames.Kind(left)} and {TypeNames.Kind(right)}.{reason}");

    private static ScriptRuntimeException NotOfTypes(
        TemplateContext context, ScriptNode node, ScriptBinaryOperator op, object left, object right) => new(
        node.OperatorSpan,
        $"Unsupported types `{Values.ToText(context, left)}/{TypeNames.Kind(left)}` {Sign(op)} "
        + $"`{Values.ToText(context, right)}/{TypeNames.Kind(right)}` for binary operation");

    private static ScriptRuntimeException NotFor(ScriptNode node, ScriptBinaryOperator op, string type) =>
        new(node.OperatorSpan, $"The operator `{Sign(op)}` is not implemented for {type}<->{type}");

    private static ScriptRuntimeException NoSign(TemplateContext context, ScriptNode node, string sign, object? value)
    {
        var shown = value is bool ? value.ToString() : Values.ToText(context, value);
        return new ScriptRuntimeException(
            node.Span,
            value is null
                ? $"Operator `{sign}` is not supported"
                : $"Unexpected value `{shown} / Type: {TypeNames.Kind(value)}`. "
                + "Cannot negate(-)/positive(+) a non-numeric value");
    }
}
