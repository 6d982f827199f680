namespace IncidentBot.Templating.Runtime;

/// <summary>The members of times and time spans.</summary>
internal static class TimeMembers
{
    private static readonly string[] DateNames =
    [
        "date", "day", "day_of_week", "day_of_year", "hour", "kind", "millisecond", "microsecond", "nanosecond",
        "minute", "month", "second", "ticks", "time_of_day", "year",
    ];

    private static readonly string[] SpanNames =
    [
        "ticks", "days", "hours", "milliseconds", "microseconds", "nanoseconds", "minutes", "seconds", "total_days",
        "total_hours", "total_milliseconds", "total_microseconds", "total_nanoseconds", "total_minutes", "total_seconds",
    ];

    public static IEnumerable<KeyValuePair<string, object?>> All(object value)
    {
        foreach (var name in value is DateTime ? DateNames : SpanNames)
        {
            object? member;
            _ = value is DateTime date ? TryGet(date, name, out member) : TryGet((TimeSpan)value, name, out member);
            yield return new KeyValuePair<string, object?>(name, member);
        }
    }

    public static bool TryGet(DateTime date, string name, out object? value)
    {
        value = name switch
        {
            "date" => date.Date,
            "day" => Values.Box(date.Day),
            // Not a string: inside a list it is printed without quotes.
            "day_of_week" => new Word(date.DayOfWeek.ToString()),
            "day_of_year" => Values.Box(date.DayOfYear),
            "hour" => Values.Box(date.Hour),
            // A time without a zone is what the library calls local. Here it means UTC too.
            "kind" => new Word(date.Kind == DateTimeKind.Utc ? "Utc" : "Local"),
            "millisecond" => Values.Box(date.Millisecond),
            "microsecond" => Values.Box(date.Microsecond),
            "nanosecond" => Values.Box(date.Nanosecond),
            "minute" => Values.Box(date.Minute),
            "month" => Values.Box(date.Month),
            "second" => Values.Box(date.Second),
            "ticks" => Values.Box(date.Ticks),
            "time_of_day" => date.TimeOfDay,
            "year" => Values.Box(date.Year),
            _ => null,
        };
        return value is not null;
    }

    public static bool TryGet(TimeSpan span, string name, out object? value)
    {
        value = name switch
        {
            "ticks" => Values.Box(span.Ticks),
            "days" => Values.Box(span.Days),
            "hours" => Values.Box(span.Hours),
            "milliseconds" => Values.Box(span.Milliseconds),
            "microseconds" => Values.Box(span.Microseconds),
            "nanoseconds" => Values.Box(span.Nanoseconds),
            "minutes" => Values.Box(span.Minutes),
            "seconds" => Values.Box(span.Seconds),
            "total_days" => span.TotalDays,
            "total_hours" => span.TotalHours,
            "total_milliseconds" => span.TotalMilliseconds,
            "total_microseconds" => span.TotalMicroseconds,
            "total_nanoseconds" => span.TotalNanoseconds,
            "total_minutes" => span.TotalMinutes,
            "total_seconds" => span.TotalSeconds,
            _ => null,
        };
        return value is not null;
    }

    /// <summary>The name of a constant.</summary>
    private sealed record Word(string Name)
    {
        public override string ToString() => Name;
    }
}
