using FsCheck;
using FsCheck.Fluent;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Timeline;
using IncidentBot.Tests.Builders;

namespace IncidentBot.Tests.Postmortems;

public sealed class TimelineSelectionTests
{
    [Fact]
    public void An_escalation_and_its_answer_are_one_bullet()
    {
        var bullets = Bullets(Incident()
            .Escalated("09:20", "bram", "you hold the rights, please join")
            .Acknowledged("09:25", 1, "bram"));

        Assert.Equal("09:20 - Escalated to @bram (acknowledged at 09:25, after 5 min): you hold the rights, please join", bullets[1]);
        Assert.Equal(2, bullets.Count);
    }

    [Fact]
    public void An_answer_by_somebody_else_names_them() => Assert.Equal(
        "09:20 - Escalated to hosting (acknowledged by @li at 09:25, after 5 min)",
        Bullets(Incident().Escalated("09:20", "hosting", "", isKnown: false).Acknowledged("09:25", 1, "li"))[1]);

    [Fact]
    public void An_answer_on_another_day_names_the_day() => Assert.Equal(
        "23:50 - Escalated to @bram (acknowledged at 2026-03-03 00:10 UTC, after 20 min)",
        Bullets(Incident().Escalated("2026-03-02 23:50", "bram", "").Acknowledged("2026-03-03 00:10", 1, "bram"))[1]);

    [Fact]
    public void An_answer_cannot_be_confused_with_a_time_in_the_reason() => Assert.Equal(
        "09:20 - Escalated to @bram (acknowledged at 2026-03-02 09:25 UTC, after 5 min): please come before 18:00 CET",
        Bullets(Incident().Escalated("09:20", "bram", "please come before 18:00 CET").Acknowledged("09:25", 1, "bram"))[1]);

    [Fact]
    public void A_declined_escalation_says_so_with_the_reason() => Assert.Equal(
        "09:20 - Escalated to @bram (declined at 09:25, on leave): join us",
        Bullets(Incident().Escalated("09:20", "bram", "join us").Declined("09:25", 1, "bram", "on leave"))[1]);

    [Fact]
    public void An_escalation_that_nobody_answered_says_so() => Assert.Equal(
        "09:20 - Escalated to @bram (not acknowledged): join us",
        Bullets(Incident().Escalated("09:20", "bram", "join us"))[1]);

    [Fact]
    public void Kinds_are_told_apart_in_words()
    {
        var bullets = Bullets(Incident()
            .Detected("09:15", DetectionSource.Other, "a supplier called")
            .Hypothesis("09:16", "the disk is full")
            .Misleading("09:17", "restarted the gateway")
            .Action("09:18", "Emptied the disk")
            .Status("09:19", IncidentStatus.Monitoring)
            .SeverityChanged("09:20", Severity.Sev1, "everybody is hit")
            .Role("09:21", IncidentRole.Commander, "li")
            .Started("09:22", "09:10")
            .Impact("09:23", "no orders", 12.5m, "checkout", "orders")
            .Resolved("09:24", "")
            .Reopened("09:25", "again"));

        Assert.Equal(
            [
                "09:14 - Declared as sev2 by @maria",
                "09:15 - Detected by other means: a supplier called",
                "09:16 - Assumption: the disk is full",
                "09:17 - Misleading path: restarted the gateway",
                "09:18 - Emptied the disk",
                "09:19 - Status monitoring",
                "09:20 - Severity raised from sev2 to sev1: everybody is hit",
                "09:21 - @li is commander",
                "09:22 - Start corrected to 2026-03-02 09:10 UTC",
                "09:23 - Impact on checkout, orders, 12.5% of users: no orders",
                "09:24 - Resolved",
                "09:25 - Reopened: again",
            ],
            bullets);
    }

    [Fact]
    public void Bullets_carry_the_offset_when_the_clocks_change_meanwhile()
    {
        var snapshot = new IncidentBuilder(at: "2026-10-25 00:14", zone: "Europe/Berlin")
            .Action("00:30", "first")
            .Action("01:30", "second")
            .Build();

        Assert.Equal(
            ["02:30 UTC+02:00 - first", "02:30 UTC+01:00 - second"],
            Bullets(snapshot, int.MaxValue).Skip(1));
    }

    [Fact]
    public void A_bullet_has_two_sentences_at_most() => Assert.Equal(
        "09:20 - Ran the plan. Nothing is applied. …",
        Bullets(Incident().Action("09:20", "Ran the plan.\nNothing is applied. The output is saved."))[1]);

    [Fact]
    public void A_note_of_ten_thousand_characters_is_shortened()
    {
        var bullets = Bullets(Incident().Note("09:20", new string('x', 10_000)).Note("09:21", string.Concat(Enumerable.Repeat("word ", 2_000))));

        Assert.All(bullets, b => Assert.InRange(b.Length, 1, 300));
        Assert.Equal(3, bullets.Count);
    }

    [Fact]
    public void Notes_go_before_status_and_status_before_actions()
    {
        var incident = Incident()
            .Action("09:20", "Action of five words here")
            .Status("09:21", IncidentStatus.Identified, "words and more words here")
            .Note("09:22", "Note of five words here");

        Assert.Equal(["09:20 - Action of five words here"], Bullets(incident, 6));
        Assert.Equal(["09:20 - Action of five words here", "09:21 - Status identified: words and more words here"], Bullets(incident, 14));
    }

    [Fact]
    public void Actions_and_assumptions_are_shortened_before_one_is_dropped()
    {
        var incident = Incident();
        for (int minute = 10; minute < 30; minute++)
            incident.Action($"10:{minute}", $"Looked at host {minute} because it was slow. It answered after a long while and then went on as if nothing had ever happened to it.");

        var bullets = Bullets(incident, 250);

        Assert.Equal(20, bullets.Count(b => b.Contains("Looked at", StringComparison.Ordinal)));
        Assert.Contains(bullets, b => b.EndsWith("slow. …", StringComparison.Ordinal));
    }

