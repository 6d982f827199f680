using System.Text.RegularExpressions;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>
/// Where one sentence ends and the next begins: after <c>. ! ? …</c> and a blank, if a capital, a letter of a script
/// without capitals, a digit, <c>@</c> or <c>{</c> follows; after <c>。！？</c> at once. Abbreviations and addresses end none.
/// </summary>
public static partial class Sentences
{
    /// <summary>Nobody reads on after this many characters of a bullet, so nothing behind them is looked at.</summary>
    private const int Horizon = 4000;

    public static int Count(string text) => Split(text).Count;

    public static IReadOnlyList<string> Split(string text)
    {
        var found = new List<string>();
        int start = 0;
        foreach (Match boundary in Boundary().Matches(text.Length > Horizon ? text[..Horizon] : text))
        {
            if (boundary.Length > 0 && NoEnd().IsMatch(text[Math.Max(start, boundary.Index - 300)..boundary.Index]))
                continue;
            var sentence = text[start..boundary.Index].Trim();
            if (sentence.Length > 0)
                found.Add(sentence);
            start = boundary.Index + boundary.Length;
        }
        var rest = text[start..].Trim();
        if (rest.Length > 0)
            found.Add(rest);
        return found;
    }

    /// <summary>The first sentences, with <c>…</c> when there are more.</summary>
    public static string First(string text, int count)
    {
        var all = Split(text);
        return all.Count <= count ? text.Trim() : Words.WithEllipsis(string.Join(' ', all.Take(count)));
    }

    [GeneratedRegex("""(?<=[.!?…]["'’”»)\]*_`~\p{Cf}]*)\s+(?=["'‘“«(\[*_`~¿¡\s\p{Cf}]*[\p{Lu}\p{Lt}\p{Lo}\p{N}@{])|(?<=[。！？][」』）”’]*)(?=[^\s」』）”’。！？…])""")]
    private static partial Regex Boundary();

    [GeneratedRegex("""(?:\b(?:e\.g|i\.e|etc|approx|vs|no|nr|ca|c|St|Dr|Mr|Ms)\.["'’”»)\]*_`~]*|https?://\S+)$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoEnd();
}
