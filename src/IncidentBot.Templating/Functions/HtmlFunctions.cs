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
    /// <example><c>{{ "a &lt; b &amp; c" | html.escape }}</c> gives <c>a &amp;lt; b &amp;amp; c</c></example>
    private static object? Escape(in BuiltinCall call) =>
        call.Text(0) is { } text ? StringFunctions.Limited(in call, WebUtility.HtmlEncode(text)) : null;

    /// <summary>Text with a <c>br</c> element before each line break.</summary>
    /// <example><c>{{ "one\ntwo" | html.newline_to_br | string.escape }}</c> gives <c>one&lt;br /&gt;\ntwo</c></example>
    private static object? NewlineToBr(in BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))) result.Append("<br />");
            result.Append(text[i]);
        }

        return StringFunctions.Limited(in call, result.ToString());
    }

    /// <summary>Text without elements, comments, scripts and styles. Not a guard against hostile HTML.</summary>
    /// <example><c>{{ "&lt;p&gt;All &lt;b&gt;clear&lt;/b&gt;&lt;/p&gt;" | html.strip }}</c> gives <c>All clear</c></example>
    private static object? Strip(in BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        var result = new StringBuilder(text.Length);
        var lastEnd = text.LastIndexOf('>');
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('<', at);
            if (open < 0 || open > lastEnd) break;
            result.Append(text, at, open - at);
            at = EndOfElement(in call, text, open);
            if (at >= 0) continue;
            // No element: a lone sign.
            result.Append('<');
            at = open + 1;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Text as a part of an address: everything but letters, digits and <c>-_.~</c> is encoded.</summary>
    /// <example><c>{{ "a b&amp;c=d/e" | html.url_encode }}</c> gives <c>a%20b%26c%3Dd%2Fe</c></example>
    private static object? UrlEncode(in BuiltinCall call) =>
        call.Text(0) is { } text ? StringFunctions.Limited(in call, Uri.EscapeDataString(text)) : null;

    /// <summary>Text as an address: what has a meaning in one is left alone.</summary>
    /// <example><c>{{ "https://example.org/a b?q=ü" | html.url_escape }}</c> gives <c>https://example.org/a%20b?q=%C3%BC</c></example>
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

    /// <summary>The place after an element that starts at a position, -1 when there is none.</summary>
    private static int EndOfElement(in BuiltinCall call, string text, int open)
    {
        var rest = text.AsSpan(open);
        var end = -1;
        if (rest.StartsWith("<script", StringComparison.OrdinalIgnoreCase)) end = After(text, "</script>", open + "<script".Length);
        else if (rest.StartsWith("<!--")) end = After(text, "-->", open + "<!--".Length);
        else if (rest.StartsWith("<style", StringComparison.OrdinalIgnoreCase)) end = After(text, "</style>", open + "<style".Length);
        if (end < 0) end = EndOfTag(text, open + 1);
        // A search that leads nowhere may have read the whole text, for each of its signs anew.
        if (end < 0) call.Context.Charge(text.Length - open, call.Node);
        return end;
    }

    /// <summary>The place after the <c>></c> of a tag. After an equals sign a quoted value may hold another one.</summary>
    private static int EndOfTag(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '>') return i + 1;
            if (text[i] != '=') continue;
            i++;
            if (i == text.Length) break;
            if (text[i] is '"' or '\'')
            {
                i = text.IndexOf(text[i], i + 1);
                if (i < 0) break;
                continue;
            }

            while (i + 1 < text.Length && text[i + 1] != '>' && !char.IsWhiteSpace(text[i + 1])) i++;
        }

        return -1;
    }

    private static int After(string text, string end, int from)
    {
        var at = text.IndexOf(end, from, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? -1 : at + end.Length;
    }
}
