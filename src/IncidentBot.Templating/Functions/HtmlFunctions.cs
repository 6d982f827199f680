using System.Net;
using System.Text;
using IncidentBot.Templating.Runtime;
using static IncidentBot.Templating.Functions.FunctionGroup;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>html</c> functions.</summary>
internal static class HtmlFunctions
{
    /// <summary>What may stand in an address as it is, besides letters and digits.</summary>
    private const string AddressCharacters = "-_.~!*'();:@&=+$,/?#[]";

    public static ScriptObject Create() => new ScriptObject()
        .Define("escape", "Escape", Escape, Text("text"))
        .Define("newline_to_br", "NewlineToBr", NewlineToBr, Text("text"))
        .Define("strip", "Strip", Strip, Text("text"))
        .Define("url_encode", "UrlEncode", UrlEncode, Text("text"))
        .Define("url_escape", "UrlEscape", UrlEscape, Text("text"))
        .Frozen();

    /// <summary>Text with the characters that mean something in HTML written as entities.</summary>
    private static object? Escape(in BuiltinCall call) =>
        call.Text(0) is { } text ? StringFunctions.Limited(in call, WebUtility.HtmlEncode(text)) : null;

    /// <summary>Text with a <c>br</c> element before each line break.</summary>
    private static object? NewlineToBr(in BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        var result = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "<br />\n", StringComparison.Ordinal);
        return StringFunctions.Limited(in call, result);
    }

    /// <summary>Text without elements, comments, scripts and styles.</summary>
    private static object? Strip(in BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        var result = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('<', at);
            var end = open < 0 ? -1 : EndOfElement(text, open);
            if (end < 0)
            {
                result.Append(text, at, text.Length - at);
                break;
            }

            result.Append(text, at, open - at);
            at = end;
        }

        return result.ToString();
    }

    /// <summary>Text as a part of an address: everything but letters, digits and <c>-_.~</c> is encoded.</summary>
    private static object? UrlEncode(in BuiltinCall call) =>
        call.Text(0) is { } text ? StringFunctions.Limited(in call, Uri.EscapeDataString(text)) : null;

    /// <summary>Text as an address: what has a meaning in one is left alone.</summary>
    private static object? UrlEscape(in BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || AddressCharacters.Contains((char)rune.Value)))
                result.Append((char)rune.Value);
            else
                result.Append(Uri.EscapeDataString(rune.ToString()));
        }

        return StringFunctions.Limited(in call, result.ToString());
    }

    /// <summary>The place after an element that starts at a position, -1 when it never ends.</summary>
    private static int EndOfElement(string text, int open)
    {
        var rest = text.AsSpan(open);
        if (rest.StartsWith("<!--")) return After(text, "-->", open);
        if (rest.StartsWith("<script", StringComparison.OrdinalIgnoreCase)) return After(text, "</script>", open);
        if (rest.StartsWith("<style", StringComparison.OrdinalIgnoreCase)) return After(text, "</style>", open);
        var quote = '\0';
        for (var i = open + 1; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (c == '>') return i + 1;
        }

        // A quote that never closes does not swallow the rest of the text.
        var end = text.IndexOf('>', open);
        return end < 0 ? -1 : end + 1;
    }

    private static int After(string text, string end, int from)
    {
        var at = text.IndexOf(end, from, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? -1 : at + end.Length;
    }
}
