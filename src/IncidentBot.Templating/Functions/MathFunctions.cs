using System.Globalization;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;
using static IncidentBot.Templating.Functions.FunctionGroup;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>math</c> functions.</summary>
internal static class MathFunctions
{
    public static ScriptObject Create() => new ScriptObject()
        .Define("abs", "Abs", Abs, Value("value"))
        .Define("ceil", "Ceil", Ceil, Number("value"))
        .Define("divided_by", "DividedBy", DividedBy, Number("value"), Value("divisor"))
        .Define("floor", "Floor", Floor, Number("value"))
        .Define("format", "Format", Format, Value("value"), Text("format"), OptionalText("culture"))
        .Define("is_number", "IsNumber", IsNumber, Value("value"))
        .Define("minus", "Minus", Minus, Value("value"), Value("with"))
        .Define("modulo", "Modulo", Modulo, Value("value"), Value("with"))
        .Define("plus", "Plus", Plus, Value("value"), Value("with"))
        .Define("random", "Random", RandomNumber, Int("minValue"), Int("maxValue"))
        .Define("round", "Round", Round, Number("value"), OptionalInt("precision", 0))
        .Define("times", "Times", Times, Value("value"), Value("with"))
        .Define("uuid", "Uuid", Uuid)
        .Frozen();

    /// <summary>The number without its sign.</summary>
    private static object? Abs(in BuiltinCall call) => call[0] switch
    {
        null => null,
        double number => Math.Abs(number),
        float number => Math.Abs(number),
        decimal number => Math.Abs(number),
        var value when Numbers.IsNumber(value) => Values.Box(System.Numerics.BigInteger.Abs(Numbers.ToBig(value!))),
        var value => throw call.Error($"The value `{Values.ToText(call.Context, value)}` is not a number"),
    };

    /// <summary>The next whole number, upwards.</summary>
    private static object? Ceil(in BuiltinCall call) => Math.Ceiling(call.Double(0));

    /// <summary>The quotient; a whole number, rounded down, when the divisor is one.</summary>
    private static object? DividedBy(in BuiltinCall call)
    {
        if (call[1] is null) return null;
        var quotient = call.Double(0) / Values.ToDouble(call.Span, call[1]);
        if (!Numbers.IsInteger(Numbers.Rank(call[1]))) return quotient;
        quotient = Math.Floor(quotient);
        return Math.Abs(quotient) < 1L << 53 ? Values.Box((long)quotient) : quotient;
    }

    /// <summary>The next whole number, downwards.</summary>
    private static object? Floor(in BuiltinCall call) => Math.Floor(call.Double(0));

    /// <summary>A number in a .NET format, in a culture or that of the render.</summary>
    private static object? Format(in BuiltinCall call)
    {
        if (call[0] is null) return string.Empty;
        if (!Numbers.IsNumber(call[0]))
            throw call.Error($"Unexpected `{Convert.ToString(call[0], CultureInfo.InvariantCulture)}`. Must be a formattable number");
        return ObjectFunctions.Format(in call, (IFormattable)call[0]!, call.Text(1), call.Text(2));
    }

    /// <summary>Whether the value is a number.</summary>
    private static object? IsNumber(in BuiltinCall call) => Values.Box(Numbers.IsNumber(call[0]));

    /// <summary>The difference.</summary>
    private static object? Minus(in BuiltinCall call) =>
        Operators.Apply(call.Context, call.Node, ScriptBinaryOperator.Subtract, call[0], call[1]);

    /// <summary>The rest of a division.</summary>
    private static object? Modulo(in BuiltinCall call) =>
        Operators.Apply(call.Context, call.Node, ScriptBinaryOperator.Modulus, call[0], call[1]);

    /// <summary>The sum.</summary>
    private static object? Plus(in BuiltinCall call) =>
        Operators.Apply(call.Context, call.Node, ScriptBinaryOperator.Add, call[0], call[1]);

    /// <summary>A random number, the lower bound included and the upper not.</summary>
    private static object? RandomNumber(in BuiltinCall call)
    {
        var (low, high) = (call.Int(0), call.Int(1));
        if (low >= high) throw call.Error("minValue must be greater than maxValue");
        return Values.Box(System.Security.Cryptography.RandomNumberGenerator.GetInt32(low, high));
    }

    /// <summary>The number rounded to some digits; halves go to the even neighbour.</summary>
    private static object? Round(in BuiltinCall call) => Math.Round(call.Double(0), Math.Clamp(call.Int(1), 0, 15));

    /// <summary>The product.</summary>
    private static object? Times(in BuiltinCall call) =>
        Operators.Apply(call.Context, call.Node, ScriptBinaryOperator.Multiply, call[0], call[1]);

    /// <summary>A new random identifier.</summary>
    private static object? Uuid(in BuiltinCall call) => Guid.NewGuid().ToString();
}
