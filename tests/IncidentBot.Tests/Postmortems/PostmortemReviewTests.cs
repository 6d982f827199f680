using System.ComponentModel.DataAnnotations;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Tests.Builders;

namespace IncidentBot.Tests.Postmortems;

public sealed class PostmortemReviewTests
{
    private const string Cause = "The builder wrote its pages to a folder that nothing ever emptied.";
    private const string Fix = "The folder was emptied and the web server was restarted by hand.";

    [Fact]
    public void A_complete_draft_has_no_findings() => Assert.Empty(Review(Complete()));

    [Fact]
    public void All_that_nobody_recorded_is_missing_with_a_command_that_records_it()
    {
        var findings = Review(new IncidentBuilder());

        Assert.All(findings, f => Assert.Equal(FindingKind.Missing, f.Kind));
        Assert.All(findings, f => Assert.StartsWith("/incident INC-1 ", f.Remedy, StringComparison.Ordinal));
        Assert.Equal(
            ["end of the outage", "detection", "services", "experience", "percent of users", "root cause", "fix", "misleading paths", "escalations", "improvements", "tasks"],
            findings.Select(f => f.Part));
    }

    [Fact]
    public void What_was_waived_is_no_longer_missing_but_worth_knowing()
    {
        var findings = Review(new IncidentBuilder().WaiveAll("the\nlogs are gone"));

        Assert.Equal(
            ["services", "experience", "percent of users", "root cause", "fix", "tasks"], findings.Where(f => f.Kind == FindingKind.Notice).Select(f => f.Part));
        Assert.Equal(
            new Finding(FindingKind.Notice, "root cause", "The root cause is not recorded. Waived by @maria: the logs are gone", "/incident INC-1 cause <text>"),
            Assert.Single(findings, f => f.Part == "root cause"));
        Assert.Equal(
            ["end of the outage", "detection", "misleading paths", "escalations", "improvements"], findings.Where(f => f.Kind == FindingKind.Missing).Select(f => f.Part));
    }

    [Fact]
    public void A_waiver_of_what_was_recorded_after_all_is_no_finding() => Assert.Empty(Review(Complete().WaiveAll("nobody knows")));

    [Fact]
    public void A_task_without_an_owner_or_a_date_is_vague() => Assert.Equal(
        ["Task 2 has no owner and no due date: Do it", "Task 3 has no due date: Do that", "Task 4 has no owner: Do those"],
        Texts(FindingKind.Vague, Complete().Task("Do it").Task("Do that", "li").Task("Do those", null, "2026-04-01").Task("Did it", isDone: true)));

    [Fact]
    public void A_cause_of_three_words_is_vague() =>
        Assert.Single(Texts(FindingKind.Vague, Complete().Cause("Disk was full")));

    [Fact]
    public void A_persons_mistake_is_no_cause() =>
        Assert.Contains("say what let it happen", Assert.Single(Texts(FindingKind.Vague, Complete().Cause("It was a human error while changing the settings"))), StringComparison.Ordinal);

    [Fact]
    public void A_short_fix_is_vague() => Assert.Single(Texts(FindingKind.Vague, Complete().Fix("Restarted it")));

    [Fact]
    public void Detection_without_source_and_manner_is_vague() =>
        Assert.Equal(2, Texts(FindingKind.Vague, new IncidentBuilder(began: "2026-03-02 09:05").Detected("09:07", null, "")).Count);

    [Fact]
    public void A_later_detection_keeps_what_it_does_not_say() =>
        Assert.Empty(Texts(FindingKind.Vague, Complete().Detected("09:07", null, "")));

    [Fact]
    public void Resolving_without_saying_how_is_vague() =>
        Assert.Single(Texts(FindingKind.Vague, Complete(how: "")));

    [Fact]
    public void Entries_before_the_impact_are_listed_in_one_finding() => Assert.Equal(
        "Entries #6, #7 occurred before the impact began at 2026-03-02 09:05 UTC.",
        Assert.Single(Texts(FindingKind.Contradiction, Complete().Note("08:00", "early").Note("08:30", "early too"))));

    [Fact]
    public void Detection_before_the_impact_is_a_contradiction() =>
        Assert.Contains("before the impact began", Assert.Single(Texts(FindingKind.Contradiction, Complete().Detected("09:00", DetectionSource.Engineer, "saw it"))), StringComparison.Ordinal);

