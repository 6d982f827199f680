using System.Collections;
using System.Globalization;
using System.Numerics;
using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>Conversions between the kinds of values.</summary>
internal static class ValueConvert
{
    /// <summary>Only null and false (and <c>empty</c>) are false.</summary>
    public static bool ToBool(object? value) => value switch
    {
        null => false,
        bool b => b,
        EmptyValue => false,
        _ => true,
    };

    public static int ToInt(TemplateContext context, SourceSpan span, object? value)
    {
        switch (value)
        {
            case null:
                return 0;
            case int i:
                return i;
            case bool b:
                return b ? 1 : 0;
            case string text when int.TryParse(text, NumberStyles.Integer, context.CurrentCulture, out var parsed):
                return parsed;
            case long or double or float or decimal or BigInteger:
                var number = Math.Round(Arithmetic.ToDouble(value));
                if (number is >= int.MinValue and <= int.MaxValue)
                {
                    return (int)number;
                }

                throw new ScriptRuntimeException(span, "Value was either too large or too small for an Int32.");
            default:
                throw new ScriptRuntimeException(span, $"Unable to convert type `{ValueText.TypeName(value)}` to int");
        }
    }

    public static double ToDouble(SourceSpan span, object? value) => value switch
    {
        null => 0,
        bool b => b ? 1 : 0,
        _ when BinaryOperation.IsNumber(value) => Arithmetic.ToDouble(value),
        _ => throw new ScriptRuntimeException(span, $"Unable to convert type `{ValueText.TypeName(value)}` to `double`"),
    };

    public static DateTime ToTime(SourceSpan span, object? value) => value switch
    {
        DateTime time => time,
        DateTimeOffset offset => offset.UtcDateTime,
        _ => throw new ScriptRuntimeException(span, $"Unable to convert type `{ValueText.TypeName(value)}` to `DateTime`"),
    };

    public static TimeSpan ToTimeSpan(SourceSpan span, object? value) => value switch
    {
        null => TimeSpan.Zero,
        TimeSpan time => time,
        _ => throw new ScriptRuntimeException(span, $"Unable to convert type `{ValueText.TypeName(value)}` to `TimeSpan`"),
    };

    /// <summary>The list that a function over lists walks: null is empty, an object its pairs, any other value a list of itself.</summary>
    public static IList? ToList(TemplateContext context, SourceSpan span, object? value)
    {
        switch (value)
        {
            case null:
                return null;
            case ScriptObject members:
                return members.Select(object? (pair) => pair).ToArray();
            case IList list:
                return list;
            case IEnumerable sequence and not string:
                var result = new ScriptArray();
                foreach (var item in sequence)
                {
                    context.CheckIterations(span, context.InLoop ? 1 : result.Count + 1);
                    result.Add(item);
                }

                return result;
            case string text:
                return text.Select(object? (c) => c.ToString()).ToArray();
            default:
                return new[] { value };
        }
    }

    /// <summary>Converts for a function of the host.</summary>
    public static object? ToType(TemplateContext context, SourceSpan span, object? value, Type type)
    {
        if (type == typeof(object) || value is not null && type.IsInstanceOfType(value))
        {
            return value;
        }

        if (type == typeof(string))
        {
            return value is null ? null : ValueText.ToText(context, span, value);
        }

        if (type == typeof(int))
        {
            return ToInt(context, span, value);
        }

        if (type == typeof(bool))
        {
            return ToBool(value);
        }

        if (type == typeof(double))
        {
            return ToDouble(span, value);
        }

        if (type == typeof(long))
        {
            return (long)ToDouble(span, value);
        }

        if (type == typeof(DateTime))
        {
            return ToTime(span, value);
        }

        if (value is null && (!type.IsValueType || Nullable.GetUnderlyingType(type) is not null))
        {
            return null;
        }

        throw new ScriptRuntimeException(span, $"Unable to convert type `{ValueText.TypeName(value)}` to `{type.Name}`");
    }

    /// <summary>The order of <c>array.sort</c>: null first, numbers by value, the rest as text.</summary>
    public static int Compare(TemplateContext context, object? a, object? b)
    {
        if (a is null || b is null)
        {
            return a is null ? b is null ? 0 : -1 : 1;
        }

        if (BinaryOperation.IsNumber(a) && BinaryOperation.IsNumber(b))
        {
            return Arithmetic.Compare(a, b);
        }

        return (a, b) switch
        {
            (DateTime x, DateTime y) => x.CompareTo(y),
            (TimeSpan x, TimeSpan y) => x.CompareTo(y),
            (bool x, bool y) => x.CompareTo(y),
            _ => context.CurrentCulture.CompareInfo.Compare(
                ValueText.ToText(context, default, a), ValueText.ToText(context, default, b), CompareOptions.None),
        };
    }
}
