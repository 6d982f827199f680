using System.Numerics;
using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>Operators on numbers. Integers widen from int over long to big; big results are bounded.</summary>
internal static class Arithmetic
{
    private const int MaxShift = 1_048_576;

    // A loop that squares doubles the digits each time: without a bound a thousand iterations fill any memory.
    private const long MaxBits = 2L * MaxShift;

    public static bool TryInt(BinaryOperator op, int a, int b, out object? result)
    {
        result = op switch
        {
            BinaryOperator.Add => Boxed.Long((long)a + b),
            BinaryOperator.Subtract => Boxed.Long((long)a - b),
            BinaryOperator.Multiply => Boxed.Long((long)a * b),
            BinaryOperator.Equal => Boxed.Bool(a == b),
            BinaryOperator.NotEqual => Boxed.Bool(a != b),
            BinaryOperator.Less => Boxed.Bool(a < b),
            BinaryOperator.LessOrEqual => Boxed.Bool(a <= b),
            BinaryOperator.Greater => Boxed.Bool(a > b),
            BinaryOperator.GreaterOrEqual => Boxed.Bool(a >= b),
            _ => null,
        };
        return result is not null;
    }

    public static object Fit(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Boxed.Long((long)value) : value;

    public static object? Evaluate(TemplateContext context, BinaryOperator op, object a, object b, SourceSpan opSpan, SourceSpan bSpan)
    {
        if (a is decimal || b is decimal)
        {
            return Decimals(op, a, b, opSpan);
        }

        if (a is double || b is double)
        {
            return Doubles(op, ToDouble(a), ToDouble(b)) ?? throw BinaryOperation.Unsupported(op, a, b, opSpan);
        }

        if (a is float || b is float)
        {
            var single = Doubles(op, ToDouble(a), ToDouble(b), single: true) ?? throw BinaryOperation.Unsupported(op, a, b, opSpan);
            return single is double d ? (float)d : single;
        }

        if (op is BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight)
        {
            return Shift(op, a, b, opSpan);
        }

        if (op is BinaryOperator.RangeInclude or BinaryOperator.RangeExclude)
        {
            return Range(context, ToBig(a), ToBig(b), op == BinaryOperator.RangeExclude, opSpan);
        }

        if (a is not BigInteger && b is not BigInteger && Longs(op, ToLong(a), ToLong(b), bSpan, out var result))
        {
            return result;
        }

        return Bigs(op, ToBig(a), ToBig(b), opSpan, bSpan);
    }

    private static long ToLong(object value) => value is int i ? i : (long)value;

    public static BigInteger ToBig(object value) => value switch { int i => i, long l => l, BigInteger big => big, _ => 0 };

    public static double ToDouble(object value) => value switch
    {
        int i => i,
        long l => l,
        double d => d,
        float f => f,
        decimal m => (double)m,
        BigInteger big => (double)big,
        _ => 0,
    };

    public static int Compare(object a, object b)
    {
        if (a is decimal || b is decimal)
        {
            return TryDecimal(a, out var x) && TryDecimal(b, out var y) ? x.CompareTo(y) : ToDouble(a).CompareTo(ToDouble(b));
        }

        if (a is double or float || b is double or float)
        {
            return ToDouble(a).CompareTo(ToDouble(b));
        }

        return a is BigInteger || b is BigInteger ? ToBig(a).CompareTo(ToBig(b)) : ToLong(a).CompareTo(ToLong(b));
    }

    private static bool Longs(BinaryOperator op, long a, long b, SourceSpan bSpan, out object? result)
    {
        result = op switch
        {
            BinaryOperator.Add when !Overflows((Int128)a + b) => Boxed.Long(a + b),
            BinaryOperator.Subtract when !Overflows((Int128)a - b) => Boxed.Long(a - b),
            BinaryOperator.Multiply when !Overflows((Int128)a * b) => Boxed.Long(a * b),
            BinaryOperator.Divide when b != 0 && b != -1 && a % b == 0 => Boxed.Long(a / b),
            BinaryOperator.Divide => (double)a / b,
            BinaryOperator.DivideRound or BinaryOperator.Modulus when b == 0 => throw DivideByZero(bSpan),
            BinaryOperator.DivideRound when b != -1 => Boxed.Long(a / b),
            BinaryOperator.Modulus => b == -1 ? Boxed.Int(0) : Boxed.Long(a % b),
            BinaryOperator.Equal => Boxed.Bool(a == b),
            BinaryOperator.NotEqual => Boxed.Bool(a != b),
            BinaryOperator.Less => Boxed.Bool(a < b),
            BinaryOperator.LessOrEqual => Boxed.Bool(a <= b),
            BinaryOperator.Greater => Boxed.Bool(a > b),
            BinaryOperator.GreaterOrEqual => Boxed.Bool(a >= b),
            _ => null,
        };
        return result is not null;
    }

    private static bool Overflows(Int128 value) => value < long.MinValue || value > long.MaxValue;

    private static ScriptRuntimeException DivideByZero(SourceSpan span) => new(span, "Attempted to divide by zero.");

    private static object Bigs(BinaryOperator op, BigInteger a, BigInteger b, SourceSpan opSpan, SourceSpan bSpan)
    {
        if (op == BinaryOperator.Multiply && a.GetBitLength() + b.GetBitLength() > MaxBits)
        {
            throw new ScriptRuntimeException(opSpan, $"The product exceeds {MaxBits} bits.");
        }

        if (op is BinaryOperator.DivideRound or BinaryOperator.Modulus && b.IsZero)
        {
            throw DivideByZero(bSpan);
        }

        return op switch
        {
            BinaryOperator.Add => Fit(a + b),
            BinaryOperator.Subtract => Fit(a - b),
            BinaryOperator.Multiply => Fit(a * b),
            BinaryOperator.Divide => !b.IsZero && (a % b).IsZero ? Fit(a / b) : (double)a / (double)b,
            BinaryOperator.DivideRound => Fit(a / b),
            BinaryOperator.Modulus => Fit(a % b),
            _ => Ordered(op, a.CompareTo(b)) ?? throw BinaryOperation.Unsupported(op, a, b, opSpan),
        };
    }

    public static object? Ordered(BinaryOperator op, int order) => op switch
    {
        BinaryOperator.Equal => Boxed.Bool(order == 0),
        BinaryOperator.NotEqual => Boxed.Bool(order != 0),
        BinaryOperator.Less => Boxed.Bool(order < 0),
        BinaryOperator.LessOrEqual => Boxed.Bool(order <= 0),
        BinaryOperator.Greater => Boxed.Bool(order > 0),
        BinaryOperator.GreaterOrEqual => Boxed.Bool(order >= 0),
        _ => null,
    };

    private static object? Doubles(BinaryOperator op, double a, double b, bool single = false) => op switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        BinaryOperator.Divide => a / b,
        BinaryOperator.DivideRound => Math.Round(a / b),
        BinaryOperator.Modulus => a % b,
        BinaryOperator.Equal => Boxed.Bool(a == b),
        BinaryOperator.NotEqual => Boxed.Bool(a != b),
        BinaryOperator.Less => Boxed.Bool(a < b),
        BinaryOperator.LessOrEqual => Boxed.Bool(a <= b),
        BinaryOperator.Greater => Boxed.Bool(a > b),
        BinaryOperator.GreaterOrEqual => Boxed.Bool(a >= b),
        _ => null,
    };

