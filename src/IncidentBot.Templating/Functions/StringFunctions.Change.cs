using System.Text;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>string</c> functions that change or add to a text.</summary>
internal static partial class StringFunctions
{
    /// <summary>A text with another after it.</summary>
    /// <example><c>{{ "INC" | string.append "-42" }}</c> gives <c>INC-42</c></example>
    private static object? Append(in BuiltinCall call) => Joined(in call, call.Text(0), call.Text(1));

    /// <summary>A text with its first letter in upper case.</summary>
    /// <example><c>{{ "checkout is down" | string.capitalize }}</c> gives <c>Checkout is down</c></example>
    private static object? Capitalize(in BuiltinCall call)
    {
        if (call.Text(0) is not { Length: > 0 } text || char.IsUpper(text[0])) return call.Text(0) ?? string.Empty;
        var first = char.ToUpperInvariant(text[0]);
        return string.Concat(new ReadOnlySpan<char>(in first), text.AsSpan(1));
    }

    /// <summary>A text with the first letter of each word in upper case, also behind digits and signs.</summary>
    /// <example><c>{{ "checkout (eu) is down" | string.capitalizewords }}</c> gives <c>Checkout (Eu) Is Down</c></example>
    private static object? CapitalizeWords(in BuiltinCall call)
    {
        if (call.Text(0) is not { Length: > 0 } text) return string.Empty;
        return string.Create(text.Length, text, static (result, source) =>
        {
            var isAwaited = true;
            for (var i = 0; i < source.Length; i++)
            {
                result[i] = source[i];
                if (char.IsWhiteSpace(source[i]))
                {
                    isAwaited = true;
                }
                else if (isAwaited && char.IsLetter(source[i]))
                {
                    result[i] = char.ToUpperInvariant(source[i]);
                    isAwaited = false;
                }
            }
        });
    }

    /// <summary>A text in lower case.</summary>
    /// <example><c>{{ "Checkout IS Down" | string.downcase }}</c> gives <c>checkout is down</c></example>
    private static object? Downcase(in BuiltinCall call) => call.Text(0)?.ToLowerInvariant();

    /// <summary>A text with quotes and control characters written as escapes.</summary>
    /// <example><c>{{ "say \"hi\"\n" | string.escape }}</c> gives <c>say \"hi\"\n</c></example>
    private static object? Escape(in BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        var output = new TemplateOutput(0);
        ValueText.WriteEscaped(output, text);
        return Limited(in call, output.TakeText());
    }

    /// <summary>A text as a part of an address: lower-case letters and digits, with one hyphen for all that is between them.</summary>
    /// <example><c>{{ "Checkout: slow &amp; failing!" | string.handleize }}</c> gives <c>checkout-slow-failing</c></example>
    private static object? Handleize(in BuiltinCall call)
    {
        // The library fails in just this way.
        var text = call.Text(0) ?? throw call.Error("Object reference not set to an instance of an object.");
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) result.Append(char.ToLowerInvariant(c));
            else if (result.Length == 0 || result[^1] != '-') result.Append('-');
        }

        // A hyphen at the start stays.
        if (result.Length > 0 && result[^1] == '-') result.Length--;
        return result.ToString();
    }

    /// <summary>A text as the language would write it, quotes included.</summary>
    /// <example><c>{{ "a\tb" | string.literal }}</c> gives <c>"a\tb"</c></example>
    private static object? Literal(in BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        var output = new TemplateOutput(0);
        ValueText.WriteQuoted(output, text);
        return Limited(in call, output.TakeText());
    }

    /// <summary>A text filled up with spaces at its start.</summary>
    /// <example><c>[{{ "42" | string.pad_left 5 }}]</c> gives <c>[   42]</c></example>
    private static object? PadLeft(in BuiltinCall call) => (call.Text(0) ?? string.Empty).PadLeft(Width(in call));

    /// <summary>A text filled up with spaces at its end.</summary>
    /// <example><c>[{{ "42" | string.pad_right 5 }}]</c> gives <c>[42   ]</c></example>
    private static object? PadRight(in BuiltinCall call) => (call.Text(0) ?? string.Empty).PadRight(Width(in call));

    /// <summary>A text with another before it.</summary>
    /// <example><c>{{ "42" | string.prepend "INC-" }}</c> gives <c>INC-42</c></example>
    private static object? Prepend(in BuiltinCall call) => Joined(in call, call.Text(1), call.Text(0));

    /// <summary>A text with all occurrences of another replaced.</summary>
    /// <example><c>{{ "down, then down again" | string.replace "down" "up" }}</c> gives <c>up, then up again</c></example>
    private static object? Replace(in BuiltinCall call)
    {
        if (call.Text(0) is not { Length: > 0 } text) return string.Empty;
        var part = call.Text(1) ?? string.Empty;
        var replacement = call.Text(2) ?? string.Empty;
        ChargeSearch(in call, text, part);
        if (replacement.Length > part.Length && part.Length > 0)
        {
            long length = text.Length;
            for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
                length += replacement.Length - part.Length;
            Check(in call, length);
        }

        // To look for an empty text is the error of .NET.
        return text.Replace(part, replacement, StringComparison.Ordinal);
    }

    /// <summary>A text with the first occurrence of another, in upper or lower case, replaced, or the last one.</summary>
    /// <example><c>{{ "down, then down" | string.replace_first "down" "up" }}</c> gives <c>up, then down</c></example>
    /// <example><c>{{ "down, then down" | string.replace_first "down" "up" fromEnd: true }}</c> gives <c>down, then up</c></example>
    private static object? ReplaceFirst(in BuiltinCall call) =>
        ReplacedOnce(in call, call.Text(0), call.Text(1), call.Text(2) ?? string.Empty, call.Bool(3));

    /// <summary>A text in upper case.</summary>
    /// <example><c>{{ "sev1" | string.upcase }}</c> gives <c>SEV1</c></example>
    private static object? Upcase(in BuiltinCall call) => call.Text(0)?.ToUpperInvariant();

    private static string Joined(in BuiltinCall call, string? first, string? second)
    {
        Check(in call, (first?.Length ?? 0) + (long)(second?.Length ?? 0));
        return string.Concat(first, second);
    }

    private static string? ReplacedOnce(in BuiltinCall call, string? text, string? part, string replacement, bool fromEnd)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(part)) return text;
        ChargeSearch(in call, text, part, fromEnd ? 1 : 0);
        // Unlike string.replace, these find either case.
        var at = fromEnd
            ? text.LastIndexOf(part, StringComparison.OrdinalIgnoreCase)
            : text.IndexOf(part, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return text;
        Check(in call, text.Length - (long)part.Length + replacement.Length);
        return string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + part.Length));
    }

    private static int Width(in BuiltinCall call)
    {
        var (width, limit) = (call.Int(1), call.Context.LimitToString);
        if (limit > 0 && width > limit)
            throw BuiltinCall.ArgumentError("width", $"Padding width `{width}` exceeds the configured LimitToString `{limit}`.");
        call.Context.Charge(Math.Max(0, width), call.Node);
        return width;
    }
}
