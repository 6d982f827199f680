using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>A span of time as people write it: <c>20m</c>, <c>1h30m</c>, <c>2 days</c>, <c>00:30:00</c>; <c>0</c> is none. A day is 24 hours.</summary>
public static partial class DurationExpression
{
    /// <summary>What is accepted, to be put into a sentence.</summary>
    public const string Accepted = "a duration such as 5m, 1h30m or 2 days";

    private static readonly string[] ClockFormats = [@"h\:mm\:ss", @"hh\:mm\:ss", @"d\.hh\:mm\:ss"];

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

    /// <summary>Whether the whole text is a duration. A number without a unit is none, but for 0.</summary>
    public static bool TryRead(string text, out TimeSpan duration)
    {
        var reader = new ArgumentReader(text);
        return TryRead(reader, out duration) && reader.AtEnd;
    }

    /// <summary>Takes the longest run of words that is a duration; what is too long to count is cut to 9999 years.</summary>
    /// <returns>Whether one was taken; zero is one as well. If not, nothing was.</returns>
    public static bool TryRead(ArgumentReader reader, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var start = reader.Position;
        if (reader.TryTakeWord(out var first))
        {
            var bare = TypedText.WithoutEndPunctuation(first);
            if (bare == "0" && reader.PeekWord() is var next && (next is null || !Units.ContainsKey(next)))
                return true;
            if (TimeSpan.TryParseExact(bare, ClockFormats, CultureInfo.InvariantCulture, out duration))
                return true;
        }

        reader.ReturnTo(start);
        var seconds = 0m;
        var end = start;
        while (TakePart(reader, isFirst: end == start, out var part, out var endsClause))
        {
            seconds += part;
            end = reader.Position;
            if (endsClause)
                break;
        }

        reader.ReturnTo(end);
        duration = Cut(seconds);
        return end > start;
    }

    /// <summary><c>1h30m</c>, <c>2d</c>, <c>0</c>: as it is read again; whole seconds, cut.</summary>
    public static string Show(TimeSpan duration)
    {
        (int Count, string Unit)[] parts = [(duration.Days, "d"), (duration.Hours, "h"), (duration.Minutes, "m"), (duration.Seconds, "s")];
        return string.Concat(parts.Where(p => p.Count != 0).Select(p => $"{p.Count}{p.Unit}")) is { Length: > 0 } shown ? shown : "0";
    }

    internal static TimeSpan Cut(decimal seconds) => TimeSpan.FromSeconds((double)Math.Min(seconds, 9999m * 366 * 86400));

    /// <summary>The seconds of <c>1h30m</c>. Decimal, so that no row of digits overflows a sum.</summary>
    internal static decimal? ReadCompact(string word)
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

    /// <summary>The seconds of <c>2</c> and <c>days</c>; of <c>an</c> and <c>hour</c> where it is the first.</summary>
    internal static decimal? ReadCounted(string count, string unit, bool isFirst) =>
        Count(count, isFirst) is { } number && Units.TryGetValue(unit, out var length) ? number * (decimal)length.TotalSeconds : null;

    private static bool TakePart(ArgumentReader reader, bool isFirst, out decimal seconds, out bool endsClause)
    {
        seconds = 0;
        endsClause = false;
        if (!reader.TryTakeWord(out var last))
            return false;

        var found = ReadCompact(TypedText.WithoutEndPunctuation(last));
        if (found is null && reader.TryTakeWord(out var unit))
            (found, last) = (ReadCounted(last, TypedText.WithoutEndPunctuation(unit), isFirst), unit);
        endsClause = TypedText.WithoutEndPunctuation(last).Length < last.Length;
        seconds = found ?? 0;
        return found is not null;
    }

    private static decimal? Count(string word, bool isFirst) =>
        Digits().IsMatch(word) ? decimal.Parse(word, CultureInfo.InvariantCulture)
        : isFirst && word.ToUpperInvariant() is "A" or "AN" ? 1
        : null;

    [GeneratedRegex("^(?:(?<number>[0-9]{1,9})(?<unit>[A-Za-z]{1,7})){1,5}$")]
    private static partial Regex Compact();

    [GeneratedRegex("^[0-9]{1,9}$")]
    private static partial Regex Digits();
}
