using System.Collections;
using System.Globalization;
using System.Numerics;
using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>What values are, and how one kind becomes another.</summary>
internal static class Values
{
    private const int SmallestBoxed = -128;
    private static readonly object True = true;
    private static readonly object False = false;
    private static readonly object[] SmallNumbers = [.. Enumerable.Range(SmallestBoxed, 1152).Select(i => (object)i)];

    public static object Box(bool value) => value ? True : False;

    public static object Box(int value) =>
        (uint)(value - SmallestBoxed) < (uint)SmallNumbers.Length ? SmallNumbers[value - SmallestBoxed] : value;

    /// <summary>An int if it fits.</summary>
    public static object Box(long value) => value is >= int.MinValue and <= int.MaxValue ? Box((int)value) : value;

    /// <summary>An int or a long if it fits.</summary>
    public static object Box(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? Box((long)value) : value;

    /// <summary>Only null, false and the word <c>empty</c> are not true.</summary>
    public static bool IsTrue(object? value) => value is not null && value is not false && value is not EmptyObject;

    /// <summary>A lazy list as a list of its own.</summary>
    public static object? Settle(object? value) => value is LazySequence lazy ? new ScriptArray(lazy) { IsIterator = true } : value;

    public static string ToText(TemplateContext context, object? value)
    {
        switch (value)
        {
            case null: return string.Empty;
            case string text: return text;
            case bool flag: return flag ? "true" : "false";
            case int number when ReferenceEquals(context.CurrentCulture, CultureInfo.InvariantCulture):
                return number.ToString(CultureInfo.InvariantCulture);
        }

        var output = new TemplateOutput(context.LimitToString);
        ValueText.Write(context, output, value);
        return output.TakeText();
    }

    /// <summary>The items of a list, an object or a string; null for a single value.</summary>
    public static IEnumerable<object?>? ToSequence(object? value) => value switch
    {
        null => null,
        string text => Characters(text),
        IReadOnlyDictionary<string, object?> pairs => Pairs(pairs),
        IEnumerable<KeyValuePair<string, object?>> pairs => Pairs(pairs),
        IDictionary dictionary => Pairs(dictionary),
        IEnumerable<object?> items => items,
        IEnumerable items => items.Cast<object?>(),
        _ => null,
    };

    /// <summary>The same with a length and an index, for loops; null for a single value.</summary>
    public static IReadOnlyList<object?>? ToIndexable(TemplateContext context, object value) => value switch
    {
        IReadOnlyList<object?> list => list,
        _ => ToSequence(value) is { } items ? [.. items] : null,
    };

    public static int ToInt(SourceSpan span, object? value)
    {
        try
        {
            return value switch
            {
                null => 0,
                int number => number,
                bool flag => flag ? 1 : 0,
                long or double or float or decimal or byte or sbyte or short or ushort or uint or ulong =>
                    System.Convert.ToInt32(value, CultureInfo.InvariantCulture),
                BigInteger big => (int)big,
                char c => c,
                string text => int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture),
                _ => throw CannotConvert(span, value, "int"),
            };
        }
        catch (Exception e) when (e is OverflowException or FormatException)
        {
            // Not the value itself: writing a number of a million bits takes seconds.
            throw CannotConvert(span, value, "int");
        }
    }

    public static double ToDouble(SourceSpan span, object? value) => value switch
    {
        null => 0,
        double number => number,
        int number => number,
        bool flag => flag ? 1 : 0,
        BigInteger big => (double)big,
        _ when Numbers.IsNumber(value) => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => throw CannotConvert(span, value, "`double`"),
    };

    public static ScriptRuntimeException CannotConvert(SourceSpan span, object? value, string type) =>
        new(span, $"Unable to convert type `{TypeNames.Kind(value)}` to {type}");

    private static string Invariant(object? value) => System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;

    private static IEnumerable<object?> Characters(string text)
    {
        foreach (var c in text) yield return c;
    }

    private static IEnumerable<object?> Pairs(IEnumerable<KeyValuePair<string, object?>> pairs)
    {
        // A copy, since the body of a loop may set members.
        foreach (var pair in pairs is ScriptObject own ? own.Snapshot() : pairs) yield return pair;
    }

    private static IEnumerable<object?> Pairs(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
            yield return new KeyValuePair<string, object?>(Invariant(entry.Key), entry.Value);
    }
}
