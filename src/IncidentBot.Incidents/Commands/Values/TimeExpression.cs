using System.Globalization;
using System.Text.RegularExpressions;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>
/// TIME as people type it: a moment that has passed. A bare clock time is the latest past one in its zone; a time
/// without a zone is in the zone of the person who types.
/// </summary>
public static partial class TimeExpression
{
    /// <summary>A sentence that names the accepted forms.</summary>
    public const string Accepted =
        "Accepted are 14:05, 14:05 UTC, 14:05 Europe/Paris, 2026-03-02 14:05, 2026-03-02T14:05:00Z, yesterday 23:50, 10m ago, -10m and now, for example 14:05 UTC.";

    // Nothing that people report is older, and from here on no zone's arithmetic leaves the calendar.
    private const int EarliestYear = 1970;
    private const int LatestYear = 9998;

    /// <summary>Takes the longest run of words that is a TIME.</summary>
    /// <param name="reader">Stands where a time may begin.</param>
    /// <param name="now">When it was typed; a later time is refused.</param>
    /// <param name="zone">The zone of the person who typed it.</param>
    /// <param name="instant">The time in UTC.</param>
    /// <param name="refusal">Why what stands here, which looks like a time, is none; null when no time stands here.</param>
    /// <returns>Whether a time was taken. If not, nothing was.</returns>
    public static bool TryRead(
        ArgumentReader reader, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset instant, out Refusal? refusal)
    {
        var start = reader.Position;
        var read = Read(reader, now, zone, out refusal);
        if (read is { } time && time.Instant > now)
            refusal = RefuseFuture(Typed(reader, start), time.Instant, now, time.Zone);

        instant = default;
        if (read is null || refusal is not null)
        {
            reader.ReturnTo(start);
            return false;
        }

        instant = read.Value.Instant.ToUniversalTime();
        return true;
    }

    /// <summary>Takes <c>at TIME</c>; with the same three outcomes as <see cref="TryRead"/>.</summary>
    public static bool TryReadAfterAt(
        ArgumentReader reader, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset instant, out Refusal? refusal)
    {
        var start = reader.Position;
        instant = default;
        refusal = null;
        if (reader.TryTakeKeyword("at") && TryRead(reader, now, zone, out instant, out refusal))
            return true;

        reader.ReturnTo(start);
        return false;
    }

    /// <summary>Takes a TIME where nothing else may stand; <paramref name="refusal"/> says why when there is none.</summary>
    public static bool TryReadRequired(
        ArgumentReader reader, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset instant, out Refusal? refusal)
    {
        if (TryRead(reader, now, zone, out instant, out refusal))
            return true;

        refusal ??= new Refusal(reader.PeekWord() is { } word
            ? $"{TypedText.Show(word)} is not a time. {Accepted}"
            : $"A time is missing. {Accepted}");
        return false;
    }

    private static (DateTimeOffset Instant, TimeZoneInfo Zone)? Read(
        ArgumentReader reader, DateTimeOffset now, TimeZoneInfo zone, out Refusal? refusal)
    {
        refusal = null;
        var start = reader.Position;
        if (ElapsedTime.Take(reader) is { } elapsed)
            return ReadElapsed(Typed(reader, start), elapsed, now, zone, out refusal);

        reader.ReturnTo(start);
        if (!reader.TryTakeWord(out var word))
            return null;

        var bare = TypedText.WithoutEndPunctuation(word);
        if (string.Equals(bare, "now", StringComparison.OrdinalIgnoreCase))
            return (now, zone);

        if (bare.Length == word.Length && DaysFromToday(word) is { } days)
            return ReadDay(reader, start, days, now, zone, out refusal);

        if (IsoDate().Match(bare) is { Success: true } match)
            return ReadDate(reader, start, match, zone, out refusal);

        if (ClockExpression.Read(word, hasIsoDate: false, reader, out refusal) is { } clock)
            return ReadClock(reader, start, clock, now, zone, out refusal);

        if (refusal is null && LooksLikeTime(bare, reader))
        {
            reader.TryTakeWord(out _);
            refusal = new Refusal($"{TypedText.Show(Typed(reader, start))} is not a time. {Accepted}");
        }

        return null;
    }

    private static (DateTimeOffset, TimeZoneInfo)? ReadElapsed(
        string typed, TimeSpan elapsed, DateTimeOffset now, TimeZoneInfo zone, out Refusal? refusal)
    {
        refusal = elapsed < now - new DateTimeOffset(EarliestYear, 1, 1, 0, 0, 0, TimeSpan.Zero) ? null : RefuseYear(typed);
        return refusal is null ? (now - elapsed, zone) : null;
    }

