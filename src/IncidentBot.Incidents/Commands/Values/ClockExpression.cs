using System.Globalization;
using System.Text.RegularExpressions;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>A clock time as typed, with the zone behind it if there is one.</summary>
/// <param name="TimeOfDay">Less than 24 hours.</param>
/// <param name="Zone">Null when none was typed.</param>
/// <param name="EndsClause">Punctuation follows, so that the next word belongs to something else.</param>
internal sealed partial record ClockExpression(TimeSpan TimeOfDay, TimeZoneInfo? Zone, bool EndsClause)
{
    /// <summary>Reads a word that was taken from the reader, and takes the zone behind it. No clock and no refusal: ordinary text.</summary>
    public static ClockExpression? Read(string word, bool hasIsoDate, ArgumentReader reader, out Refusal? refusal)
    {
        refusal = null;
        var bare = TypedText.WithoutEndPunctuation(word);
        if (TwelveHours().IsMatch(bare) || (FewDigits().IsMatch(bare) && NextIsAmOrPm(reader)))
            return RefuseTwelveHours(word, out refusal);

        // Behind these, digits and colons are an address or a ratio.
        if (Clock().Match(bare) is not { Success: true } match || match.Groups["rest"].Value is [':' or (>= '0' and <= '9'), ..])
            return null;

        if (ReadTimeOfDay(match) is not { } timeOfDay)
        {
            refusal = new Refusal($"{TypedText.Show(bare)} is not a time of day: hours go from 00 to 23, minutes and seconds from 00 to 59. {TimeExpression.Accepted}");
            return null;
        }

        var endsClause = bare.Length < word.Length;
        if (match.Groups["rest"].Value is { Length: > 0 } rest)
        {
            // 10:00-10:30 is a range to everybody but ISO 8601; only behind a date is it read as an offset.
            var attached = hasIsoDate || rest[0] is not ('-' or '−') ? ZoneExpression.Read(rest, attached: true, out refusal) : null;
            if (attached is null)
                refusal ??= new Refusal($"{TypedText.Show(bare)} is not one time. {TimeExpression.Accepted}");
            return attached is null ? null : new ClockExpression(timeOfDay, attached, endsClause);
        }

        if (endsClause || reader.PeekWord() is not { } next)
            return new ClockExpression(timeOfDay, null, endsClause);

        if (timeOfDay.Hours is > 0 and <= 12 && NextIsAmOrPm(reader))
            return RefuseTwelveHours(word, out refusal);

        var zoneName = TypedText.WithoutEndPunctuation(next);
        var zone = ZoneExpression.Read(zoneName, attached: false, out refusal);
        if (refusal is not null)
            return null;

        if (zone is null)
            return new ClockExpression(timeOfDay, null, false);

        reader.TryTakeWord(out _);
        return new ClockExpression(timeOfDay, zone, zoneName.Length < next.Length);
    }

    /// <summary>Whether the word begins as a clock time does, well-formed or not.</summary>
    public static bool LooksLikeClock(string? word) => word is not null && (Clock().IsMatch(word) || TwelveHours().IsMatch(word));

    private static TimeSpan? ReadTimeOfDay(Match match)
    {
        var hours = Number(match.Groups["hours"].Value);
        var minutes = Number(match.Groups["minutes"].Value);
        var seconds = Number(match.Groups["seconds"].Value);
        if (hours > 23 || minutes > 59 || seconds > 59)
            return null;

        // Seven digits are the ticks of a second; finer ones are cut off.
        var ticks = Number(match.Groups["fraction"].Value.PadRight(7, '0')[..7]);
        return new TimeSpan(hours, minutes, seconds) + TimeSpan.FromTicks(ticks);
    }

    private static int Number(string digits) => digits.Length == 0 ? 0 : int.Parse(digits, CultureInfo.InvariantCulture);

    private static bool NextIsAmOrPm(ArgumentReader reader) => reader.PeekWord() is { } next && AmOrPm().IsMatch(next);

    private static ClockExpression? RefuseTwelveHours(string word, out Refusal refusal)
    {
        refusal = new Refusal($"{TypedText.Show(word)} is not accepted as a time: clock times have 24 hours and minutes, for example 14:00 for 2 pm. {TimeExpression.Accepted}");
        return null;
    }

    [GeneratedRegex("^(?<hours>[0-9]{1,2}):(?<minutes>[0-9]{2})(?::(?<seconds>[0-9]{2})(?:[.,](?<fraction>[0-9]{1,9}))?)?(?<rest>.*)$", RegexOptions.Singleline)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^[0-9]{1,2}(?:[:.][0-9]{2})?[ap]\.?m\.?$", RegexOptions.IgnoreCase)]
    private static partial Regex TwelveHours();

    [GeneratedRegex("^[0-9]{1,2}$")]
    private static partial Regex FewDigits();

    [GeneratedRegex(@"^[ap]\.?m\b", RegexOptions.IgnoreCase)]
    private static partial Regex AmOrPm();
}
