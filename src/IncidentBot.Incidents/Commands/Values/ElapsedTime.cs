using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>A span of time back from now: <c>-10m</c>, <c>1h30m ago</c>, <c>2 days ago</c>. A day is 24 hours.</summary>
internal static partial class ElapsedTime
{
    private const int MostWords = 10;

    private static readonly FrozenDictionary<string, TimeSpan> Units = new (string[] Names, TimeSpan Length)[]
    {
        (["s", "sec", "secs", "second", "seconds"], TimeSpan.FromSeconds(1)),
        (["m", "min", "mins", "minute", "minutes"], TimeSpan.FromMinutes(1)),
        (["h", "hr", "hrs", "hour", "hours"], TimeSpan.FromHours(1)),
        (["d", "day", "days"], TimeSpan.FromDays(1)),
        (["w", "week", "weeks"], TimeSpan.FromDays(7)),
    }
        .SelectMany(unit => unit.Names.Select(name => KeyValuePair.Create(name, unit.Length)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the words of a span; null, with the reader anywhere, when none stands here. Spans too long to count are cut to 9999 years.</summary>
    public static TimeSpan? Take(ArgumentReader reader)
    {
        if (!reader.TryTakeWord(out var word))
            return null;

        if (word[0] is '-' or '−' or '–')
            return ReadCompact(TypedText.WithoutEndPunctuation(word)[1..]) is { } back ? Cut(back) : null;

        // The sum is in decimal seconds, so that no row of digits overflows it.
        var seconds = 0m;
        var count = 0;
        for (var taken = 0; taken < MostWords; taken++)
        {
            if (count > 0 && string.Equals(TypedText.WithoutEndPunctuation(word), "ago", StringComparison.OrdinalIgnoreCase))
                return Cut(seconds);

            if (ReadCompact(word) is { } compact)
                seconds += compact;
            else if (ReadCount(word, isFirst: count == 0) is { } number
                && reader.TryTakeWord(out var unit)
                && Units.TryGetValue(unit, out var length))
                seconds += number * (decimal)length.TotalSeconds;
            else
                return null;

            count++;
            if (!reader.TryTakeWord(out word))
                return null;
        }

        return null;
    }

    private static TimeSpan Cut(decimal seconds) => TimeSpan.FromSeconds((double)Math.Min(seconds, 9999m * 366 * 86400));

    private static decimal? ReadCompact(string word)
    {
        if (Compact().Match(word) is not { Success: true } match)
            return null;

        var seconds = 0m;
        foreach (var (number, unit) in match.Groups["number"].Captures.Zip(match.Groups["unit"].Captures))
        {
            if (!Units.TryGetValue(unit.Value, out var length))
                return null;
            seconds += decimal.Parse(number.Value, CultureInfo.InvariantCulture) * (decimal)length.TotalSeconds;
        }

        return seconds;
    }

    private static decimal? ReadCount(string word, bool isFirst) =>
        Digits().IsMatch(word) ? decimal.Parse(word, CultureInfo.InvariantCulture)
        : isFirst && word.ToUpperInvariant() is "A" or "AN" ? 1
        : null;

    [GeneratedRegex("^(?:(?<number>[0-9]{1,9})(?<unit>[A-Za-z]{1,7})){1,5}$")]
    private static partial Regex Compact();

    [GeneratedRegex("^[0-9]{1,9}$")]
    private static partial Regex Digits();
}
