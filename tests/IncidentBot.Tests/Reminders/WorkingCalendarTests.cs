using System.Globalization;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Reminders;

namespace IncidentBot.Tests.Reminders;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = new RemindersOptions().Calendar;

    [Theory]
    [InlineData("2026-03-02T08:59:59Z", "UTC", "2026-03-02T09:00:00Z")]
    [InlineData("2026-03-02T09:00:00Z", "UTC", "2026-03-03T09:00:00Z")]
    [InlineData("2026-03-06T09:00:00Z", "UTC", "2026-03-09T09:00:00Z")]
    // Across the change of the clocks on 29 March.
    [InlineData("2026-03-27T12:00:00Z", "Europe/Paris", "2026-03-30T07:00:00Z")]
    [InlineData("2026-03-26T12:00:00Z", "Europe/Paris", "2026-03-27T08:00:00Z")]
    // It is Monday there already.
    [InlineData("2026-03-01T21:00:00Z", "Pacific/Auckland", "2026-03-02T20:00:00Z")]
    public void The_next_working_morning_is_by_the_clocks_of_the_place(string after, string zone, string morning) =>
        Assert.Equal(At(morning), Calendar.NextMorning(At(after), ZonedTime.Zone(zone)));

    [Fact]
    public void A_morning_that_the_clocks_skip_is_the_first_one_after_it() =>
        Assert.Equal(At("2026-03-29T01:00:00Z"), (Calendar with { Morning = new TimeOnly(2, 30) }).MorningOf(new DateOnly(2026, 3, 29), ZonedTime.Zone("Europe/Paris")));

    [Fact]
    public void A_morning_that_comes_twice_is_the_first_of_the_two() =>
        Assert.Equal(At("2026-10-25T00:30:00Z"), (Calendar with { Morning = new TimeOnly(2, 30) }).MorningOf(new DateOnly(2026, 10, 25), ZonedTime.Zone("Europe/Paris")));

    [Theory]
    [InlineData("2026-03-02", 5, "2026-03-09")]
    [InlineData("2026-03-06", 1, "2026-03-09")]
    [InlineData("2026-03-07", 1, "2026-03-09")]
    public void Working_days_leave_out_the_weekend(string from, int days, string to) =>
        Assert.Equal(DateOnly.Parse(to, CultureInfo.InvariantCulture), Calendar.AddDays(DateOnly.Parse(from, CultureInfo.InvariantCulture), days));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
