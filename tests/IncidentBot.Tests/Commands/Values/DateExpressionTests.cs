using System.Globalization;
using IncidentBot.Incidents.Commands.Values;

namespace IncidentBot.Tests.Commands.Values;

public sealed class DateExpressionTests
{
    // A Monday.
    private static readonly DateTimeOffset Now = Zones.Instant("2026-03-02T14:30:00Z");

    [Theory]
    [InlineData("2026-03-09", "2026-03-09")]
    [InlineData("2026-03-02", "2026-03-02")]
    [InlineData("friday", "2026-03-06")]
    [InlineData("Fri", "2026-03-06")]
    [InlineData("next friday", "2026-03-06")]
    [InlineData("monday", "2026-03-09")]
    [InlineData("tuesday", "2026-03-03")]
    [InlineData("sunday", "2026-03-08")]
    [InlineData("today", "2026-03-02")]
    [InlineData("tomorrow", "2026-03-03")]
    [InlineData("in 2 weeks", "2026-03-16")]
    [InlineData("in 3 days", "2026-03-05")]
    [InlineData("in 1 day", "2026-03-03")]
    [InlineData("in a week", "2026-03-09")]
    [InlineData("in a month", "2026-04-02")]
    [InlineData("IN 2 Months", "2026-05-02")]
    public void A_date_is_read_and_the_text_behind_it_stays(string typed, string date)
    {
        var reader = new ArgumentReader($"{typed}, please");

        Assert.True(DateExpression.TryRead(reader, Now, Zones.Paris, out var read, out var refusal), refusal?.Reason);
        Assert.Equal(DateOnly.Parse(date, CultureInfo.InvariantCulture), read);
        Assert.Equal("please", reader.Rest);
    }

    [Theory]
    [InlineData("2026-01-31T10:00Z", "in a month", "2026-02-28")]
    // Already Tuesday in Auckland, still Sunday in New York.
    [InlineData("2026-03-02T12:00Z", "tomorrow", "2026-03-04", "Pacific/Auckland")]
    [InlineData("2026-03-02T03:00Z", "tomorrow", "2026-03-02", "America/New_York")]
    [InlineData("2026-03-02T03:00Z", "monday", "2026-03-02", "America/New_York")]
    public void Dates_count_from_the_local_day(string now, string typed, string date, string zone = "UTC")
    {
        var local = TimeZoneInfo.FindSystemTimeZoneById(zone);

        Assert.True(DateExpression.TryRead(new ArgumentReader(typed), Zones.Instant(now), local, out var read, out _));
        Assert.Equal(DateOnly.Parse(date, CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("2026-03-01", "“2026-03-01” has passed: today is 2026-03-02 in Europe/Paris.")]
    [InlineData("yesterday", "“yesterday” has passed")]
    [InlineData("2026-02-30", "“2026-02-30” is not a date.")]
    [InlineData("09.03.2026", "is not a date")]
    [InlineData("9 march", "is not a date")]
    [InlineData("march 9", "is not a date")]
    [InlineData("fridy", "“fridy” is not a date; did you mean friday?")]
    [InlineData("tommorow", "did you mean tomorrow?")]
    [InlineData("next week", "is not a date")]
    [InlineData("in two weeks", "is not a date")]
    [InlineData("in 9999 weeks", "is not a date")]
    [InlineData("on friday", "is not a date")]
    public void A_past_or_misspelt_date_is_refused_with_what_is_accepted(string typed, string reason)
    {
        var reader = new ArgumentReader(typed);

        Assert.False(DateExpression.TryRead(reader, Now, Zones.Paris, out _, out var refusal));
        Assert.Contains(reason, refusal!.Reason, StringComparison.Ordinal);
        Assert.Contains("for example 2026-03-0", refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(typed, reader.Rest);
    }

    [Theory]
    [InlineData("to vendor")]
    [InlineData("in production")]
    [InlineData("next release")]
    [InlineData("")]
    public void Ordinary_text_is_no_date(string typed)
    {
        Assert.False(DateExpression.TryRead(new ArgumentReader(typed), Now, Zones.Paris, out _, out var refusal));
        Assert.Null(refusal);
    }
}