    private static object? Decimals(BinaryOperator op, object left, object right, SourceSpan span)
    {
        if (!TryDecimal(left, out var a) || !TryDecimal(right, out var b))
        {
            throw new ScriptRuntimeException(span, "Value was either too large or too small for a Decimal.");
        }

        try
        {
            return op switch
            {
                BinaryOperator.Add => a + b,
                BinaryOperator.Subtract => a - b,
                BinaryOperator.Multiply => a * b,
                BinaryOperator.Divide => a / b,
                BinaryOperator.DivideRound => Math.Round(a / b),
                BinaryOperator.Modulus => a % b,
                _ => Ordered(op, a.CompareTo(b)) ?? throw BinaryOperation.Unsupported(op, a, b, span),
            };
        }
        catch (Exception refused) when (refused is OverflowException or DivideByZeroException)
        {
            throw new ScriptRuntimeException(span, refused.Message, refused);
        }
    }

    public static bool TryDecimal(object value, out decimal result)
    {
        try
        {
            result = value switch
            {
                decimal m => m,
                int i => i,
                long l => l,
                double d => (decimal)d,
                float f => (decimal)f,
                BigInteger big => (decimal)big,
                _ => 0,
            };
            return true;
        }
        catch (OverflowException)
        {
            result = 0;
            return false;
        }
    }

    private static object Shift(BinaryOperator op, object a, object b, SourceSpan span)
    {
        var amount = ToBig(b);
        if (BigInteger.Abs(amount) > MaxShift)
        {
            throw new ScriptRuntimeException(span, $"Shift amount `{amount}` exceeds maximum supported magnitude `{MaxShift}`.");
        }

        var value = ToBig(a);
        var by = op == BinaryOperator.ShiftLeft ? (int)amount : -(int)amount;
        if (by > 0 && value.GetBitLength() + by > MaxBits)
        {
            throw new ScriptRuntimeException(span, $"The shifted value exceeds {MaxBits} bits.");
        }

        return Fit(by >= 0 ? value << by : value >> -by);
    }

    private static ScriptRange Range(TemplateContext context, BigInteger first, BigInteger last, bool exclusive, SourceSpan span)
    {
        if (exclusive && first == last)
        {
            return ScriptRange.Empty;
        }

        if (exclusive)
        {
            last += first < last ? -1 : 1;
        }

        var count = BigInteger.Abs(last - first) + 1;
        var limit = context.LoopLimit > 0 ? context.LoopLimit : int.MaxValue;
        if (count > limit || first < long.MinValue / 2 || first > long.MaxValue / 2)
        {
            throw new ScriptRuntimeException(span, $"Range expression exceeds LoopLimit `{limit}`.");
        }

        return new ScriptRange((long)first, (long)last);
    }
}
