using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>DATE as people type it: today or later, counted from the day it is in the zone of the person who types.</summary>
public static partial class DateExpression
{
    /// <summary>A sentence that names the accepted forms.</summary>
    public const string Accepted =
        "Accepted are 2026-03-09, friday, next friday, today, tomorrow, in 3 days, in 2 weeks and in a month, for example 2026-03-09.";

    private static readonly FrozenDictionary<string, DayOfWeek> Weekdays = new (string[] Names, DayOfWeek Day)[]
    {
        (["monday", "mon"], DayOfWeek.Monday),
        (["tuesday", "tue", "tues"], DayOfWeek.Tuesday),
        (["wednesday", "wed"], DayOfWeek.Wednesday),
        (["thursday", "thu", "thur", "thurs"], DayOfWeek.Thursday),
        (["friday", "fri"], DayOfWeek.Friday),
        (["saturday", "sat"], DayOfWeek.Saturday),
        (["sunday", "sun"], DayOfWeek.Sunday),
    }
        .SelectMany(weekday => weekday.Names.Select(name => KeyValuePair.Create(name, weekday.Day)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] LongNames =
        [.. Weekdays.Keys.Where(name => name.EndsWith("day", StringComparison.Ordinal)), "today", "tomorrow"];

    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12];

    private static readonly FrozenSet<string> Units = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "day", "days", "week", "weeks", "month", "months");

    /// <summary>Takes the words of a DATE.</summary>
    /// <param name="reader">Stands where a date may begin.</param>
    /// <param name="now">When it was typed.</param>
    /// <param name="zone">The zone of the person who typed it.</param>
    /// <param name="date">Today or later.</param>
    /// <param name="refusal">Why what stands here, which looks like a date, is none; null when no date stands here.</param>
    /// <returns>Whether a date was taken. If not, nothing was.</returns>
    public static bool TryRead(
        ArgumentReader reader, DateTimeOffset now, TimeZoneInfo zone, out DateOnly date, out Refusal? refusal)
    {
        var start = reader.Position;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var read = Read(reader, today);
        var typed = reader.Text[start..reader.Position];
        date = read ?? default;
        if (read >= today)
        {
            refusal = null;
            return true;
        }

        reader.ReturnTo(start);
        refusal = read is not null
            ? new Refusal($"{TypedText.Show(typed)} has passed: today is {Show(today)} in {zone.Id}. Give today or a later date, for example {Show(today)}.")
            : RefuseIfLooksLikeDate(reader);
        return false;
    }

    internal static Refusal Refuse(string typed, string? meant = null) =>
        new($"{TypedText.Show(typed)} is not a date{(meant is null ? "." : $"; did you mean {meant}?")} {Accepted}");

    /// <summary>Whether the word is a weekday's name or abbreviation.</summary>
    internal static bool IsWeekday(string word) => Weekdays.ContainsKey(word);

    /// <summary>The day of a weekday's name or abbreviation; null for any other word.</summary>
    internal static DayOfWeek? ReadWeekday(string word) => Weekdays.TryGetValue(word, out var day) ? day : null;

    private static DateOnly? Read(ArgumentReader reader, DateOnly today)
    {
        if (Next(reader) is not { } word)
            return null;

        return word.ToUpperInvariant() switch
        {
            "YESTERDAY" => today.AddDays(-1),
            "TODAY" => today,
            "TOMORROW" => today.AddDays(1),
            "IN" => ReadSpan(reader, today),
            "NEXT" => Next(reader) is { } name ? ReadWeekday(name, today) : null,
            _ => DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date
                : ReadWeekday(word, today),
        };
    }

    // "next friday" is friday: a date that is a week later must be written as a date.
    private static DateOnly? ReadWeekday(string name, DateOnly today) =>
        Weekdays.TryGetValue(name, out var day) ? today.AddDays(((int)day - (int)today.DayOfWeek + 6) % 7 + 1) : null;

    private static DateOnly? ReadSpan(ArgumentReader reader, DateOnly today)
    {
        if (Next(reader) is not { } number || Next(reader) is not { } unit || !Units.Contains(unit))
            return null;

        var count = 1;
        if (!IsArticle(number) && !(Count().IsMatch(number) && int.TryParse(number, CultureInfo.InvariantCulture, out count)))
            return null;

        return unit[0] switch
        {
            'd' or 'D' => today.AddDays(count),
            'w' or 'W' => today.AddDays(7 * count),
            _ => today.AddMonths(count),
        };
    }

    private static Refusal? RefuseIfLooksLikeDate(ArgumentReader reader)
    {
        var start = reader.Position;
        var words = new List<string>();
        while (words.Count < 4 && Next(reader) is { } word)
            words.Add(word);
        reader.ReturnTo(start);

        return LooksLikeDate(words, out var meant) ? Refuse(string.Join(' ', words), meant) : null;
    }

    private static bool LooksLikeDate(List<string> words, out string? meant)
    {
        meant = null;
        if (words.Count == 0 || words[0].Length == 0)
            return false;

        if (words.Count > 1)
        {
            switch (words[0].ToUpperInvariant())
            {
                case "ON" or "BY" or "NEXT" when LooksLikeDate([.. words.Skip(1)], out meant) || Units.Contains(words[1]):
                case "IN" when words.Count > 2 && Units.Contains(words[2]):
                case "IN" when char.IsAsciiDigit(words[1].FirstOrDefault()):
                    return true;
            }
        }

        var word = words[0];
        if (char.IsAsciiDigit(word[0]) || IsWeekday(word) || Months.Any(month => IsNameOf(word, month)))
            return true;

        // One mistake, or two in a long word: otherwise a name such as Sandy would be a day.
        meant = DidYouMean.Suggest(word, LongNames).FirstOrDefault(name => DidYouMean.Distance(word, name) <= (name.Length > 6 ? 2 : 1));
        return meant is not null;
    }

    // "may" is a word first and a month second.
    private static bool IsNameOf(string word, string month) =>
        word.Length >= 3 && month.Length > 3
        && (string.Equals(word, month, StringComparison.OrdinalIgnoreCase) || string.Equals(word, month[..3], StringComparison.OrdinalIgnoreCase));

    private static bool IsArticle(string word) => word.ToUpperInvariant() is "A" or "AN";

    private static string Show(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Next(ArgumentReader reader) =>
        reader.TryTakeWord(out var word) ? TypedText.WithoutEndPunctuation(word) : null;

    [GeneratedRegex("^[0-9]{1,3}$")]
    private static partial Regex Count();
}
