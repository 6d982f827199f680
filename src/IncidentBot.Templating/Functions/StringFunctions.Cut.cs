using System.Text;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>string</c> functions that take something away from a text, or take it apart.</summary>
internal static partial class StringFunctions
{
    private const string StandardEllipsis = "...";

    /// <summary>A text without whitespace at its start.</summary>
    /// <example><c>[{{ "  two  " | string.lstrip }}]</c> gives <c>[two  ]</c></example>
    private static object? LStrip(in BuiltinCall call) => call.Text(0)?.TrimStart();

    /// <summary>A text without any occurrence of another.</summary>
    /// <example><c>{{ "a-b-c" | string.remove "-" }}</c> gives <c>abc</c></example>
    private static object? Remove(in BuiltinCall call)
    {
        if (!BothHaveText(in call, out var text, out var part)) return call.Text(0);
        ChargeSearch(in call, text, part);
        return text.Replace(part, string.Empty, StringComparison.Ordinal);
    }

    /// <summary>A text without the first occurrence of another, in upper or lower case.</summary>
    /// <example><c>{{ "a-b-c" | string.remove_first "-" }}</c> gives <c>ab-c</c></example>
    private static object? RemoveFirst(in BuiltinCall call) =>
        ReplacedOnce(in call, call.Text(0), call.Text(1), string.Empty, fromEnd: false);

    /// <summary>A text without the last occurrence of another, in upper or lower case.</summary>
    /// <example><c>{{ "a-b-c" | string.remove_last "-" }}</c> gives <c>a-bc</c></example>
    private static object? RemoveLast(in BuiltinCall call) =>
        ReplacedOnce(in call, call.Text(0), call.Text(1), string.Empty, fromEnd: true);

    /// <summary>A text without whitespace at its end.</summary>
    /// <example><c>[{{ "  two  " | string.rstrip }}]</c> gives <c>[  two]</c></example>
    private static object? RStrip(in BuiltinCall call) => call.Text(0)?.TrimEnd();

    /// <summary>A part of a text from a position on, counted from the end when negative; all of the rest unless a length is given.</summary>
    /// <example><c>{{ "INC-2041" | string.slice 4 }}</c> gives <c>2041</c></example>
    /// <example><c>{{ "INC-2041" | string.slice (-4) 2 }}</c> gives <c>20</c></example>
    private static object? Slice(in BuiltinCall call)
    {
        var start = call.Int(1);
        if (call.Text(0) is not { Length: > 0 } text || start >= text.Length) return string.Empty;
        if (start < 0) start += text.Length;
        var length = call.NullableInt(2) ?? text.Length;
        if (start < 0)
        {
            // What would lie before the text is lost, not moved into it.
            if (start + length <= 0) return string.Empty;
            length += start;
            start = 0;
        }

        return Part(text, start, length);
    }

    /// <summary>The same, one character long unless a length is given.</summary>
    /// <example><c>{{ "INC-2041" | string.slice1 0 }}</c> gives <c>I</c></example>
    /// <example><c>{{ "INC-2041" | string.slice1 4 2 }}</c> gives <c>20</c></example>
    private static object? Slice1(in BuiltinCall call)
    {
        var (start, length) = (call.Int(1), call.Int(2));
        if (call.Text(0) is not { Length: > 0 } text || start > text.Length || length <= 0) return string.Empty;
        if (start < 0) start += text.Length;
        return start < 0 ? Part(text, 0, length + start) : Part(text, start, length);
    }

    /// <summary>The parts of a text between a separator, empty ones left out.</summary>
    /// <example><c>{{ "db, api, , web" | string.split ", " }}</c> gives <c>["db", "api", "web"]</c></example>
    private static object? Split(in BuiltinCall call)
    {
        if (call.Text(0) is not { Length: > 0 } text) return new ScriptArray { IsIterator = true };
        ChargeSearch(in call, text, call.Text(1) ?? string.Empty);
        var parts = text.Split(call.Text(1), StringSplitOptions.RemoveEmptyEntries);
        call.Context.Charge(parts.Length * 16L, call.Node);
        return new ScriptArray(parts) { IsIterator = true };
    }

    /// <summary>A text without whitespace at both ends.</summary>
    /// <example><c>[{{ "  two  " | string.strip }}]</c> gives <c>[two]</c></example>
    private static object? Strip(in BuiltinCall call) => call.Text(0)?.Trim();

    /// <summary>A text without line breaks.</summary>
    /// <example><c>{{ "one\ntwo\r\nthree" | string.strip_newlines }}</c> gives <c>onetwothree</c></example>
    private static object? StripNewLines(in BuiltinCall call) =>
        call.Text(0)?.Replace("\r", string.Empty, StringComparison.Ordinal).Replace("\n", string.Empty, StringComparison.Ordinal);

    /// <summary>A text cut to a length, which includes the dots, or another ellipsis, that show the cut.</summary>
    /// <example><c>{{ "Checkout is failing" | string.truncate 11 }}</c> gives <c>Checkout...</c></example>
    /// <example><c>{{ "Checkout is failing" | string.truncate 9 "…" }}</c> gives <c>Checkout…</c></example>
    private static object? Truncate(in BuiltinCall call)
    {
        if (call.Text(0) is not { Length: > 0 } text || text.Length <= call.Int(1)) return call.Text(0);
        var ellipsis = call.Text(2) ?? StandardEllipsis;
        var kept = Math.Max(0L, (long)call.Int(1) - ellipsis.Length);
        return Limited(in call, string.Concat(text.AsSpan(0, (int)kept), ellipsis));
    }

    /// <summary>
    /// The first words of a text and dots, even when nothing was cut. Version 7.2.6 of the library takes another ellipsis but
    /// does not use it.
    /// </summary>
    /// <example><c>{{ "Checkout is failing again" | string.truncatewords 2 }}</c> gives <c>Checkout is...</c></example>
    private static object? TruncateWords(in BuiltinCall call)
    {
        if (call.Text(0) is not { Length: > 0 } text) return string.Empty;
        var result = new StringBuilder();
        var at = 0;
        // Whitespace at the start or the end has an empty word beyond it.
        for (var count = call.Int(1); count > 0; count--)
        {
            var end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end])) end++;
            if (at > 0) result.Append(' ');
            result.Append(text, at, end - at);
            if (end == text.Length) break;
            at = end;
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        }

        return Limited(in call, result.Append(StandardEllipsis).ToString());
    }

    /// <summary>Too long a length is cut; a negative one, or one beyond the numbers, is the error of .NET.</summary>
    private static string Part(string text, int start, int length) =>
        text.Substring(start, unchecked(start + length) > text.Length ? text.Length - start : length);
}
