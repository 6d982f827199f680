using IncidentBot.Incidents;
using IncidentBot.Incidents.Configuration;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Tests.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IncidentBot.Tests.Reminders;

public sealed class RemindersOptionsTests
{
    [Fact]
    public void What_is_not_configured_is_the_default()
    {
        var options = Read();

        Assert.Equal([TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(4), null], Enum.GetValues<Severity>().Select(options.UpdateEvery));
        Assert.Equal(new TimeOnly(9, 0), options.WorkingMorning);
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], options.WorkingDays.Order());
        Assert.Equal(DayOfWeek.Monday, options.DigestOn);
        Assert.Equal(TimeSpan.FromDays(1), options.StaleAfter);
    }

    [Fact]
    public void Every_kind_of_value_is_read()
    {
        var options = Read(
            ("Reminders:UpdateSev1", "0"), ("Reminders:UpdateSev4", "1 day"), ("Reminders:QuietAfter", "00:45:00"), ("Reminders:MissingAfter", "1h30m"),
            ("Reminders:WorkingMorning", "8:30"), ("Reminders:WorkingDays", "sun, Monday,tues"), ("Reminders:DigestDay", "fri"), ("Reminders:MostPerHour", "1"));

        Assert.Null(options.UpdateEvery(Severity.Sev1));
        Assert.Equal(TimeSpan.FromDays(1), options.UpdateEvery(Severity.Sev4));
        Assert.Equal((TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(90)), (options.QuietAfter, options.MissingAfter));
        Assert.Equal(new TimeOnly(8, 30), options.WorkingMorning);
        Assert.Equal([DayOfWeek.Sunday, DayOfWeek.Monday, DayOfWeek.Tuesday], options.WorkingDays.Order());
        Assert.Equal(DayOfWeek.Friday, options.DigestOn);
        Assert.Equal(1, options.MostPerHour);
    }

    [Fact]
    public void Without_a_day_there_is_no_digest() => Assert.Null(Read(("Reminders:DigestDay", "")).DigestOn);

    [Fact]
    public void Other_empty_values_are_the_default()
    {
        var options = Read(("Reminders:UpdateSev1", ""), ("Reminders:WorkingMorning", " "), ("Reminders:WorkingDays", ""));

        Assert.Equal((TimeSpan.FromMinutes(30), new TimeOnly(9, 0), 5), (options.UpdateSev1, options.WorkingMorning, options.WorkingDays.Count));
    }

    [Theory]
    [InlineData("UpdateSev1", "30", "is \"30\". Use a duration such as 5m, 1h30m or 2 days.")]
    [InlineData("UpdateSev2", "-5m", "is \"-5m\". Use a duration such as 5m, 1h30m or 2 days.")]
    [InlineData("UpdateSev3", "5 parsecs", "is \"5 parsecs\". Use a duration such as 5m, 1h30m or 2 days.")]
    [InlineData("UpdateSev4", "31d", "must be from 0 (never) to 30 days.")]
    [InlineData("DetectionAfter", "soon", "is \"soon\". Use a duration such as 5m, 1h30m or 2 days.")]
    [InlineData("CommanderAfter", "31d", "must be from 0 (never) to 30 days.")]
    [InlineData("ImpactAfter", "31d", "must be from 0 (never) to 30 days.")]
    [InlineData("QuietAfter", "31d", "must be from 0 (never) to 30 days.")]
    [InlineData("MissingAfter", "31d", "must be from 0 (never) to 30 days.")]
    [InlineData("MostPerHour", "0", "must be from 1 to 60.")]
    [InlineData("MostPerHour", "many", "is \"many\". Use a number, for example 4.")]
    [InlineData("WorkingMorning", "9", "is \"9\". Use a time of day such as 09:00.")]
    [InlineData("WorkingMorning", "25:00", "is \"25:00\". Use a time of day such as 09:00.")]
    [InlineData("WorkingDays", "Mon,Moonday", "has \"Moonday\". Use a day of the week such as Mon or Monday, with commas between several.")]
    [InlineData("WorkingDays", ",", "has no day. Use weekdays with commas between them, for example Mon,Tue,Wed,Thu,Fri.")]
    [InlineData("PostmortemDueDays", "0", "must be from 1 to 60 working days.")]
    [InlineData("TaskDaysBefore", "31", "must be from 0 to 30 days.")]
    [InlineData("DigestDay", "Moonday", "is \"Moonday\". Use a day of the week such as Mon or Monday, or leave it empty for no digest.")]
    [InlineData("StaleAfter", "0", "must be from 1m to 30 days, for example 1d.")]
    public void A_wrong_value_stops_the_start_with_key_fault_and_fix(string key, string value, string message) =>
        Assert.Equal([$"Reminders:{key} {message}"], Settings.FaultsOf(($"Reminders:{key}", value)));

    [Fact]
    public void A_key_that_is_no_setting_is_told_with_the_one_that_was_meant()
    {
        using var services = Settings.Of(("Reminders:UpdateSev5", "1h"));

        Assert.Equal("Reminders:UpdateSev5 is no setting; did you mean Reminders:UpdateSev1?", Assert.Single(services.DescribeUnknownSettings()));
    }

    private static RemindersOptions Read(params (string Key, string? Value)[] settings)
    {
        using var services = Settings.Of(settings);
        services.GetRequiredService<IStartupValidator>().Validate();
        return services.GetRequiredService<IOptions<RemindersOptions>>().Value;
    }
}
