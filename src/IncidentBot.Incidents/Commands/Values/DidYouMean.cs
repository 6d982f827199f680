namespace IncidentBot.Incidents.Commands.Values;

/// <summary>Finds what a mistyped word was meant to be.</summary>
public static class DidYouMean
{
    private const int ShortWord = 3;

    /// <summary>
    /// The candidates within two typing mistakes of the word (one for words of up to three letters), best first, in any
    /// case. A mistake is a letter too many, missing or wrong, or two neighbours swapped.
    /// </summary>
    public static IReadOnlyList<string> Suggest(string word, IEnumerable<string> candidates)
    {
        var most = word.Length <= ShortWord ? 1 : 2;
        return [.. candidates
            .Where(candidate => Math.Abs(candidate.Length - word.Length) <= most)
            .Select(candidate => (Candidate: candidate, Mistakes: Distance(word, candidate)))
            // Otherwise every single letter would be near every other.
            .Where(found => found.Mistakes <= most && found.Mistakes < word.Length)
            .OrderBy(found => found.Mistakes)
            .Select(found => found.Candidate)];
    }

    /// <summary>The Damerau–Levenshtein distance (optimal string alignment), ignoring case.</summary>
    public static int Distance(string left, string right)
    {
        var a = left.ToUpperInvariant();
        var b = right.ToUpperInvariant();
        var beforeLast = new int[b.Length + 1];
        var last = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[b.Length];
    }
}
