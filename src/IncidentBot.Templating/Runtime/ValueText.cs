using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using IncidentBot.Templating.Functions;
using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>Values as text.</summary>
internal static class ValueText
{
    public static string ToText(TemplateContext context, SourceSpan span, object? value)
    {
        switch (value)
        {
            case null or EmptyValue:
                return "";
            case string text:
                return text;
            case bool b:
                return b ? "true" : "false";
            case int i:
                return i.ToString(context.CurrentCulture);
            case double d:
                return ToText(d, context.CurrentCulture);
            case float f:
                return f.ToString(context.CurrentCulture);
            case BigInteger big when big.GetBitLength() > 3.33 * context.LimitToString && context.LimitToString > 0:
                throw new ScriptRuntimeException(span, $"The resulting string length exceeds the configured LimitToString `{context.LimitToString}`.");
            case DateTime time:
                return DateFormat.Format(context, time, DateFormat.Default(context));
            case IScriptFunction:
                return "<function>";
            case TimeSpan:
            case char:
                return value.ToString()!;
            case IDictionary or IDictionary<string, object?> or IEnumerable or KeyValuePair<string, object?>:
                var result = new StringBuilder();
                Append(context, span, result, value, 0);
                return result.ToString();
            case IFormattable formattable:
                return formattable.ToString(null, context.CurrentCulture);
            default:
                return value.ToString() ?? "";
        }
    }

    /// <summary>The name of a member, or a value in a message.</summary>
    public static string ToPlainText(TemplateContext context, object value) => ToText(context, default, value);

    private static string ToText(double value, CultureInfo culture)
    {
        var text = value.ToString(culture);
        var exponent = text.IndexOf("E+", StringComparison.Ordinal);
        if (exponent < 0)
        {
            return text;
        }

        // Large numbers are written out: 1E+15 is 1000000000000000.
        return value.ToString("0.#################", culture);
    }

    private static void Append(TemplateContext context, SourceSpan span, StringBuilder result, object? value, int depth)
    {
        if (depth > context.ObjectRecursionLimit && context.ObjectRecursionLimit > 0)
        {
            throw new ScriptRuntimeException(new SourceSpan(span.FileName, default, default),
                "Structure is too deeply nested or contains reference loops.");
        }

        if (context.LimitToString > 0 && result.Length > context.LimitToString)
        {
            // What follows is cut from the output anyway; arrays that share their parts would go on for ever.
            return;
        }

        switch (value)
        {
            case null:
                result.Append("null");
                break;
            case string text:
                AppendQuoted(result, text);
                break;
            case IDictionary<string, object?> members:
                AppendMembers(context, span, result, members, depth);
                break;
            case IDictionary map:
                AppendMembers(context, span, result, map.Keys.Cast<object>().Select(key => new KeyValuePair<string, object?>(ToPlainText(context, key), map[key])), depth);
                break;
            case KeyValuePair<string, object?> pair:
                AppendMembers(context, span, result, [new("key", pair.Key), new("value", pair.Value)], depth);
                break;
            case IEnumerable list:
                result.Append('[');
                var first = true;
                foreach (var item in list)
                {
                    if (!first)
                    {
                        result.Append(", ");
                    }

                    first = false;
                    Append(context, span, result, item, depth + 1);
                    if (context.LimitToString > 0 && result.Length > context.LimitToString)
                    {
                        break;
                    }
                }

                result.Append(']');
                break;
            default:
                result.Append(ToText(context, span, value));
                break;
        }
    }

    private static void AppendMembers(
        TemplateContext context, SourceSpan span, StringBuilder result, IEnumerable<KeyValuePair<string, object?>> members, int depth)
    {
        result.Append('{');
        var first = true;
        foreach (var (name, member) in members)
        {
            if (!first)
            {
                result.Append(", ");
            }

            first = false;
            result.Append(name).Append(": ");
            Append(context, span, result, member, depth + 1);
            if (context.LimitToString > 0 && result.Length > context.LimitToString)
            {
                break;
            }
        }

        result.Append('}');
    }

    private static void AppendQuoted(StringBuilder result, string text)
    {
        result.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"': result.Append("\\\""); break;
                case '\\': result.Append("\\\\"); break;
                default: result.Append(c); break;
            }
        }

        result.Append('"');
    }

    /// <summary>The name of a kind of value, as messages and <c>object.typeof</c> know it.</summary>
    public static string TypeName(object? value) => value switch
    {
        null => "null",
        bool => "bool",
        int => "int",
        long => "long",
        BigInteger => "bigint",
        double => "double",
        float => "float",
        decimal => "decimal",
        string => "string",
        ScriptRange => "range",
        IDictionary or IDictionary<string, object?> => "object",
        IList => "array",
        IScriptFunction => "function",
        DateTime => "DateTime",
        TimeSpan => "TimeSpan",
        KeyValuePair<string, object?> => "KeyValuePair<string, Object>",
        IEnumerable => "enumerable",
        _ => "object",
    };
}
