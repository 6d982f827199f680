namespace IncidentBot.Templating.Runtime;

internal static class DateMembers
{
    public static bool TryGet(DateTime time, string name, out object? value)
    {
        value = name switch
        {
            "year" => Boxed.Int(time.Year),
            "month" => Boxed.Int(time.Month),
            "day" => Boxed.Int(time.Day),
            "day_of_year" => Boxed.Int(time.DayOfYear),
            "day_of_week" => time.DayOfWeek.ToString(),
            "hour" => Boxed.Int(time.Hour),
            "minute" => Boxed.Int(time.Minute),
            "second" => Boxed.Int(time.Second),
            "millisecond" => Boxed.Int(time.Millisecond),
            "date" => time.Date,
            "time_of_day" => time.TimeOfDay,
            "ticks" => time.Ticks,
            _ => null,
        };
        return value is not null;
    }

    public static bool TryGet(TimeSpan span, string name, out object? value)
    {
        value = name switch
        {
            "days" => Boxed.Int(span.Days),
            "hours" => Boxed.Int(span.Hours),
            "minutes" => Boxed.Int(span.Minutes),
            "seconds" => Boxed.Int(span.Seconds),
            "milliseconds" => Boxed.Int(span.Milliseconds),
            "total_days" => span.TotalDays,
            "total_hours" => span.TotalHours,
            "total_minutes" => span.TotalMinutes,
            "total_seconds" => span.TotalSeconds,
            "total_milliseconds" => span.TotalMilliseconds,
            "ticks" => span.Ticks,
            _ => null,
        };
        return value is not null;
    }
}