    [Fact]
    public void Room_that_is_left_gives_bullets_their_length_back()
    {
        var incident = Incident()
            .Cause("The staging folder filled the partition")
            .Action("10:10", "Looked at one host. It was slow.")
            .Action("10:11", "Looked at another host. It was slow too.")
            .Action("10:12", "Found the staging folder that filled the partition " + string.Concat(Enumerable.Repeat("and more ", 20)));

        // Cutting the first two is not enough, cutting the third is more than enough.
        var bullets = Bullets(incident, 50).Skip(1).ToList();

        Assert.Equal(["10:10 - Looked at one host. It was slow.", "10:11 - Looked at another host. It was slow too."], bullets.Take(2));
        Assert.EndsWith("…", bullets[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Among_notes_those_that_speak_of_the_cause_stay()
    {
        var incident = Incident()
            .Cause("The staging folder filled the partition")
            .Note("12:00", "Somebody brought sandwiches for everyone")
            .Note("13:00", "The staging folder grows again now");

        Assert.Equal(["13:00 - The staging folder grows again now"], Bullets(incident, 14).Skip(1));
    }

    [Fact]
    public void Impact_that_was_corrected_goes_before_notes()
    {
        var incident = Incident()
            .Impact("09:20", "one two three", 10)
            .Impact("09:21", "four five six", 20)
            .Note("09:22", "a note of some words");

        Assert.DoesNotContain(Bullets(incident, 14), b => b.Contains("10%", StringComparison.Ordinal));
        Assert.Contains(Bullets(incident, 14), b => b.Contains("a note", StringComparison.Ordinal));
    }

    [Fact]
    public void Detection_and_resolution_stay_whatever_the_budget()
    {
        var bullets = Bullets(
            Incident().Detected("09:15", DetectionSource.Engineer, "saw it").Misleading("09:16", "a path").Note("09:17", "a note").Resolved("09:30", "done"), -500);

        Assert.Equal(3, bullets.Count);
    }

    [Fact]
    public void What_is_left_out_is_counted_with_merged_answers()
    {
        var incident = Incident();
        for (int i = 1; i <= 40; i++)
            incident.Escalated("09:20", $"person{i}", "").Acknowledged("09:21", i, $"person{i}");
        var snapshot = incident.Build();

        var chosen = Choose(snapshot, 120);

        Assert.Equal(81, snapshot.Entries.Count);
        Assert.Equal(81, chosen.LeftOut + (2 * chosen.Bullets.Count));
    }

    [Fact]
    public void Any_mix_of_entries_keeps_within_the_budget_and_in_order()
    {
        var kinds = Gen.Elements(EntryKind.Note, EntryKind.Action, EntryKind.Hypothesis, EntryKind.Misleading, EntryKind.Update, EntryKind.Reopened);
        var entry = from kind in kinds
                    from minute in Gen.Choose(0, 4000)
                    from length in Gen.Choose(0, 70)
                    select (kind, minute, text: string.Join(' ', Enumerable.Range(0, length).Select(i => i % 9 == 8 ? "end." : i % 9 == 0 ? "Word" : "word")));
        var mixes = from entries in Gen.ListOf(entry)
                    from budget in Gen.Choose(TimelineSelection.Floor, 600)
                    select (entries, budget);

        Prop.ForAll(mixes.ToArbitrary(), mix =>
        {
            var incident = Incident();
            var start = incident.Time("2026-03-02 09:14");
            foreach (var (kind, minute, text) in mix.entries)
                incident.Entry(kind, start.AddMinutes(minute), text);
            var snapshot = incident.Build();
            var chosen = Choose(snapshot, mix.budget);
            int dates = chosen.Bullets.Select(b => b.Date).Distinct().Count();
            int words = chosen.Bullets.Sum(b => b.WordCount) + (dates > 1 ? dates : 0);
            bool isFull = chosen.LeftOut == 0 || words > mix.budget - 15;
            return words <= mix.budget
                && isFull
                && chosen.LeftOut + chosen.Bullets.Count == snapshot.Entries.Count
                && chosen.Bullets.SequenceEqual(chosen.Bullets.OrderBy(b => b.At).ThenBy(b => b.Number))
                && chosen.Bullets.All(b => Sentences.Count(b.Text) <= 2);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Five_thousand_entries_are_chosen_from_quickly()
    {
        var incident = Incident();
        var start = incident.Time("2026-03-02 09:14");
        for (int i = 0; i < 5000; i++)
            incident.Entry(i % 3 == 0 ? EntryKind.Action : EntryKind.Note, start.AddMinutes(i), $"Did number {i} of a great many things that had to be done. It went well.");

        Assert.NotEmpty(Choose(incident.Build(), 400).Bullets);
    }

    private static IncidentBuilder Incident() => new();

    private static TimelineSelection Choose(IncidentSnapshot snapshot, int budget) =>
        TimelineSelection.Choose(PostmortemModel.From(snapshot, snapshot.Incident.DeclaredAt).Candidates, budget);

    private static List<string> Bullets(IncidentBuilder incident, int budget = int.MaxValue) => Bullets(incident.Build(), budget);

    private static List<string> Bullets(IncidentSnapshot snapshot, int budget) =>
        [.. Choose(snapshot, budget).Bullets.Select(b => $"{b.Time} - {b.Label}{(b.Label.Length > 0 && b.Text.Length > 0 ? ": " : "")}{b.Text}")];
}
