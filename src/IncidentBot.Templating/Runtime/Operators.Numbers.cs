using System.Globalization;
using System.Numerics;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>Operators on numbers of any width.</summary>
internal static partial class Operators
{
    private static object OfNumbers(
        TemplateContext context,
        ScriptNode node,
        ScriptBinaryOperator op,
        object left,
        object right,
        NumberRank rank)
    {
        try
        {
            return rank switch
            {
                NumberRank.Int or NumberRank.Long or NumberRank.Big => Integers(context, node, op, left, right),
                NumberRank.Float => Floats(node, op, Numbers.ToFloat(left), Numbers.ToFloat(right)),
                NumberRank.Double => Doubles(node, op, Numbers.ToDouble(left), Numbers.ToDouble(right)),
                _ => Decimals(node, op, Numbers.ToDecimal(left), Numbers.ToDecimal(right)),
            };
        }
        catch (ArithmeticException e)
        {
            throw new ScriptRuntimeException(node.OperatorSpan, e.Message, e);
        }
    }

    private static object Integers(TemplateContext context, ScriptNode node, ScriptBinaryOperator op, object left, object right)
    {
        if (left is not BigInteger and not ulong && right is not BigInteger and not ulong
            && Longs(op, Numbers.ToLong(left), Numbers.ToLong(right)) is { } result)
        {
            return result;
        }

        var a = Numbers.ToBig(left);
        var b = Numbers.ToBig(right);
        var (bitsA, bitsB) = (a.GetBitLength(), b.GetBitLength());
        // Long multiplication and division take about as many steps as the product of the lengths in words.
        context.Charge(1 + ((bitsA + bitsB) >> 3) + (op >= ScriptBinaryOperator.Multiply ? bitsA * bitsB >> 14 : 0), node);
        switch (op)
        {
            case ScriptBinaryOperator.Add: return Sized(node, a + b);
            case ScriptBinaryOperator.Subtract: return Sized(node, a - b);
            case ScriptBinaryOperator.Multiply:
                if (bitsA + bitsB > Numbers.MaximumBits + 64) throw TooBig(node);
                return Sized(node, a * b);
            case ScriptBinaryOperator.Divide: return (double)a / (double)b;
            case ScriptBinaryOperator.DivideRound: return Values.Box(a / b);
            case ScriptBinaryOperator.Modulus: return Values.Box(a % b);
            case ScriptBinaryOperator.ShiftLeft: return Shift(node, a, b);
            case ScriptBinaryOperator.ShiftRight: return Shift(node, a, -b);
            case ScriptBinaryOperator.Range: return MakeRange(context, node, a, b, true);
            case ScriptBinaryOperator.RangeExclusive: return MakeRange(context, node, a, b, false);
            default: return Compared(node, op, a.CompareTo(b), left, right);
        }
    }

    private static object? Longs(ScriptBinaryOperator op, long a, long b)
    {
        switch (op)
        {
            case ScriptBinaryOperator.Equal: return Values.Box(a == b);
            case ScriptBinaryOperator.NotEqual: return Values.Box(a != b);
            case ScriptBinaryOperator.Less: return Values.Box(a < b);
            case ScriptBinaryOperator.LessOrEqual: return Values.Box(a <= b);
            case ScriptBinaryOperator.Greater: return Values.Box(a > b);
            case ScriptBinaryOperator.GreaterOrEqual: return Values.Box(a >= b);
            case ScriptBinaryOperator.Divide: return (double)a / b;
            case ScriptBinaryOperator.Add:
                var sum = a + b;
                return ((a ^ sum) & (b ^ sum)) < 0 ? null : Values.Box(sum);
            case ScriptBinaryOperator.Subtract:
                var difference = a - b;
                return ((a ^ b) & (a ^ difference)) < 0 ? null : Values.Box(difference);
            case ScriptBinaryOperator.Multiply:
                var high = Math.BigMul(a, b, out var low);
                return high == low >> 63 ? Values.Box(low) : null;
            case ScriptBinaryOperator.DivideRound when b is not 0 and not -1: return Values.Box(a / b);
            case ScriptBinaryOperator.Modulus when b is not 0 and not -1: return Values.Box(a % b);
            default: return null;
        }
    }

