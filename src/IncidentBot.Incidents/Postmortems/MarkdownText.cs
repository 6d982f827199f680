using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>Text on its way into Markdown: the one escaping function for it, and the count of words in what comes out.</summary>
public static partial class MarkdownText
{
    /// <summary>
    /// Makes what a person typed inert, readable Markdown: no emphasis, link, heading, list, table, HTML or entity comes of it.
    /// Paragraphs and line ends are kept (a line end as two blanks, which is Markdown's hard break).
    /// </summary>
    public static string Escape(string text)
    {
        var paragraphs = new StringBuilder(text.Length + 16);
        bool pendingBreak = false;
        foreach (var line in LineEnd().Split(text))
        {
            var content = OneLine(line);
            if (content.Length == 0)
            {
                pendingBreak = paragraphs.Length > 0;
                continue;
            }
            if (paragraphs.Length > 0)
                paragraphs.Append(pendingBreak ? "\n\n" : "  \n");
            pendingBreak = false;
            EscapeContent(content, paragraphs);
        }
        return paragraphs.ToString();
    }

    /// <summary>The same, one text a paragraph.</summary>
    public static IReadOnlyList<string> EscapeParagraphs(string text) => Escape(text).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The same on one line, for bullets and headings.</summary>
    public static string EscapeLine(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        EscapeContent(OneLine(text), escaped);
        return escaped.ToString();
    }

    /// <summary>
    /// Line ends and runs of blanks become one blank; control characters and those that override the direction of what
    /// follows are dropped. Right-to-left text needs none of them to be shown rightly.
    /// </summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                if (line.Length > 0 && line[^1] != ' ')
                    line.Append(' ');
            }
            else if (!char.IsControl(c) && c is not ((>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff'))
                line.Append(c);
        }
        if (line.Length > 0 && line[^1] == ' ')
            line.Length--;
        return line.ToString();
    }

    /// <summary>The words that a reader of the rendered draft sees; the count that the limits are about.</summary>
    public static int CountWords(string markdown)
    {
        var text = Comment().Replace(markdown, " ");
        text = HeadingMark().Replace(text, "");
        text = EscapedPunctuation().Replace(text, "$1");
        return Words.Count(Link().Replace(WebUtility.HtmlDecode(text), "$1"));
    }

    private static void EscapeContent(string line, StringBuilder escaped)
    {
        int start = 0;
        if (LineMarker().Match(line) is { Success: true } marker)
        {
            // A number keeps its digits and has its dot escaped; the other marks are escaped themselves.
            escaped.Append(marker.Groups["digits"].Value).Append('\\').Append(marker.Groups["mark"].Value);
            start = marker.Length;
        }
        for (int i = start; i < line.Length; i++)
        {
            char c = line[i];
            switch (c)
            {
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '&' when i + 1 < line.Length && (char.IsAsciiLetter(line[i + 1]) || line[i + 1] == '#'):
                    escaped.Append("&amp;");
                    break;
                // Inside a word an underscore marks nothing, and names like purge_paths stay as typed.
                case '_' when i > 0 && i + 1 < line.Length && char.IsAsciiLetterOrDigit(line[i - 1]) && char.IsAsciiLetterOrDigit(line[i + 1]):
                    escaped.Append(c);
                    break;
                case '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '$':
                    escaped.Append('\\').Append(c);
                    break;
                default:
                    escaped.Append(c);
                    break;
            }
        }
    }

    [GeneratedRegex(@"\r\n|[\n\r\u0085\u2028\u2029]")]
    private static partial Regex LineEnd();

    /// <summary>What begins a heading, list item, rule or underline of a heading at the start of a line.</summary>
    [GeneratedRegex(@"^(?:(?<digits>[0-9]{1,9})(?<mark>[.)])(?=\s|$)|(?<mark>[#=+\-:]))")]
    private static partial Regex LineMarker();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s{0,3}#{1,6}\s+", RegexOptions.Multiline)]
    private static partial Regex HeadingMark();

    [GeneratedRegex(@"\[([^\[\]]*)\]\([^()\s]*\)")]
    private static partial Regex Link();

    [GeneratedRegex("""\\([!-/:-@\[-`{-~])""")]
    private static partial Regex EscapedPunctuation();
}
