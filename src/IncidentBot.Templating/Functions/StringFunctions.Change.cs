using System.Text;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>string</c> functions that make a text out of a text.</summary>
internal static partial class StringFunctions
{
    /// <summary>A text with another after it.</summary>
    private static object? Append(in BuiltinCall call) => Joined(in call, call.Text(0), call.Text(1));

    /// <summary>A text with its first letter in upper case.</summary>
    private static object? Capitalize(in BuiltinCall call)
    {
        if (call.Text(0) is not { Length: > 0 } text || !char.IsLower(text[0])) return call.Text(0) ?? string.Empty;
        var first = char.ToUpperInvariant(text[0]);
        return string.Concat(new ReadOnlySpan<char>(in first), text.AsSpan(1));
    }

    /// <summary>A text with the first letter of each word in upper case.</summary>
    private static object? CapitalizeWords(in BuiltinCall call)
    {
        if (call.Text(0) is not { Length: > 0 } text) return string.Empty;
        return string.Create(text.Length, text, static (result, source) =>
        {
            var isStart = true;
            for (var i = 0; i < source.Length; i++)
            {
                result[i] = isStart ? char.ToUpperInvariant(source[i]) : source[i];
                isStart = char.IsWhiteSpace(source[i]);
            }
        });
    }

    /// <summary>A text in lower case.</summary>
    private static object? Downcase(in BuiltinCall call) => call.Text(0)?.ToLowerInvariant();

    /// <summary>A text with quotes and control characters written as escapes.</summary>
    private static object? Escape(in BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        var output = new TemplateOutput(0);
        ValueText.WriteEscaped(output, text);
        return Limited(in call, output.TakeText());
    }

    /// <summary>A text as a part of an address: lower-case letters and digits with single hyphens between.</summary>
    private static object? Handleize(in BuiltinCall call)
    {
        // The library fails in just this way.
        var text = call.Text(0) ?? throw call.Error("Object reference not set to an instance of an object.");
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) result.Append(char.ToLowerInvariant(c));
            else if (result.Length > 0 && result[^1] != '-') result.Append('-');
        }

        if (result.Length > 0 && result[^1] == '-') result.Length--;
        return result.ToString();
    }

    /// <summary>A text as the language would write it, quotes included.</summary>
    private static object? Literal(in BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        var output = new TemplateOutput(0);
        ValueText.WriteQuoted(output, text);
        return Limited(in call, output.TakeText());
    }

    /// <summary>A text without whitespace at its start.</summary>
    private static object? LStrip(in BuiltinCall call) => call.Text(0)?.TrimStart();

    /// <summary>A text filled up with spaces at its start.</summary>
    private static object? PadLeft(in BuiltinCall call) => (call.Text(0) ?? string.Empty).PadLeft(Width(in call));

    /// <summary>A text filled up with spaces at its end.</summary>
    private static object? PadRight(in BuiltinCall call) => (call.Text(0) ?? string.Empty).PadRight(Width(in call));

    /// <summary>A text with another before it.</summary>
    private static object? Prepend(in BuiltinCall call) => Joined(in call, call.Text(1), call.Text(0));

    /// <summary>A text without any occurrence of another.</summary>
    private static object? Remove(in BuiltinCall call)
    {
        if (call.Text(0) is not { Length: > 0 } text || call.Text(1) is not { Length: > 0 } part) return call.Text(0);
        return text.Replace(part, string.Empty, StringComparison.Ordinal);
    }

    /// <summary>A text without the first occurrence of another.</summary>
    private static object? RemoveFirst(in BuiltinCall call) =>
        ReplacedOnce(in call, call.Text(0), call.Text(1), string.Empty, fromEnd: false);

    /// <summary>A text without the last occurrence of another.</summary>
    private static object? RemoveLast(in BuiltinCall call) =>
        ReplacedOnce(in call, call.Text(0), call.Text(1), string.Empty, fromEnd: true);

    /// <summary>A text with all occurrences of another replaced.</summary>
    private static object? Replace(in BuiltinCall call)
    {
        if (call.Text(0) is not { Length: > 0 } text || call.Text(1) is not { Length: > 0 } part) return call.Text(0);
        var replacement = call.Text(2) ?? string.Empty;
        if (replacement.Length > part.Length)
        {
            long length = text.Length;
            for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
                length += replacement.Length - part.Length;
            Check(in call, length);
        }

        return text.Replace(part, replacement, StringComparison.Ordinal);
    }

    /// <summary>A text with the first occurrence of another replaced, or with the last one.</summary>
    private static object? ReplaceFirst(in BuiltinCall call) =>
        ReplacedOnce(in call, call.Text(0), call.Text(1), call.Text(2) ?? string.Empty, call.Bool(3));

    /// <summary>A text without whitespace at its end.</summary>
    private static object? RStrip(in BuiltinCall call) => call.Text(0)?.TrimEnd();

    /// <summary>A text without whitespace at both ends.</summary>
    private static object? Strip(in BuiltinCall call) => call.Text(0)?.Trim();

    /// <summary>A text without line breaks.</summary>
    private static object? StripNewLines(in BuiltinCall call) =>
        call.Text(0)?.Replace("\r", string.Empty, StringComparison.Ordinal).Replace("\n", string.Empty, StringComparison.Ordinal);

    /// <summary>A text cut to a length, which includes the dots that show the cut.</summary>
    private static object? Truncate(in BuiltinCall call)
    {
        if (call.Text(0) is not { } text || text.Length <= call.Int(1)) return call.Text(0);
        var ellipsis = call.Text(2) ?? string.Empty;
        return Limited(in call, string.Concat(text.AsSpan(0, Math.Max(0, call.Int(1) - ellipsis.Length)), ellipsis));
    }

    /// <summary>The first words of a text, and dots.</summary>
    private static object? TruncateWords(in BuiltinCall call)
    {
        if (call.Text(0) is not { Length: > 0 } text) return string.Empty;
        var count = Math.Max(0, call.Int(1));
        var words = text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.None);
        var kept = string.Join(' ', words.Take(count));
        return Limited(in call, kept + call.Text(2));
    }

    /// <summary>A text in upper case.</summary>
    private static object? Upcase(in BuiltinCall call) => call.Text(0)?.ToUpperInvariant();

    private static string Joined(in BuiltinCall call, string? first, string? second)
    {
        Check(in call, (first?.Length ?? 0) + (long)(second?.Length ?? 0));
        return string.Concat(first, second);
    }

    private static string? ReplacedOnce(in BuiltinCall call, string? text, string? part, string replacement, bool fromEnd)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(part)) return text;
        var at = fromEnd ? text.LastIndexOf(part, StringComparison.Ordinal) : text.IndexOf(part, StringComparison.Ordinal);
        if (at < 0) return text;
        Check(in call, text.Length - (long)part.Length + replacement.Length);
        return string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + part.Length));
    }

    private static int Width(in BuiltinCall call)
    {
        var (width, limit) = (call.Int(1), call.Context.LimitToString);
        if (limit > 0 && width > limit)
            throw BuiltinCall.ArgumentError("width", $"Padding width `{width}` exceeds the configured LimitToString `{limit}`.");
        call.Context.Charge(width, call.Node);
        return Math.Max(0, width);
    }
}
