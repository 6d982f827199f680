using System.Globalization;
using System.Text;

namespace IncidentBot.Incidents.Postmortems.Templates;

/// <summary>A line of a template as a person may be shown it: without what would move the cursor, and not endless.</summary>
/// <param name="Caret">Blanks and tabs as wide as what stands before the place, then <c>^</c>.</param>
public sealed record SourceLine(string Text, string Caret)
{
    private const int MostCharacters = 160;

    /// <param name="line">Counted from 1, as <paramref name="column"/> is.</param>
    /// <returns>Null when the template has no such line, or an empty one.</returns>
    internal static SourceLine? Of(string template, int line, int column)
    {
        int start = 0;
        for (int i = 1; i < line; i++)
        {
            start = template.IndexOf('\n', start) + 1;
            if (start == 0)
                return null;
        }
        int end = template.IndexOf('\n', start);
        var whole = (end < 0 ? template[start..] : template[start..end]).TrimEnd();
        int place = Math.Clamp(column - 1, 0, whole.Length);
        var text = whole.TrimStart();
        if (text.Length == 0)
            return null;
        place = Math.Max(0, place - (whole.Length - text.Length));
        return Around(text, place);
    }

    private static SourceLine Around(string text, int place)
    {
        int from = text.Length <= MostCharacters ? 0 : Math.Clamp(place - (MostCharacters / 2), 0, text.Length - MostCharacters);
        int to = Math.Min(text.Length, from + MostCharacters);
        // Half a surrogate pair would be shown as a box.
        if (from > 0 && char.IsLowSurrogate(text[from]))
            from++;
        if (to < text.Length && char.IsLowSurrogate(text[to]))
            to--;
        var before = Inert(text[from..Math.Clamp(place, from, to)]);
        var after = Inert(text[Math.Clamp(place, from, to)..to]);
        var ellipsis = from > 0 ? "…" : "";
        return new SourceLine(ellipsis + before + after + (to < text.Length ? "…" : ""), Blank(ellipsis + before) + "^");
    }

    /// <summary>Control characters, and those that turn the direction of the text around, are shown as what they are not: a mark.</summary>
    private static string Inert(string text)
    {
        var inert = new StringBuilder(text.Length);
        foreach (char c in text)
            inert.Append(c != '\t' && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '\ufffd' : c);
        return inert.ToString();
    }

    private static string Blank(string text)
    {
        var blank = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // A combining mark stands above the letter before it and takes no room.
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
                blank.Append(rune.Value == '\t' ? '\t' : ' ');
        }
        return blank.ToString();
    }
}
