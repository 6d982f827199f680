using System.Globalization;
using System.Numerics;

namespace IncidentBot.Templating.Runtime;

/// <summary>The kinds of numbers, from narrow to wide. Two different ones meet at the wider.</summary>
internal enum NumberRank
{
    None,
    Int,
    Long,
    Big,
    Float,
    Double,
    Decimal,
}

internal static class Numbers
{
    /// <summary>Whole numbers beyond this many bits are refused: a loop that squares one would not end.</summary>
    public const int MaximumBits = 1_048_576;

    public static NumberRank Rank(object? value) => value switch
    {
        int => NumberRank.Int,
        double => NumberRank.Double,
        long => NumberRank.Long,
        BigInteger => NumberRank.Big,
        float => NumberRank.Float,
        decimal => NumberRank.Decimal,
        byte or sbyte or short or ushort => NumberRank.Int,
        uint => NumberRank.Long,
        ulong => NumberRank.Big,
        _ => NumberRank.None,
    };

    public static bool IsNumber(object? value) => Rank(value) != NumberRank.None;

    public static long ToLong(object value) =>
        value is int i ? i : value is long l ? l : System.Convert.ToInt64(value, CultureInfo.InvariantCulture);

    public static BigInteger ToBig(object value) => value switch
    {
        BigInteger big => big,
        ulong number => number,
        _ => ToLong(value),
    };

    public static double ToDouble(object value) => value switch
    {
        double d => d,
        int i => i,
        BigInteger big => (double)big,
        _ => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };

    public static float ToFloat(object value) => value switch
    {
        float f => f,
        BigInteger big => (float)big,
        _ => System.Convert.ToSingle(value, CultureInfo.InvariantCulture),
    };

    public static decimal ToDecimal(object value) => value switch
    {
        decimal d => d,
        BigInteger big => (decimal)big,
        _ => System.Convert.ToDecimal(value, CultureInfo.InvariantCulture),
    };
}
