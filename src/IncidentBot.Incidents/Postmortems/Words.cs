using System.Globalization;
using System.Text;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>Words as a reader counts them: what stands between blanks (or <c>|</c>) and holds a letter or a digit.</summary>
public static class Words
{
    /// <summary>No word of a bullet is longer: pasted tokens and hashes would fill a page.</summary>
    public const int LongestWord = 80;

    public static int Count(string text)
    {
        int count = 0;
        bool counted = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsGap(rune))
                counted = false;
            else if (!counted && (Rune.IsLetter(rune) || Rune.IsNumber(rune)))
            {
                counted = true;
                count++;
            }
        }
        return count;
    }

    /// <summary>The first words with <c>…</c> when something was cut; also cuts a single word that is far too long.</summary>
    public static string First(string text, int count, int maxCharacters = int.MaxValue)
    {
        var kept = new StringBuilder();
        int words = 0;
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var shown = word.Length > LongestWord ? Cut(word, LongestWord - 1) + "…" : word;
            words += Count(shown);
            if (words > count || kept.Length + shown.Length > maxCharacters)
                return WithEllipsis(kept.ToString());
            if (kept.Length > 0)
                kept.Append(' ');
            kept.Append(shown);
        }
        return kept.ToString();
    }

    internal static string WithEllipsis(string text)
    {
        text = text.TrimEnd(' ', ',', ';', ':', '-', '–', '—');
        return text.EndsWith('…') || text.Length == 0 ? text : text + " …";
    }

    /// <summary>At most so many UTF-16 units, never through the middle of what a reader sees as one character.</summary>
    private static string Cut(string text, int length)
    {
        int end = 0;
        while (end < text.Length)
        {
            int next = StringInfo.GetNextTextElementLength(text, end);
            if (end + next > length)
                break;
            end += next;
        }
        // One "character" may be a base with thousands of combining marks.
        return end > 0 ? text[..end] : "";
    }

    private static bool IsGap(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value == '|' || rune.Value is >= 0x1c and <= 0x1f;
}
