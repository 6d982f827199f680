using IncidentBot.Incidents;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Tests.Builders;

namespace IncidentBot.Tests.Postmortems;

public sealed class PostmortemModelTests
{
    [Fact]
    public void The_duration_runs_over_days()
    {
        var model = Model(new IncidentBuilder(at: "2022-11-15 23:51", began: "2022-11-14 23:06").Resolved("2022-11-16 17:38", "done"));

        Assert.Equal("42 h 32 min", model.Duration);
        Assert.Equal("2022-11-14 23:06 UTC", model.Start.Text);
        Assert.Equal("2022-11-16 17:38 UTC", model.End?.Text);
    }

    [Fact]
    public void The_duration_is_right_over_a_clock_change()
    {
        var model = Model(new IncidentBuilder(at: "2026-03-29 00:30", zone: "Europe/Berlin").Resolved("2026-03-29 01:30", "done"));

        Assert.Equal("1 h", model.Duration);
        Assert.Equal("2026-03-29 01:30 Europe/Berlin (UTC+01:00)", model.Start.Text);
        Assert.Equal("2026-03-29 03:30 Europe/Berlin (UTC+02:00)", model.End?.Text);
        Assert.Equal("Europe/Berlin", model.Zone);
        Assert.True(model.ShowsOffsets);
    }

    [Fact]
    public void The_zone_is_named_with_its_offset() =>
        Assert.Equal("Europe/London (UTC+01:00)", Model(new IncidentBuilder(at: "2024-06-12 16:37", zone: "Europe/London")).Zone);

    [Fact]
    public void An_incident_that_goes_on_lasts_until_now()
    {
        var incident = new IncidentBuilder(at: "2026-03-02 09:00");

        var model = PostmortemModel.From(incident.Build(), incident.Time("2026-03-02 10:30"));

        Assert.Null(model.End);
        Assert.Equal("1 h 30 min", model.Duration);
    }

    [Fact]
    public void After_reopening_the_duration_runs_to_the_last_resolution() => Assert.Equal(
        "3 h",
        Model(new IncidentBuilder(at: "2026-03-02 09:00").Resolved("10:00", "done").Reopened("11:00", "again").Resolved("12:00", "done again")).Duration);

    [Theory]
    [InlineData(100, "100% (all users)")]
    [InlineData(0, "0% (no users)")]
    [InlineData(12.50, "12.5%")]
    [InlineData(0.05, "0.05%")]
    public void The_share_of_users_is_shown(decimal percent, string shown) =>
        Assert.Equal(shown, Model(new IncidentBuilder().Impact("09:20", "errors", percent)).PercentOfUsers);

    [Fact]
    public void What_nobody_recorded_is_null()
    {
        var model = Model(new IncidentBuilder());

        Assert.Null(model.PercentOfUsers);
        Assert.Null(model.Experience);
        Assert.Null(model.Detection);
        Assert.Null(model.RootCauseBrief);
        Assert.Null(model.Fix);
        Assert.Empty(model.Services);
    }

    [Fact]
    public void The_cause_in_brief_takes_whole_sentences()
    {
        const string first = "The disk was full of pages.";
        const string second = "Nothing ever emptied the folder that the builder writes them to before they go on.";
        const string third = "This is more than a reader in a hurry wants.";

        Assert.Equal($"{first} {second}", Model(new IncidentBuilder().Cause($"{first}\n\n{second} {third}")).RootCauseBrief);
    }

    [Fact]
    public void The_cause_in_brief_is_fifty_words_at_most() =>
        Assert.Equal(50, Words.Count(Model(new IncidentBuilder().Cause(string.Concat(Enumerable.Repeat("word ", 200)))).RootCauseBrief!));

    [Fact]
    public void The_commander_is_who_held_the_role_last() =>
        Assert.Equal("li", Model(new IncidentBuilder().Role("09:20", IncidentRole.Commander, "maria").Role("09:30", IncidentRole.Commander, "li")).Commander?.Name);

    private static PostmortemModel Model(IncidentBuilder incident) => PostmortemModel.From(incident.Build(), incident.Time("2026-12-01 00:00"));
}
