using IncidentBot.Incidents.Timeline;
using IncidentBot.Tests.Fakes;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Tests.Timeline;

public sealed class CorrectEntryTests
{
    [Fact]
    public async Task Each_recording_command_makes_exactly_one_entry_and_the_others_make_none()
    {
        await using var chat = await TestChat.StartAsync();
        chat.Platform.Capabilities = default;
        foreach (var text in new[]
        {
            "/incident start sev2 Checkout answers 500", "/incident detected by monitoring an alert", "/incident impact --users 30% payments fail",
            "/incident status identified a leak", "/incident severity sev1", "/incident role commander @maria", "/incident update on it",
            "/incident escalate @li help", "/incident started 09:00", "/timeline note n", "/timeline action a", "/timeline hypothesis h", "/timeline misleading m",
            "/incident cause c", "/incident fix f", "/incident improve i", "/incident task t", "/timeline edit 10 changed", "/timeline move 10 09:01", "/timeline kind 10 action",
            "/incident resolve done", "/incident reopen again", "/incident cancel mistake",
        })
        {
            var answer = await chat.TypeAsync("maria", text);
            Assert.False(answer.IsRefused, answer.Message.ToPlainText());
        }

        var kinds = (await chat.ReadAsync()).Entries.OrderBy(e => e.Number).Select(e => e.Kind);
        Assert.Equal(
            [
                EntryKind.Declared, EntryKind.Detected, EntryKind.Impact, EntryKind.Status, EntryKind.Severity, EntryKind.Role, EntryKind.Update,
                EntryKind.Escalated, EntryKind.Started, EntryKind.Action, EntryKind.Action, EntryKind.Hypothesis, EntryKind.Misleading,
                EntryKind.Resolved, EntryKind.Reopened, EntryKind.Cancelled,
            ],
            kinds);
    }

    [Fact]
    public async Task A_correction_keeps_the_earlier_text_who_changed_it_and_when()
    {
        await using var chat = await TestChat.StartAsync("2026-03-02T09:14:00Z");
        await chat.TypeAsync("maria", "/incident start sev2 Checkout answers 500");
        await chat.TypeAsync("maria", "/timeline action looked at the database host");

        await chat.TypeAsync("li", "/timeline edit 2 looked at the web host");

        await using var db = chat.Store.Read();
        var entry = await db.Entries.Include(e => e.Revisions).SingleAsync(e => e.Number == 2);
        var revision = Assert.Single(entry.Revisions);
        Assert.Equal("looked at the web host", entry.Text);
        Assert.Equal(
            (EntryCorrection.Edited, "looked at the database host", "li", DateTimeOffset.Parse("2026-03-02T09:17:00Z", null)),
            (revision.Correction, revision.EarlierText, revision.By.Name, revision.At));
    }

    [Fact]
    public async Task A_removed_entry_is_gone_from_the_timeline_and_its_number_is_never_given_again()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Checkout answers 500");
        await chat.TypeAsync("maria", "/timeline note wrong window");

        await chat.TypeAsync("maria", "/timeline remove 2");
        await chat.TypeAsync("maria", "/timeline note right window");

