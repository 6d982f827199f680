using System.Collections;
using System.Globalization;
using IncidentBot.Templating.Functions;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>How values look in the output.</summary>
internal static class ValueText
{
    public static void Write(TemplateContext context, TemplateOutput output, object? value) =>
        Write(context, output, value, 0);

    /// <summary>A string as the language would write it, quotes included.</summary>
    public static void WriteQuoted(TemplateOutput output, string text)
    {
        output.Append("\"");
        WriteEscaped(output, text);
        output.Append("\"");
    }

    public static void WriteEscaped(TemplateOutput output, string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var escape = text[i] switch
            {
                '\\' => "\\\\",
                '"' => "\\\"",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                '\a' => "\\a",
                '\v' => "\\v",
                < ' ' => $"\\x{(int)text[i]:x2}",
                _ => null,
            };
            if (escape is null) continue;
            output.Append(text.AsSpan(start, i - start));
            output.Append(escape);
            start = i + 1;
        }

        output.Append(text.AsSpan(start));
    }

    public static ScriptRuntimeException TooDeep(TemplateContext context) => new(
        context.RootSpan,
        "Structure is too deeply nested or contains reference loops.");

    private static void Write(TemplateContext context, TemplateOutput output, object? value, int depth)
    {
        switch (value)
        {
            case null or EmptyObject:
                if (depth > 0) output.Append("null");
                break;
            case string text:
                if (depth > 0) WriteQuoted(output, text);
                else output.Append(text);
                break;
            case int number:
                Span<char> digits = stackalloc char[16];
                if (number.TryFormat(digits, out var count, default, context.CurrentCulture)) output.Append(digits[..count]);
                else output.Append(number.ToString(context.CurrentCulture));
                break;
            case bool flag:
                output.Append(flag ? "true" : "false");
                break;
            case char c:
                output.Append(new ReadOnlySpan<char>(in c));
                break;
            case DateTime date:
                output.Append(DateFormat.Format(date, DateFunctions.FormatOf(context), context.CurrentCulture));
                break;
            case DateTimeOffset date:
                output.Append(DateFormat.Format(date.UtcDateTime, DateFunctions.FormatOf(context), context.CurrentCulture));
                break;
            case TimeSpan span:
                output.Append(span.ToString("c", CultureInfo.InvariantCulture));
                break;
            case System.Numerics.BigInteger big:
                context.ChargeText(in big);
                output.Append(big.ToString(context.CurrentCulture));
                break;
            case ISpanFormattable number:
                Span<char> buffer = stackalloc char[128];
                if (number.TryFormat(buffer, out var length, default, context.CurrentCulture)) output.Append(buffer[..length]);
                else output.Append(number.ToString(null, context.CurrentCulture));
                break;
            case KeyValuePair<string, object?> pair:
                Enter(context, depth);
                output.Append("{key: ");
                Write(context, output, pair.Key, depth + 1);
                output.Append(", value: ");
                Write(context, output, pair.Value, depth + 1);
                output.Append("}");
                break;
            case IReadOnlyDictionary<string, object?> members:
                WriteObject(context, output, members, depth);
                break;
            case IDictionary dictionary:
                WriteList(context, output, Values.ToSequence(dictionary)!, depth);
                break;
            case IEnumerable list:
                WriteList(context, output, Values.ToSequence(list)!, depth);
                break;
            default:
                output.Append(value.ToString());
                break;
        }
    }

    private static void WriteObject(
        TemplateContext context,
        TemplateOutput output,
        IReadOnlyDictionary<string, object?> members,
        int depth)
    {
        Enter(context, depth);
        output.Append("{");
        var separator = string.Empty;
        foreach (var (name, value) in members)
        {
            if (output.IsFull) return;
            output.Append(separator);
            output.Append(name);
            output.Append(": ");
            Write(context, output, value, depth + 1);
            separator = ", ";
        }

        output.Append("}");
    }

    private static void WriteList(TemplateContext context, TemplateOutput output, IEnumerable<object?> items, int depth)
    {
        Enter(context, depth);
        output.Append("[");
        var separator = string.Empty;
        foreach (var item in items)
        {
            // A range may have a million million items; nobody sees those past the limit.
            if (output.IsFull) return;
            context.Charge(1, null);
            output.Append(separator);
            Write(context, output, item, depth + 1);
            separator = ", ";
        }

        output.Append("]");
    }

    private static void Enter(TemplateContext context, int depth)
    {
        if (context.ObjectRecursionLimit > 0 && depth >= context.ObjectRecursionLimit) throw TooDeep(context);
        if (!System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw TooDeep(context);
    }
}
