namespace IncidentBot.Incidents.Chat;

/// <summary>Cuts text to a platform's limits, where a reader would cut it.</summary>
public static class TextSplitter
{
    private const string Dots = "…";

    /// <summary>Shortened to <paramref name="limit"/> characters, the last one of which shows it.</summary>
    public static string Shorten(string text, int limit) =>
        text.Length <= limit ? text : string.Concat(text.AsSpan(0, WholeCharacters(text, limit - 1)).TrimEnd(), Dots);

    /// <summary>
    /// Parts of at most <paramref name="limit"/> characters: cut at line ends where there are any, else at blanks, and never
    /// inside of an entity (<c>&amp;amp;</c>) or of a reference such as <c>&lt;@U1&gt;</c>.
    /// </summary>
    public static IEnumerable<string> Split(string text, int limit)
    {
        var rest = text;
        while (rest.Length > limit)
        {
            var cut = CutAt(rest, limit);
            yield return rest[..cut].TrimEnd();
            rest = rest[cut..].TrimStart();
        }
        if (rest.Length > 0)
            yield return rest;
    }

    private static int CutAt(string text, int limit)
    {
        var part = text.AsSpan(0, limit);
        var line = part.LastIndexOf('\n');
        if (line > limit / 2)
            return line;
        var end = WholeCharacters(text, limit);
        var open = part[..end].LastIndexOf('<');
        if (open > 0 && part[open..end].IndexOf('>') < 0)
            end = open;
        var blank = part[..end].LastIndexOf(' ');
        if (blank > limit / 2)
            return InsideReference(part, blank) ?? blank;
        var entity = part[..end].LastIndexOf('&');
        return entity > 0 && end - entity < 5 && part[entity..end].IndexOf(';') < 0 ? entity : end;
    }

    /// <summary>The start of the reference that a position is in; a reference may hold blanks.</summary>
    private static int? InsideReference(ReadOnlySpan<char> text, int at)
    {
        var open = text[..at].LastIndexOf('<');
        return open > 0 && text[open..at].IndexOf('>') < 0 ? open : null;
    }

    /// <summary>Not between the two halves of a character outside the basic plane.</summary>
    private static int WholeCharacters(string text, int length) =>
        length > 0 && length < text.Length && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
}
