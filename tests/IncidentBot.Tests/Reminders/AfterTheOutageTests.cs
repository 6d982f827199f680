using IncidentBot.Incidents;
using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Chat;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Reminders;

public sealed class AfterTheOutageTests
{
    [Fact]
    public async Task What_is_missing_is_asked_for_after_an_hour_on_the_next_working_morning_and_then_weekly()
    {
        // A Friday, in a zone whose clocks change in between.
        await using var chat = await ResolvedAsync("2026-03-27T15:00:00Z", "Europe/Paris");

        await chat.PassAsync(TimeSpan.FromDays(20));

        Assert.Equal(
            // The fifth working day, when it is due, is the Friday after.
            ["2026-03-27 17:02", "2026-03-30 09:00", "2026-04-03 09:00", "2026-04-10 09:00"],
            await FiredAsync(chat, "MissingParts", "Europe/Paris"));
        var prompt = chat.Platform.TextsIn("inc-1").Where(t => t.Contains("the postmortem of INC-1 lacks", StringComparison.Ordinal)).ToList();
        Assert.StartsWith("@maria, the postmortem of INC-1 lacks the root cause, the fix, the impact and the tasks. It is due on 2026-04-03.", prompt[0], StringComparison.Ordinal);
        Assert.Contains("It is due today.", prompt[2], StringComparison.Ordinal);
        Assert.Contains("It was due on 2026-04-03.", prompt[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_comes_late_on_its_day_moves_none_of_the_following_weeks()
    {
        await using var chat = await ResolvedAsync();
        await chat.PassUntilAsync("2026-03-09T10:00:00Z");

        chat.Time.Advance(TimeSpan.Parse("7.05:00:00", System.Globalization.CultureInfo.InvariantCulture));
        await chat.PassUntilAsync("2026-03-24T10:00:00Z");

        Assert.Equal(["2026-03-16 15:00", "2026-03-23 09:00"], (await FiredAsync(chat, "MissingParts")).TakeLast(2));
    }

    [Fact]
    public async Task Once_all_of_it_is_there_nobody_is_asked_any_more()
    {
        await using var chat = await ResolvedAsync();
        await chat.PassAsync(TimeSpan.FromHours(2));
        await chat.TypeAsync("maria", "/incident cause the release leaked connections", room: "inc-1");
        await chat.TypeAsync("maria", "/incident fix rolled it back", room: "inc-1");
        await chat.TypeAsync("maria", "/incident impact --service checkout --users 30% errors", room: "inc-1");
        await chat.TypeAsync("maria", "/incident task alert on connections", room: "inc-1");
        await chat.TypeAsync("maria", "/incident task done 1", room: "inc-1");

        await chat.PassAsync(TimeSpan.FromDays(20));

        Assert.Single(await FiredAsync(chat, "MissingParts"));
    }

    [Fact]
    public async Task What_is_missing_again_after_a_correction_is_asked_for_again()
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", "/incident impact --service checkout --users 30% errors", room: "inc-1");
        await chat.TypeAsync("maria", "/incident cause the release leaked connections", room: "inc-1");
        await chat.TypeAsync("maria", "/incident fix rolled it back", room: "inc-1");
        await chat.TypeAsync("maria", "/incident task alert on connections", room: "inc-1");
        await chat.PassUntilAsync("2026-03-05T12:00:00Z");

        await chat.TypeAsync("maria", "/timeline remove 3", room: "inc-1");
        await chat.PassUntilAsync("2026-03-17T00:00:00Z");

        Assert.Equal(["2026-03-06 09:00", "2026-03-09 09:00", "2026-03-16 09:00"], await FiredAsync(chat, "MissingParts"));
        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("@maria, the postmortem of INC-1 lacks the impact. It is due on 2026-03-09.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_asked_for_shortly_before_a_working_morning_is_not_asked_for_again_on_it()
    {
        await using var chat = await ResolvedAsync("2026-03-02T07:48:00Z");

        await chat.PassUntilAsync("2026-03-03T10:00:00Z");

        Assert.Equal(["2026-03-02 08:50", "2026-03-03 09:00"], await FiredAsync(chat, "MissingParts"));
    }

    [Fact]
    public async Task What_was_waived_is_not_asked_for_and_nothing_is_once_all_of_it_is_waived_or_there()
    {
        await using var chat = await ResolvedAsync();
        chat.Platform.AnnouncementConversation = new Conversation(chat.Platform.Name, "announcements");
        await chat.Reminders.PrepareAsync(CancellationToken.None);
        await chat.TypeAsync("li", "/incident waive cause the provider does not tell", room: "inc-1");
        await chat.TypeAsync("li", "/incident waive impact the logs are gone", room: "inc-1");
        await chat.PassAsync(TimeSpan.FromHours(2));
        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("@maria, the postmortem of INC-1 lacks the fix and the tasks.", StringComparison.Ordinal));
        await chat.TypeAsync("li", "/incident waive tasks it is shut down next week", room: "inc-1");
        await chat.TypeAsync("li", "/incident fix it went away by itself", room: "inc-1");

        await chat.PassAsync(TimeSpan.FromDays(20));

        Assert.Single(await FiredAsync(chat, "MissingParts"));
        Assert.Empty(chat.Platform.TextsIn("announcements"));
    }

    [Fact]
    public async Task Where_nobody_wants_to_be_asked_nobody_is()
    {
        await using var chat = await ResolvedAsync(settings: new() { ["Reminders:MissingAfter"] = "0" });
        await chat.TypeAsync("maria", "/incident due 2026-03-06", room: "inc-1");

        await chat.PassAsync(TimeSpan.FromDays(20));

        Assert.Empty(await FiredAsync(chat, "MissingParts"));
    }

    [Theory]
    // On a Tuesday, after it was asked for the second time: it is not waited for a week.
    [InlineData("2026-03-03T12:00:00Z", "2026-03-05", "2026-03-05 09:00", "2026-03-12 09:00")]
    // Later than it was: it is asked for as before, until a week would be too long.
    [InlineData("2026-03-03T12:00:00Z", "2026-03-13", "2026-03-09 09:00", "2026-03-13 09:00", "2026-03-20 09:00")]
    // This morning has passed; the week's comes.
    [InlineData("2026-03-03T12:00:00Z", "2026-03-03", "2026-03-09 09:00", "2026-03-16 09:00")]
    public async Task With_the_day_on_which_it_is_due_the_reminder_moves(string at, string to, params string[] asked)
    {
        await using var chat = await ResolvedAsync();
        await chat.PassUntilAsync(at);

        await chat.TypeAsync("maria", $"/incident due {to}", room: "inc-1");
        await chat.PassUntilAsync("2026-03-21T00:00:00Z");

        Assert.Equal(["2026-03-02 10:16", "2026-03-03 09:00", .. asked], (await FiredAsync(chat, "MissingParts")).Take(2 + asked.Length));
        Assert.Equal(asked.Contains($"{to} 09:00"), chat.Platform.TextsIn("inc-1").Any(t => t.Contains("It is due today.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_day_given_in_the_first_hour_leaves_the_first_reminder_where_it_is()
    {
        // 08:30 on a Monday; the morning of the same day comes before the hour is over.
        await using var chat = await ResolvedAsync("2026-03-02T08:30:00Z");

        await chat.TypeAsync("maria", "/incident due today", room: "inc-1");
        await chat.PassUntilAsync("2026-03-03T08:00:00Z");

        Assert.Equal(["2026-03-02 09:32"], await FiredAsync(chat, "MissingParts"));
    }

    [Fact]
    public async Task After_a_second_resolution_it_is_asked_for_once_and_not_twice()
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", "/incident reopen errors are back", room: "inc-1");
        await chat.TypeAsync("maria", "/incident resolve restarted", room: "inc-1");

        await chat.PassAsync(TimeSpan.FromHours(2));

        Assert.Single(await FiredAsync(chat, "MissingParts"));
    }

    [Fact]
    public async Task A_task_is_told_of_before_it_is_due_on_the_day_and_weekly_from_then_on()
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", "/incident task alert on connections @li due 2026-03-12", room: "inc-1");

        await chat.PassAsync(TimeSpan.FromDays(25));

        // Tuesday, Thursday, Friday's check is the first after it; then each week.
        Assert.Equal(["2026-03-10 09:00", "2026-03-12 09:00", "2026-03-19 09:00", "2026-03-26 09:00"], await FiredAsync(chat, "ActionItem"));
        Assert.Equal(4, chat.Platform.TextsIn("li").Count);
        Assert.StartsWith("Task 1 of INC-1 was due 14 days ago, on 2026-03-12: alert on connections", chat.Platform.TextsIn("li")[^1], StringComparison.Ordinal);
        Assert.Equal(["Done", "New date", "Not mine"], Buttons(chat, "li").Select(b => b.Label));
    }

    [Fact]
    public async Task A_scheduler_that_is_a_moment_ahead_reminds_once()
    {
        await using var chat = await ResolvedAsync();
        chat.Platform.AnnouncementConversation = new Conversation(chat.Platform.Name, "announcements");
        await chat.Reminders.PrepareAsync(CancellationToken.None);
        await chat.TypeAsync("maria", "/incident task alert on connections @li due 2026-03-11", room: "inc-1");

        // Monday: the digest, what the postmortem lacks, and the task, which is due in two days.
        await chat.PassUntilAsync("2026-03-09T08:59:59.5Z");
        var asked = chat.Platform.TextsIn("inc-1").Count;
        foreach (var due in (await chat.Reminders.ListWaitingAsync(CancellationToken.None)).Where(r => r.RunAt < chat.Time.GetUtcNow().AddSeconds(1)).ToList())
            await chat.Reminders.FireAsync(due.Id, CancellationToken.None);
        await chat.PassUntilAsync("2026-03-09T10:00:00Z");
        await chat.DeliverAsync();

        Assert.Equal((1, 1, 1), (chat.Platform.TextsIn("li").Count, chat.Platform.TextsIn("announcements").Count, chat.Platform.TextsIn("inc-1").Count - asked));
    }

    [Fact]
    public async Task A_reminder_of_a_task_that_comes_late_says_so()
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", "/incident task alert on connections @li due 2026-03-12", room: "inc-1");

        chat.Time.Advance(TimeSpan.Parse("8.04:00:00", System.Globalization.CultureInfo.InvariantCulture));
        await chat.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Contains("this comes 4 h 17 min late", chat.Platform.TextsIn("li").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Done_by_its_button_ends_it_and_takes_the_buttons_away()
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", "/incident task alert on connections @li due 2026-03-12", room: "inc-1");
        await chat.PassUntilAsync("2026-03-10T10:00:00Z");

        await chat.TypeAsync("li", Buttons(chat, "li")[0].Command!, room: "li");
        await chat.PassAsync(TimeSpan.FromDays(20));

        Assert.Equal("Task 1 of INC-1 is done: alert on connections", Assert.Single(chat.Platform.TextsIn("li")).Split('\n')[0]);
        Assert.Empty(Buttons(chat, "li"));
    }

    [Fact]
    public async Task A_new_date_from_the_form_moves_the_reminders()
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", "/incident task alert on connections @li due 2026-03-12", room: "inc-1");
        await chat.PassUntilAsync("2026-03-10T10:00:00Z");
        var form = Buttons(chat, "li")[1].OpensForm!;

        var opened = await chat.Dispatcher.OpenFormAsync(form, new Conversation(chat.Platform.Name, "li"), chat.Somebody("li"), CancellationToken.None);
        await chat.SubmitAsync("li", form, new() { [opened.Form!.Inputs[0].Name] = "2026-03-20" });
        await chat.PassUntilAsync("2026-03-20T10:00:00Z");

        Assert.Equal(["2026-03-10 09:00", "2026-03-18 09:00", "2026-03-20 09:00"], await FiredAsync(chat, "ActionItem"));
    }

    [Fact]
    public async Task A_date_that_has_passed_keeps_the_form_open()
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", "/incident task alert on connections @li due 2026-03-12", room: "inc-1");

        var answer = await chat.SubmitAsync("li", new FormReference(RescheduleForm.Id, 1, Number: 1), new() { ["due"] = "2026-02-01" });

        Assert.Contains("has passed", answer.FieldErrors!["due"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_mine_asks_the_room_for_another_owner()
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", "/incident task alert on connections @li due 2026-03-12", room: "inc-1");
        await chat.PassUntilAsync("2026-03-10T10:00:00Z");

        await chat.TypeAsync("li", Buttons(chat, "li")[2].Command!, room: "li");
        await chat.PassUntilAsync("2026-03-12T10:00:00Z");
        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("Task 1 of INC-1", StringComparison.Ordinal) && t.Contains("nobody yet (/incident INC-1 task owner 1 @name)", StringComparison.Ordinal));
        await chat.TypeAsync("maria", "/incident task owner 1 @teo", room: "inc-1");
        await chat.PassUntilAsync("2026-03-13T10:00:00Z");

        Assert.Single(chat.Platform.TextsIn("li"));
        Assert.Single(chat.Platform.TextsIn("teo"));
    }

    [Fact]
    public async Task A_task_without_a_date_is_told_of_every_week()
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", "/incident task alert on connections", room: "inc-1");

        await chat.PassAsync(TimeSpan.FromDays(15));

        Assert.Equal(["2026-03-09 09:00", "2026-03-16 09:00"], await FiredAsync(chat, "ActionItem"));
        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("Task 1 of INC-1 has no due date: alert on connections", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/incident task due 1 yesterday", "has passed")]
    [InlineData("/incident task due 1", "The date is missing")]
    [InlineData("/incident task due 7 friday", "There is no task 7 in INC-1")]
    [InlineData("/incident task owner 1", "not said who")]
    [InlineData("/incident task not-mine 1", "Task 1 has no owner")]
    public async Task What_cannot_be_done_to_a_task_is_refused(string text, string reason)
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", "/incident task alert on connections", room: "inc-1");

        var answer = await chat.TypeAsync("maria", text, room: "inc-1");

        Assert.True(answer.IsRefused);
        Assert.Contains(reason, answer.Message.ToPlainText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_owner_whom_the_chat_does_not_know_is_told_to_whoever_names_them_and_the_room_is_reminded()
    {
        await using var chat = await ResolvedAsync();

        var added = await chat.TypeAsync("maria", "/incident task alert on connections @lee due 2026-03-12", room: "inc-1");
        var passedOn = await chat.TypeAsync("maria", "/incident task owner 1 @hosting", room: "inc-1");
        await chat.PassUntilAsync("2026-03-12T10:00:00Z");

        Assert.Equal("Task 1 of INC-1 is recorded. The chat knows nobody by the name lee, so the room is reminded of it.", added.Message.ToPlainText());
        Assert.Equal("Task 1 of INC-1 belongs to @hosting now. The chat knows nobody by the name hosting, so the room is reminded of it.", passedOn.Message.ToPlainText());
        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("Task 1 of INC-1 is due today: alert on connections\nowner: @hosting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_passed_a_task_on_is_told_so_by_the_buttons_of_their_old_message()
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", "/incident task alert on connections @li due 2026-03-12", room: "inc-1");
        await chat.PassUntilAsync("2026-03-12T10:00:00Z");
        await chat.TypeAsync("li", "/incident INC-1 task owner 1 @teo", room: "li");
        await chat.DeliverAsync();

        var old = chat.Platform.Messages.Last(m => m.Room == "li");
        var buttons = old.Message.Blocks.OfType<ButtonsBlock>().Single().Buttons;
        var notMine = await chat.TypeAsync("li", buttons.Single(b => b.Label == "Not mine").Command!, room: "li");
        var done = await chat.TypeAsync("li", buttons.Single(b => b.Label == "Done").Command!, room: "li");

        Assert.Contains("owner: @teo", old.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Equal("Task 1 belongs to @teo. Pass it on: /incident INC-1 task owner 1 @name", notMine.Message.ToPlainText().Split('\n')[0]);
        Assert.Equal("Task 1 of INC-1 is done.", done.Message.ToPlainText());
    }

    [Fact]
    public async Task A_task_may_begin_with_the_word_due_or_owner()
    {
        await using var chat = await ResolvedAsync();

        await chat.TypeAsync("maria", "/incident task owner of the gateway is unclear, name one", room: "inc-1");

        Assert.Equal("owner of the gateway is unclear, name one", (await chat.ReadAsync()).ActionItems.Single().Text);
    }

    [Fact]
    public async Task The_week_s_digest_tells_what_is_open_unwritten_and_overdue()
    {
        await using var chat = await ResolvedAsync();
        chat.Platform.AnnouncementConversation = new Conversation(chat.Platform.Name, "announcements");
        await chat.Reminders.PrepareAsync(CancellationToken.None);
        await chat.TypeAsync("maria", "/incident task alert on connections @li due 2026-03-05", room: "inc-1");
        await chat.TypeAsync("maria", "/incident start sev2 Search is slow");
        await chat.TypeAsync("maria", "/incident start sev2 A secret --private");

        await chat.PassUntilAsync("2026-03-09T09:01:00Z");

        Assert.Equal(
            """
            Incidents: what is left to do
            Still open
            - INC-2 sev2 investigating Search is slow · since 2026-03-02 09:18 UTC · #inc-2
            Postmortems that lack something
            - INC-1 Checkout is down: the root cause, the fix, the impact (due 2026-03-09) · #inc-1
            Overdue tasks
            - INC-1 task 1 alert on connections (owner: @li, due: 2026-03-05) · #inc-1
            """,
            chat.Platform.TextsIn("announcements")[^1],
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task A_week_without_anything_to_tell_has_no_digest_and_the_next_one_comes_all_the_same()
    {
        await using var chat = await TestChat.StartAsync();
        chat.Platform.AnnouncementConversation = new Conversation(chat.Platform.Name, "announcements");
        await chat.Reminders.PrepareAsync(CancellationToken.None);
        await chat.Reminders.PrepareAsync(CancellationToken.None);

        await chat.PassAsync(TimeSpan.FromDays(15));

        Assert.Empty(chat.Platform.Messages);
        Assert.Equal(2, (await FiredAsync(chat, "Digest")).Count);
        Assert.Single(await chat.Reminders.ListWaitingAsync(CancellationToken.None));
    }

    private static List<ChatButton> Buttons(TestChat chat, string room) =>
        [.. chat.Platform.Messages.Last(m => m.Room == room).Message.Blocks.OfType<ButtonsBlock>().SelectMany(b => b.Buttons)];

    private static async Task<IReadOnlyList<string>> FiredAsync(TestChat chat, string kind, string zone = "UTC")
    {
        await using var db = chat.Store.Read();
        return [.. db.Reminders.Where(r => r.State == IncidentBot.Incidents.Reminders.ReminderState.Fired).OrderBy(r => r.DoneAt).AsEnumerable()
            .Where(r => r.Kind.ToString() == kind).Select(r => ZonedTime.Format(r.DoneAt!.Value, ZonedTime.Zone(zone))[..16])];
    }

    /// <param name="now">By default a Monday.</param>
    private static async Task<TestChat> ResolvedAsync(string now = "2026-03-02T09:14:00Z", string zone = "UTC", Dictionary<string, string?>? settings = null)
    {
        var chat = await TestChat.StartAsync(now, zone, settings: settings);
        chat.Platform.Capabilities |= ChatCapabilities.DirectMessages;
        chat.Knows("li", "teo");
        await chat.TypeAsync("maria", "/incident start sev4 Checkout is down");
        await chat.TypeAsync("maria", "/incident resolve");
        await chat.DeliverAsync();
        return chat;
    }
}
