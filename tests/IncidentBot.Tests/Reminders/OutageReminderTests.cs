using IncidentBot.Incidents.Chat;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Reminders;

public sealed class OutageReminderTests
{
    [Fact]
    public async Task What_is_forgotten_is_asked_for_once()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev4 Checkout is slow");
        await chat.DeliverAsync();
        var before = Room(chat).Count;

        await chat.PassAsync(TimeSpan.FromHours(5));

        Assert.Equal(
            [
                "When and how was INC-1 detected?",
                "Nobody is in command of INC-1.",
                "The impact of INC-1 is not recorded yet: which service, what users experience, how many percent of them.",
                "Nothing was recorded of INC-1 for 1 h. What was tried, and what did it show? If it is over: /incident INC-1 resolve",
            ],
            Room(chat).Skip(before).Select(t => t.Split('\n')[0]));
    }

    [Fact]
    public async Task What_was_recorded_in_time_is_not_asked_for()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev4 Checkout is slow --service checkout");
        await chat.TypeAsync("maria", "/incident detected by monitoring latency alert");
        await chat.TypeAsync("maria", "/incident role commander @maria");
        await chat.TypeAsync("maria", "/incident impact --users 30% pages take ten seconds");
        await chat.DeliverAsync();
        var before = Room(chat).Count;

        await chat.PassAsync(TimeSpan.FromMinutes(50));

        Assert.Equal(before, Room(chat).Count);
    }

    [Fact]
    public async Task A_sev1_is_to_be_told_of_every_half_an_hour_and_an_update_starts_it_anew()
    {
        await using var chat = await StartedAsync("sev1");

        await chat.PassUntilAsync("2026-03-02T09:46:00Z");
        await chat.TypeAsync("maria", "/incident update we know the cause");
        await chat.PassUntilAsync("2026-03-02T10:30:00Z");

        Assert.Equal(["heard nothing for 30 min.", "heard nothing for 30 min."], Updates(chat));
        Assert.Equal(["9:45", "10:17"], await FiredAsync(chat, "StatusUpdate"));
    }

    [Fact]
    public async Task Whoever_speaks_for_the_incident_is_mentioned()
    {
        await using var chat = await StartedAsync("sev1");
        await chat.TypeAsync("maria", "/incident role comms @li");

        await chat.PassAsync(TimeSpan.FromMinutes(40));

        var reminder = chat.Platform.Messages.Single(m => m.Message.ToPlainText().Contains("stakeholders of INC-1", StringComparison.Ordinal));
        Assert.Contains(reminder.Message.Blocks.OfType<TextBlock>().First().Text.Spans, s => s is MentionSpan { Person.Name: "li" });
    }

    [Fact]
    public async Task A_raised_severity_shortens_the_time_and_sev4_has_none()
    {
        await using var chat = await StartedAsync("sev4");
        await chat.PassAsync(TimeSpan.FromMinutes(20));
        await chat.TypeAsync("maria", "/incident severity sev1");

        await chat.PassAsync(TimeSpan.FromMinutes(31));
        await chat.TypeAsync("maria", "/incident severity sev4");
        await chat.PassAsync(TimeSpan.FromHours(5));

        Assert.Single(Updates(chat));
    }

    [Fact]
    public async Task A_severity_that_was_typed_by_mistake_and_taken_back_leaves_its_status_updates()
    {
        await using var chat = await StartedAsync("sev1");
        await chat.TypeAsync("maria", "/incident severity sev4");

        await chat.TypeAsync("maria", "/timeline remove 2");
        await chat.PassAsync(TimeSpan.FromMinutes(31));

        Assert.Equal(["heard nothing for 32 min."], Updates(chat));
    }

    [Fact]
    public async Task Snoozing_keeps_all_of_it_back_until_then()
    {
        await using var chat = await StartedAsync("sev1");
        var button = new ChatButton("", "/incident INC-1 snooze 2h");

        await chat.TypeAsync("maria", button.Command!);
        await chat.PassAsync(TimeSpan.FromMinutes(119));
        var while_snoozed = Updates(chat).Count;
        await chat.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal((0, 1), (while_snoozed, Updates(chat).Count));
    }

    [Fact]
    public async Task Once_a_snooze_is_ended_what_it_kept_back_comes_and_the_rest_in_its_time()
    {
        await using var chat = await StartedAsync("sev1");
        await chat.TypeAsync("maria", "/incident snooze 20h");
        await chat.PassAsync(TimeSpan.FromMinutes(45));

        var answer = await chat.TypeAsync("maria", "/incident snooze OFF");
        await chat.PassAsync(TimeSpan.FromMinutes(1));
        var soon = Updates(chat).Count;
        await chat.PassAsync(TimeSpan.FromMinutes(35));
        await chat.TypeAsync("maria", "/incident resolve");

        Assert.Equal("The snooze is ended: reminders of INC-1 come again.", answer.Message.ToPlainText());
        Assert.Contains(Room(chat), t => t.StartsWith("Snooze ended Reminders of INC-1 come again.", StringComparison.Ordinal));
        Assert.Equal((1, 2), (soon, Updates(chat).Count));
        Assert.Contains("nobody is reminded of the outage any more", (await chat.TypeAsync("maria", "/incident INC-1 snooze off")).Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shorter_snooze_brings_forward_what_a_longer_one_kept_back()
    {
        await using var chat = await StartedAsync("sev1");
        await chat.TypeAsync("maria", "/incident snooze 24h");
        await chat.PassAsync(TimeSpan.FromMinutes(45));

        await chat.TypeAsync("maria", "/incident snooze 20m");
        await chat.PassAsync(TimeSpan.FromMinutes(19));
        var whileSnoozed = Updates(chat).Count;
        await chat.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((0, 1), (whileSnoozed, Updates(chat).Count));
    }

    [Fact]
    public async Task Once_the_second_of_two_snoozes_is_ended_what_the_first_kept_back_comes()
    {
        await using var chat = await StartedAsync("sev1");
        await chat.TypeAsync("maria", "/incident snooze 24h");
        await chat.PassAsync(TimeSpan.FromMinutes(45));
        await chat.TypeAsync("maria", "/incident snooze 2h");

        await chat.TypeAsync("maria", "/incident snooze off");
        await chat.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Single(Updates(chat));
    }

    [Theory]
    [InlineData("/incident snooze", "For how long?")]
    [InlineData("/incident snooze 30", "\"30\" is no time to snooze for. Use a duration of at most a day, such as 20m or 1h30m, or off to end a snooze.")]
    [InlineData("/incident snooze 2 days", "at most a day")]
    [InlineData("/incident snooze off", "The reminders of INC-1 are not snoozed.")]
    [InlineData("/incident snooze -5m", "is no time to snooze for")]
    public async Task Snoozing_for_no_time_is_refused(string text, string reason)
    {
        await using var chat = await StartedAsync("sev1");

        var answer = await chat.TypeAsync("maria", text);

        Assert.True(answer.IsRefused);
        Assert.Contains(reason, answer.Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_end_nobody_is_reminded_of_the_outage()
    {
        await using var chat = await StartedAsync("sev1");
        await chat.TypeAsync("maria", "/incident cancel the probe was broken");
        await chat.DeliverAsync();
        var before = Room(chat).Count;

        await chat.PassAsync(TimeSpan.FromDays(20));

        Assert.Equal(before, Room(chat).Count);
    }

    [Fact]
    public async Task A_reminder_that_is_sent_too_late_is_not_sent()
    {
        await using var chat = await StartedAsync("sev1");
        chat.Time.Advance(TimeSpan.FromMinutes(45));
        foreach (var due in (await chat.Reminders.ListWaitingAsync(CancellationToken.None)).Where(r => r.RunAt <= chat.Time.GetUtcNow()))
            await chat.Reminders.FireAsync(due.Id, CancellationToken.None);

        // The platform was slow to take it, and the outage ended meanwhile.
        await chat.TypeAsync("maria", "/incident resolve rolled back");
        await chat.DeliverAsync();

        Assert.Empty(Updates(chat));
    }

    [Fact]
    public async Task A_scheduler_that_is_a_moment_ahead_reminds_once()
    {
        await using var chat = await StartedAsync("sev1");
        await chat.PassUntilAsync("2026-03-02T09:44:59.5Z");
        foreach (var due in await chat.Reminders.ListWaitingAsync(CancellationToken.None))
            await chat.Reminders.FireAsync(due.Id, CancellationToken.None);
        await chat.DeliverAsync();

        await chat.PassUntilAsync("2026-03-02T10:00:00Z");

        Assert.Equal(["heard nothing for 30 min."], Updates(chat));
    }

    [Fact]
    public async Task After_it_is_reopened_it_begins_again()
    {
        await using var chat = await StartedAsync("sev1");
        await chat.TypeAsync("maria", "/incident resolve rolled back");
        await chat.PassAsync(TimeSpan.FromMinutes(40));
        await chat.TypeAsync("maria", "/incident reopen errors are back", room: "inc-1");

        await chat.PassAsync(TimeSpan.FromMinutes(31));

        Assert.Single(Updates(chat));
    }

    [Fact]
    public async Task What_came_due_while_it_was_over_is_asked_for_after_it_is_reopened_and_what_was_said_is_not_said_again()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev4 Checkout is slow");
        await chat.PassUntilAsync("2026-03-02T09:26:00Z");
        await chat.TypeAsync("maria", "/incident resolve");
        await chat.PassUntilAsync("2026-03-02T10:59:00Z");

        await chat.TypeAsync("maria", "/incident reopen errors are back", room: "inc-1");
        await chat.PassAsync(TimeSpan.FromHours(5));

        Assert.Equal(["9:25"], await FiredAsync(chat, "NoDetection"));
        Assert.Equal(["11:15"], await FiredAsync(chat, "NoCommander"));
        Assert.Equal(["11:20"], await FiredAsync(chat, "NoImpact"));
        Assert.Equal(["12:00"], await FiredAsync(chat, "Quiet"));
    }

    [Fact]
    public async Task What_still_waited_when_it_was_reopened_comes_once_and_in_its_time()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev4 Checkout is slow");
        await chat.TypeAsync("maria", "/incident resolve");

        await chat.TypeAsync("maria", "/incident INC-1 reopen errors are back");
        await chat.PassAsync(TimeSpan.FromHours(5));

        Assert.Equal(["9:25"], await FiredAsync(chat, "NoDetection"));
        Assert.Equal(["9:30"], await FiredAsync(chat, "NoCommander"));
    }

    [Fact]
    public async Task A_snooze_from_before_the_end_is_over_when_it_is_reopened()
    {
        await using var chat = await StartedAsync("sev1");
        await chat.TypeAsync("maria", "/incident snooze 20h");
        await chat.TypeAsync("maria", "/incident resolve rolled back");
        await chat.PassAsync(TimeSpan.FromHours(2));

        await chat.TypeAsync("maria", "/incident reopen errors are back", room: "inc-1");
        await chat.PassAsync(TimeSpan.FromMinutes(31));

        Assert.Equal(["heard nothing for 30 min."], Updates(chat));
    }

    [Fact]
    public async Task No_more_than_a_few_come_within_an_hour()
    {
        await using var chat = await TestChat.StartAsync(settings: new() { ["Reminders:MostPerHour"] = "2", ["Reminders:UpdateSev1"] = "10m" });
        await chat.TypeAsync("maria", "/incident start sev1 Checkout is down");

        await chat.PassAsync(TimeSpan.FromHours(3));

        var fired = (await FiredAsync(chat)).Select(TimeSpan.Parse).ToList();
        Assert.All(fired, at => Assert.True(fired.Count(other => other >= at && other < at + TimeSpan.FromHours(1)) <= 2));
        Assert.True(fired.Count >= 5);
    }

    [Fact]
    public async Task A_drill_says_that_it_is_one()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev1 Trying it out --drill");
        await chat.TypeAsync("maria", "/incident escalate \"database team\" help");
        await chat.DeliverAsync();
        var before = Room(chat).Count;

        await chat.PassAsync(TimeSpan.FromHours(1));

        Assert.NotEmpty(Room(chat).Skip(before));
        Assert.All(Room(chat).Skip(before), text => Assert.Contains("drill", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reminder_that_throws_is_tried_again_and_holds_up_no_other()
    {
        await using var chat = await StartedAsync("sev1");
        // No rule can find an escalation that is not there.
        await chat.Store.WriteAsync(async db =>
        {
            db.Add(new IncidentBot.Incidents.Reminders.Reminder(IncidentBot.Incidents.Reminders.ReminderKind.Escalation, 1, 99, chat.Time.GetUtcNow(), chat.Time.GetUtcNow()));
            return await db.SaveChangesAsync();
        }, CancellationToken.None);

        await chat.PassAsync(TimeSpan.FromHours(4));

        await using var db = chat.Store.Read();
        var failed = Assert.Single(db.Reminders.Where(r => r.Subject == 99));
        Assert.Equal((IncidentBot.Incidents.Reminders.ReminderState.Failed, 10, "InvalidOperationException"), (failed.State, failed.Attempts, failed.Note));
        Assert.NotEmpty(Updates(chat));
    }

    private static IReadOnlyList<string> Room(TestChat chat) => chat.Platform.TextsIn("inc-1");

    private static List<string> Updates(TestChat chat) =>
        [.. Room(chat).Where(t => t.Contains("takeholders of INC-1", StringComparison.Ordinal)).Select(t => t.Split('\n')[0][(t.IndexOf("have ", StringComparison.Ordinal) + 5)..])];

    private static async Task<IReadOnlyList<string>> FiredAsync(TestChat chat, string? kind = null)
    {
        await using var db = chat.Store.Read();
        return [.. db.Reminders.Where(r => r.State == IncidentBot.Incidents.Reminders.ReminderState.Fired).OrderBy(r => r.DoneAt).AsEnumerable()
            .Where(r => kind is null || r.Kind.ToString() == kind).Select(r => $"{r.DoneAt:H:mm}")];
    }

    private static async Task<TestChat> StartedAsync(string severity)
    {
        // Of what is forgotten other tests tell.
        var chat = await TestChat.StartAsync(settings: new() { ["Reminders:DetectionAfter"] = "0", ["Reminders:CommanderAfter"] = "0", ["Reminders:ImpactAfter"] = "0", ["Reminders:QuietAfter"] = "0" });
        await chat.TypeAsync("maria", $"/incident start {severity} Checkout is down");
        await chat.DeliverAsync();
        return chat;
    }
}