    private static object Shift(ScriptNode node, in BigInteger value, in BigInteger amount)
    {
        if (BigInteger.Abs(amount) > Numbers.MaximumBits)
        {
            var shown = amount.GetBitLength() <= 64 ? BigInteger.Abs(amount).ToString(CultureInfo.InvariantCulture) : "...";
            throw new ScriptRuntimeException(
                node.OperatorSpan,
                $"Shift amount `{shown}` exceeds maximum supported magnitude `{Numbers.MaximumBits}`.");
        }

        return Sized(node, value << (int)amount);
    }

    private static ScriptRange MakeRange(TemplateContext context, ScriptNode node, in BigInteger from, in BigInteger to, bool isEndIncluded)
    {
        if (from < long.MinValue || from > long.MaxValue || to < long.MinValue || to > long.MaxValue)
            throw new ScriptRuntimeException(node.OperatorSpan, "The bounds of a range must fit into 64 bits.");
        var range = new ScriptRange((long)from, (long)to, isEndIncluded);
        if (context.LoopLimit > 0 && range.LongCount > context.LoopLimit)
            throw new ScriptRuntimeException(node.OperatorSpan, $"Range expression exceeds LoopLimit `{context.LoopLimit}`.");
        return range;
    }

    private static object Doubles(ScriptNode node, ScriptBinaryOperator op, double a, double b) => op switch
    {
        ScriptBinaryOperator.Add => a + b,
        ScriptBinaryOperator.Subtract => a - b,
        ScriptBinaryOperator.Multiply => a * b,
        ScriptBinaryOperator.Divide => a / b,
        ScriptBinaryOperator.DivideRound => Math.Round(a / b),
        ScriptBinaryOperator.Modulus => a % b,
        ScriptBinaryOperator.ShiftLeft => a * Math.Pow(2, b),
        ScriptBinaryOperator.ShiftRight => a / Math.Pow(2, b),
        ScriptBinaryOperator.Equal => Values.Box(a == b),
        ScriptBinaryOperator.NotEqual => Values.Box(a != b),
        ScriptBinaryOperator.Less => Values.Box(a < b),
        ScriptBinaryOperator.LessOrEqual => Values.Box(a <= b),
        ScriptBinaryOperator.Greater => Values.Box(a > b),
        ScriptBinaryOperator.GreaterOrEqual => Values.Box(a >= b),
        _ => throw NotFor(node, op, "double"),
    };

    private static object Floats(ScriptNode node, ScriptBinaryOperator op, float a, float b) => op switch
    {
        ScriptBinaryOperator.Add => a + b,
        ScriptBinaryOperator.Subtract => a - b,
        ScriptBinaryOperator.Multiply => a * b,
        ScriptBinaryOperator.Divide => a / b,
        // Cut off, where a double is rounded.
        ScriptBinaryOperator.DivideRound => (float)(int)(a / b),
        ScriptBinaryOperator.Modulus => a % b,
        ScriptBinaryOperator.ShiftLeft => a * (float)Math.Pow(2, b),
        ScriptBinaryOperator.ShiftRight => a / (float)Math.Pow(2, b),
        ScriptBinaryOperator.Range or ScriptBinaryOperator.RangeExclusive => throw NotFor(node, op, "float"),
        _ => Doubles(node, op, a, b),
    };

    private static object Decimals(ScriptNode node, ScriptBinaryOperator op, decimal a, decimal b) => op switch
    {
        ScriptBinaryOperator.Add => a + b,
        ScriptBinaryOperator.Subtract => a - b,
        ScriptBinaryOperator.Multiply => a * b,
        ScriptBinaryOperator.Divide => a / b,
        ScriptBinaryOperator.DivideRound => Math.Round(a / b),
        ScriptBinaryOperator.Modulus => a % b,
        ScriptBinaryOperator.ShiftLeft => a * (decimal)Math.Pow(2, (double)b),
        ScriptBinaryOperator.ShiftRight => a / (decimal)Math.Pow(2, (double)b),
        ScriptBinaryOperator.Range or ScriptBinaryOperator.RangeExclusive => throw NotFor(node, op, "decimal"),
        _ => Compared(node, op, a.CompareTo(b), a, b),
    };

    private static object Sized(ScriptNode node, in BigInteger value) =>
        value.GetBitLength() > Numbers.MaximumBits + 64 ? throw TooBig(node) : Values.Box(value);

    private static ScriptRuntimeException TooBig(ScriptNode node) =>
        new(node.OperatorSpan, $"The number exceeds the maximum supported length of `{Numbers.MaximumBits}` bits.");
}