    [Fact]
    public void A_start_moved_behind_the_detection_is_a_contradiction() =>
        Assert.Contains(Texts(FindingKind.Contradiction, Complete().Started("10:30", "09:10")), t => t.Contains("detected at 2026-03-02 09:06 UTC, before", StringComparison.Ordinal));

    [Fact]
    public void An_end_before_the_start_and_the_detection_is_a_contradiction() =>
        Assert.Equal(3, Texts(FindingKind.Contradiction, new IncidentBuilder(began: "2026-03-02 09:05").Detected("09:06", DetectionSource.Engineer, "saw it").Resolved("08:00", "done").Note("08:30", "x")).Count);

    [Fact]
    public void A_status_after_the_end_is_a_contradiction() =>
        Assert.Contains("Its status changed after it had ended", Assert.Single(Texts(FindingKind.Contradiction, StatusAfterEnd())), StringComparison.Ordinal);

    [Fact]
    public void Stating_that_there_were_no_escalations_although_there_are_is_a_contradiction() => Assert.Equal(
        "Somebody stated that there were none, but there are: Entry #2.",
        Assert.Single(Texts(FindingKind.Contradiction, new IncidentBuilder().Escalated("09:20", "li", "").NoEscalations())));

    [Fact]
    public void Nobody_hit_by_a_severe_outage_is_a_contradiction() =>
        Assert.Single(Texts(FindingKind.Contradiction, Complete(percent: 0)));

    [Fact]
    public void A_share_of_users_that_was_corrected_is_worth_knowing() => Assert.Equal(
        "It was given as 30%, then 100%; the draft shows the last one recorded, 100% (all users).",
        Assert.Single(Texts(FindingKind.Notice, Complete().Impact("09:20", "", 100))));

    [Fact]
    public void A_draft_that_is_too_long_or_too_short_says_why()
    {
        Assert.Contains("fewer than 400", Assert.Single(Review(Complete(), 100)).Text, StringComparison.Ordinal);
        Assert.Contains("more than 600; what people wrote is not cut (the root cause 700", Assert.Single(Review(Complete().Cause(string.Concat(Enumerable.Repeat("word ", 700))), 800)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_finding_reads_like_a_refused_line_of_a_transcript()
    {
        var texts = Review(new IncidentBuilder(), 10).Concat(Review(StatusAfterEnd().Task("x").Note("08:00", "early").Cause("human error"), 700)).Select(f => f.Text + f.Remedy);

        Assert.All(texts, t => Assert.DoesNotMatch(@"(?i)\blines?\s*#?\d|refus|reject|invalid", t));
    }

    [Theory]
    [InlineData(400, 600, true)]
    [InlineData(600, 600, false)]
    [InlineData(700, 600, false)]
    [InlineData(-1, 600, false)]
    public void The_word_limits_must_make_sense(int min, int max, bool isValid)
    {
        var options = new PostmortemOptions { MinWords = min, MaxWords = max };

        Assert.Equal(isValid, Validator.TryValidateObject(options, new ValidationContext(options), [], validateAllProperties: true));
    }

    private static IncidentBuilder Complete(decimal percent = 30, string how = "the server was restarted") => new IncidentBuilder(began: "2026-03-02 09:05", services: "checkout")
        .Detected("09:06", DetectionSource.Monitoring, "the probe failed")
        .Impact("09:07", "no page loaded", percent)
        .Escalated("09:20", "li", "please join")
        .Resolved("10:00", how)
        .Cause(Cause).Fix(Fix).Improve("Warn before a disk is full").NoMisleadingPaths()
        .Task("Empty the folder each night", "li", "2026-03-09");

    private static IncidentBuilder StatusAfterEnd() => new IncidentBuilder()
        .Status("11:00", IncidentStatus.Monitoring)
        .Resolved("10:00", "done");

    private static IReadOnlyList<string> Texts(FindingKind kind, IncidentBuilder incident) =>
        [.. Review(incident).Where(f => f.Kind == kind).Select(f => f.Text)];

    private static IReadOnlyList<Finding> Review(IncidentBuilder incident, int words = 500)
    {
        var snapshot = incident.Build();
        return PostmortemReview.Review(PostmortemModel.From(snapshot, snapshot.Incident.DeclaredAt), snapshot, "", words, null, new PostmortemOptions());
    }
}