        Assert.Equal([1, 3], (await chat.ReadAsync()).Entries.Select(e => e.Number));
        var again = await chat.TypeAsync("maria", "/timeline edit 2 text");
        Assert.Contains("#2 of INC-1 was removed", again.Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Correcting_what_states_a_fact_corrects_the_incident()
    {
        await using var chat = await TestChat.StartAsync("2026-03-02T09:14:00Z");
        chat.Platform.Capabilities = default;
        await chat.TypeAsync("maria", "/incident start sev2 Chekout is down");
        await chat.TypeAsync("maria", "/incident detected at 09:10 by monitoring an alert");
        await chat.TypeAsync("maria", "/incident impact --service web --users 10% some pages fail");
        await chat.TypeAsync("maria", "/incident impact --service checkout --users 30% payments fail");
        await chat.TypeAsync("maria", "/incident resolve done");

        await chat.TypeAsync("li", "/timeline edit 1 Checkout is down");
        await chat.TypeAsync("li", "/timeline move 2 09:05");
        await chat.TypeAsync("li", "/timeline remove 4");
        await chat.TypeAsync("li", "/timeline move 5 09:18");
        await chat.TypeAsync("li", "/timeline edit 5 rolled back");

        var incident = (await chat.ReadAsync()).Incident;
        Assert.Equal("Checkout is down", incident.Title);
        Assert.Equal(DateTimeOffset.Parse("2026-03-02T09:05:00Z", null), incident.DetectedAt);
        Assert.Equal((10m, "some pages fail"), (incident.PercentOfUsers, incident.Experience));
        Assert.Equal(["web"], incident.Services);
        Assert.Equal(DateTimeOffset.Parse("2026-03-02T09:18:00Z", null), incident.ResolvedAt);
        Assert.Equal("rolled back", incident.Resolution);
    }

    [Fact]
    public async Task Removing_the_answer_to_an_escalation_opens_it_again()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        await chat.TypeAsync("maria", "/incident escalate @li help");
        await chat.TypeAsync("li", "/incident ack");

        await chat.TypeAsync("maria", "/timeline remove 3");

        Assert.Equal(Incidents.Escalations.EscalationState.Open, (await chat.ReadAsync()).Escalations.Single().State);
    }

    [Theory]
    [InlineData("/timeline remove 1", "/incident cancel")]
    [InlineData("/timeline remove 2", "/incident reopen")]
    [InlineData("/timeline kind 1 note", "Only note, action, hypothesis and misleading entries")]
    [InlineData("/timeline edit 99 text", "There is no entry #99")]
    [InlineData("/timeline edit 3 text", "/incident role commander|comms|scribe @user")]
    public async Task What_cannot_be_corrected_is_refused_with_what_to_do_instead(string text, string hint)
    {
        await using var chat = await TestChat.StartAsync();
        chat.Platform.Capabilities = default;
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        await chat.TypeAsync("maria", "/incident resolve done");
        await chat.TypeAsync("maria", "/incident role scribe @li");

        var answer = await chat.TypeAsync("maria", text);

        Assert.True(answer.IsRefused);
        Assert.Contains(hint, answer.Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_is_shown_in_the_order_of_when_things_occurred_in_the_readers_zone()
    {
        await using var chat = await TestChat.StartAsync("2026-03-02T09:14:00Z");
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        await chat.TypeAsync("maria", "/timeline note at 08:00 UTC earlier");

        var shown = (await chat.TypeAsync("li", "/timeline show", zone: "Europe/Paris")).Message.ToPlainText();

        Assert.Contains("2026-03-02 Europe/Paris", shown, StringComparison.Ordinal);
        Assert.True(shown.IndexOf("#2 09:00 Note earlier", StringComparison.Ordinal) < shown.IndexOf("#1 10:15 Declared sev2", StringComparison.Ordinal), shown);
    }

    [Theory]
    [InlineData("<script>alert(1)</script> & <!here> @here")]
    [InlineData("{{ for x in 1..1000000 }}{{ end }} {{ include 'secret' }}")]
    [InlineData("\u202Eevil\u202C right to left \u05D0\u05D1")]
    [InlineData("a\0b")]
    public async Task Hostile_text_is_kept_as_typed(string text)
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");

        await chat.TypeAsync("maria", "/timeline note " + text);
        await chat.TypeAsync("maria", "/timeline note " + new string('x', 10_000));

        // PostgreSQL takes no NUL, so it is the one character that is replaced.
        var entries = (await chat.ReadAsync()).Entries;
        Assert.Equal(text.Replace('\0', '\uFFFD'), entries[1].Text);
        Assert.Equal(10_000, entries[2].Text.Length);
    }
}
