using System.Text;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>What is done to text as people typed it: as little as possible.</summary>
public static class TypedText
{
    private const int LongestShown = 60;

    /// <summary>
    /// Makes typed text fit for every store and format: NUL, lone surrogates and C0 controls other than tab and line feed
    /// become U+FFFD, CRLF and CR become LF. Nothing else changes.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else if (c == '\r')
            {
                clean.Append('\n');
                if (i + 1 < text.Length && text[i + 1] == '\n')
                    i++;
            }
            else
            {
                var spoils = char.IsSurrogate(c) || (c < ' ' && c is not ('\t' or '\n'));
                clean.Append(spoils ? '\uFFFD' : c);
            }
        }

        return clean.ToString();
    }

    /// <summary>The text inside the quotes when one pair of double quotes, straight or smart, encloses all of it; else the text itself.</summary>
    public static string Unquote(string text)
    {
        var trimmed = text.Trim();
        return Quotation.TryFindEnd(trimmed, 0, out var end) && end == trimmed.Length - 1 ? trimmed[1..end].Trim() : text;
    }

    /// <summary>The typed value in quotes, shortened, for a refusal.</summary>
    internal static string Show(string typed) => $"“{Shorten(typed.Trim(), LongestShown)}”";

    /// <summary>At most so many characters, and an ellipsis where there were more.</summary>
    internal static string Shorten(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";

    /// <summary>The word without the punctuation that ends a clause: <c>14:05,</c> is the word <c>14:05</c>.</summary>
    internal static string WithoutEndPunctuation(string word) => word.TrimEnd(',', ';', ':', '.', '!', '?', ')');
}