    private static (DateTimeOffset, TimeZoneInfo)? ReadDay(
        ArgumentReader reader, int start, int days, DateTimeOffset now, TimeZoneInfo zone, out Refusal? refusal)
    {
        refusal = null;
        reader.TryTakeKeyword("at");
        if (!reader.TryTakeWord(out var word) || ClockExpression.Read(word, hasIsoDate: false, reader, out refusal) is not { } clock)
            return null;

        var today = TimeZoneInfo.ConvertTime(now, clock.Zone ?? zone).Date;
        return Settle(Typed(reader, start), today.AddDays(days) + clock.TimeOfDay, clock.Zone ?? zone, out refusal);
    }

    private static (DateTimeOffset, TimeZoneInfo)? ReadDate(
        ArgumentReader reader, int start, Match match, TimeZoneInfo zone, out Refusal? refusal)
    {
        refusal = null;
        var date = match.Groups["date"].Value;
        if (!DateTime.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            refusal = new Refusal($"There is no date {TypedText.Show(date)}: a date is year-month-day, for example 2026-03-02. {Accepted}");
            return null;
        }

        var word = Typed(reader, start);
        var clockWord = match.Groups["clock"].Success ? word[(date.Length + 1)..]
            : word.Length == date.Length && reader.TryTakeWord(out var next) ? next
            : "";
        if (ClockExpression.Read(clockWord, hasIsoDate: true, reader, out refusal) is { } clock)
            return Settle(Typed(reader, start), day + clock.TimeOfDay, clock.Zone ?? zone, out refusal);

        refusal ??= new Refusal($"{TypedText.Show(word)} lacks the time of day. Write for example {date} 14:05. {Accepted}");
        return null;
    }

    private static (DateTimeOffset, TimeZoneInfo)? ReadClock(
        ArgumentReader reader, int start, ClockExpression clock, DateTimeOffset now, TimeZoneInfo personsZone, out Refusal? refusal)
    {
        var zone = clock.Zone ?? personsZone;
        var localNow = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var next = clock.EndsClause ? null : reader.PeekWord();
        if (next is not null && DaysFromToday(TypedText.WithoutEndPunctuation(next)) is { } days)
        {
            reader.TryTakeWord(out _);
            return Settle(Typed(reader, start), localNow.Date.AddDays(days) + clock.TimeOfDay, zone, out refusal);
        }

        var today = localNow.Date + clock.TimeOfDay;
        var instants = LocalTime.InstantsOf(today, zone);
        // A time that today's clock change skips has passed once the clock shows a later one.
        var hasPassed = instants.Count > 0 ? instants[0] <= now : today <= localNow;
        return Settle(Typed(reader, start), hasPassed ? today : today.AddDays(-1), zone, out refusal);
    }

    private static (DateTimeOffset, TimeZoneInfo)? Settle(string typed, DateTime local, TimeZoneInfo zone, out Refusal? refusal)
    {
        refusal = null;
        if (local.Year is < EarliestYear or > LatestYear)
        {
            refusal = RefuseYear(typed);
            return null;
        }

        var instants = LocalTime.InstantsOf(local, zone);
        if (instants.Count == 1)
            return (instants[0], zone);

        refusal = LocalTime.RefuseClockChange(typed, local, zone);
        return null;
    }

    private static Refusal RefuseFuture(string typed, DateTimeOffset instant, DateTimeOffset now, TimeZoneInfo zone) =>
        new($"{TypedText.Show(typed)} is {Moment.Show(instant, zone)}, which is in the future: now it is {Moment.Show(now, zone)}. Give a time that has passed, for example 10m ago.");

    private static Refusal RefuseYear(string typed) =>
        new($"{TypedText.Show(typed)} is outside the years {EarliestYear} to {LatestYear}. {Accepted}");

    private static string Typed(ArgumentReader reader, int start) => reader.Text[start..reader.Position].Trim();

    private static int? DaysFromToday(string word) => word.ToUpperInvariant() switch
    {
        "YESTERDAY" => -1,
        "TODAY" => 0,
        "TOMORROW" => 1,
        _ => null,
    };

    // Recorded as text, these would put the entry at the wrong moment without anybody noticing.
    private static bool LooksLikeTime(string word, ArgumentReader reader)
    {
        var isDay = OtherDate().IsMatch(word) || DateExpression.IsWeekday(word);
        if (isDay && ClockExpression.LooksLikeClock(reader.PeekWord()))
            return true;

        if (word.Length == 0 || !char.IsAsciiDigit(word[0]))
            return false;

        var start = reader.Position;
        var isAgo = reader.TryTakeKeyword("ago") || (reader.TryTakeWord(out _) && reader.TryTakeKeyword("ago"));
        reader.ReturnTo(start);
        return isAgo;
    }

    [GeneratedRegex("^(?<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?:[Tt](?<clock>[0-9].*))?$", RegexOptions.Singleline)]
    private static partial Regex IsoDate();

    [GeneratedRegex("^[0-9]{1,4}([./-])[0-9]{1,2}(?:\\1[0-9]{1,4})?$")]
    private static partial Regex OtherDate();
}
