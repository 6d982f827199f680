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
    /// <example><c>{{ -15.5 | math.abs }}</c> gives <c>15.5</c></example>
    private static object? Abs(in BuiltinCall call) => call[0] switch
    {
        null => null,
        int number => Values.Box(Math.Abs(number)),
        long number => Math.Abs(number),
        double number => Math.Abs(number),
        float number => Math.Abs(number),
        decimal number => Math.Abs(number),
        sbyte number => Math.Abs(number),
        short number => Math.Abs(number),
        // Whatever else the runtime holds for a primitive has no sign, it finds; a big whole number is no primitive.
        byte or ushort or uint or ulong or bool or char => call[0],
        var value => throw call.Error($"The value `{Values.ToText(call.Context, value)}` is not a number"),
    };

    /// <summary>The next whole number, upwards.</summary>
    /// <example><c>{{ 4.1 | math.ceil }} {{ -4.9 | math.ceil }}</c> gives <c>5 -4</c></example>
    private static object? Ceil(in BuiltinCall call) => Math.Ceiling(call.Double(0));

    /// <summary>The quotient; a whole number, rounded down, when the divisor is one.</summary>
    /// <example><c>{{ 9750 | math.divided_by 3600 }} {{ 7 | math.divided_by 2.0 }}</c> gives <c>2 3.5</c></example>
    private static object? DividedBy(in BuiltinCall call)
    {
        var quotient = Operators.Apply(call.Context, call.Node, ScriptBinaryOperator.Divide, call.Double(0), call[1]);
        // The cast keeps to the bounds of an int, also for the infinity that a division by zero gives.
        return call[1] is int && quotient is double number ? Values.Box((int)Math.Floor(number)) : quotient;
    }

    /// <summary>The next whole number, downwards.</summary>
    /// <example><c>{{ 4.9 | math.floor }} {{ -4.1 | math.floor }}</c> gives <c>4 -5</c></example>
    private static object? Floor(in BuiltinCall call) => Math.Floor(call.Double(0));

    /// <summary>A number in a .NET format, in a culture or that of the render.</summary>
    /// <example><c>{{ 7 | math.format "000" }} {{ 0.256 | math.format "P1" }}</c> gives <c>007 25.6 %</c></example>
    /// <example><c>{{ 1234.5 | math.format "N2" "de-DE" }}</c> gives <c>1.234,50</c></example>
    private static object? Format(in BuiltinCall call)
    {
        if (call[0] is null) return string.Empty;
        if (!Numbers.IsNumber(call[0]))
            throw call.Error($"Unexpected `{ObjectFunctions.Shown(in call)}`. Must be a formattable number");
        return ObjectFunctions.Format(in call, (IFormattable)call[0]!, call.Text(1), call.Text(2));
    }

    /// <summary>Whether the value is a number. A text of digits is none.</summary>
    /// <example><c>{{ 4.5 | math.is_number }} {{ "4.5" | math.is_number }}</c> gives <c>true false</c></example>
    private static object? IsNumber(in BuiltinCall call) => Values.Box(Numbers.IsNumber(call[0]));

    /// <summary>The difference, as with <c>-</c>.</summary>
    /// <example><c>{{ 10 | math.minus 4 }}</c> gives <c>6</c></example>
    private static object? Minus(in BuiltinCall call) =>
        Operators.Apply(call.Context, call.Node, ScriptBinaryOperator.Subtract, call[0], call[1]);

    /// <summary>The rest of a division, as with <c>%</c>.</summary>
    /// <example><c>{{ 130 | math.modulo 60 }}</c> gives <c>10</c></example>
    private static object? Modulo(in BuiltinCall call) =>
        Operators.Apply(call.Context, call.Node, ScriptBinaryOperator.Modulus, call[0], call[1]);

    /// <summary>The sum, as with <c>+</c>.</summary>
    /// <example><c>{{ 40 | math.plus 2 }}</c> gives <c>42</c></example>
    private static object? Plus(in BuiltinCall call) =>
        Operators.Apply(call.Context, call.Node, ScriptBinaryOperator.Add, call[0], call[1]);

    /// <summary>A random number, the lower bound included and the upper not.</summary>
    /// <example><c>{{ dice = math.random 1 7; dice >= 1 &amp;&amp; dice &lt;= 6 }}</c> gives <c>true</c></example>
    private static object? RandomNumber(in BuiltinCall call)
    {
        var (low, high) = (call.Int(0), call.Int(1));
        if (low > high) throw call.Error("minValue must be greater than maxValue");
        return Values.Box(low == high ? low : System.Security.Cryptography.RandomNumberGenerator.GetInt32(low, high));
    }

    /// <summary>The number rounded to some digits; halves go to the even neighbour.</summary>
    /// <example><c>{{ 4.567 | math.round 2 }} {{ 2.5 | math.round }} {{ 3.5 | math.round }}</c> gives <c>4.57 2 4</c></example>
    private static object? Round(in BuiltinCall call) => Math.Round(call.Double(0), call.Int(1));

    /// <summary>The product, as with <c>*</c>.</summary>
    /// <example><c>{{ 6 | math.times 7 }}</c> gives <c>42</c></example>
    private static object? Times(in BuiltinCall call) =>
        Operators.Apply(call.Context, call.Node, ScriptBinaryOperator.Multiply, call[0], call[1]);

    /// <summary>A new random identifier.</summary>
    /// <example><c>{{ math.uuid | string.size }} {{ math.uuid == math.uuid }}</c> gives <c>36 false</c></example>
    private static object? Uuid(in BuiltinCall call) => Guid.NewGuid().ToString();
}
