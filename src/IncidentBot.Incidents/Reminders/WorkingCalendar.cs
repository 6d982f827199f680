namespace IncidentBot.Incidents.Reminders;

/// <summary>When people are at work, in their zone.</summary>
/// <param name="Morning">The clock time at which reminders come that can wait for it.</param>
public sealed record WorkingCalendar(TimeOnly Morning, IReadOnlySet<DayOfWeek> Days)
{
    /// <summary>The first working morning after an instant.</summary>
    public DateTimeOffset NextMorning(DateTimeOffset after, TimeZoneInfo zone)
    {
        var day = ZonedTime.Date(after, zone);
        while (!Days.Contains(day.DayOfWeek) || MorningOf(day, zone) <= after)
            day = day.AddDays(1);
        return MorningOf(day, zone);
    }

    /// <summary>The working morning a week after that day, however late on the day it was.</summary>
    public DateTimeOffset MorningAWeekAfter(DateTimeOffset at, TimeZoneInfo zone) => NextMorning(MorningOf(ZonedTime.Date(at, zone).AddDays(6), zone), zone);

    /// <summary>The working day that many working days later.</summary>
    public DateOnly AddDays(DateOnly from, int workingDays)
    {
        var day = from;
        for (var left = workingDays; left > 0; left -= Days.Contains(day.DayOfWeek) ? 1 : 0)
            day = day.AddDays(1);
        return day;
    }

    /// <summary>The morning of a day, or of the working day before it.</summary>
    public DateTimeOffset MorningOnOrBefore(DateOnly day, TimeZoneInfo zone)
    {
        while (!Days.Contains(day.DayOfWeek))
            day = day.AddDays(-1);
        return MorningOf(day, zone);
    }

    /// <summary>Where the clocks go forward over that time, the first one after it; where it comes twice, the first of the two.</summary>
    public DateTimeOffset MorningOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(Morning);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
