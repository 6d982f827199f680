using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.HoldingOn;

public sealed class ClockTests
{
    [FakeClockFact]
    public async Task Hours_later_what_became_due_is_looked_at_once_and_the_rest_still_waits()
    {
        using var clock = new FakeClock();
        await using var bot = await StartWithRemindersAsync(clock, 1, 3, 6);
        var reminders = new ReminderRows(bot.DataDirectory);
        await bot.KillAsync();

        clock.Jump(TimeSpan.FromHours(5));
        await bot.StartAgainAsync();

        await AreEndedAsync(reminders, 1, 1, 0);
        await reminders.HaveTriggersAsync();
    }

    [FakeClockFact]
    public async Task When_the_clock_is_set_hours_ahead_and_back_while_it_runs_nothing_is_repeated_and_nothing_lost()
    {
        using var clock = new FakeClock();
        await using var bot = await StartWithRemindersAsync(clock, 1, 3, 6);
        var reminders = new ReminderRows(bot.DataDirectory);

        clock.Jump(TimeSpan.FromHours(5));
        await AreEndedAsync(reminders, 1, 1, 0);
        clock.Jump(-TimeSpan.FromHours(4.5));
        // It lives at the earlier time again, in which the first two are not due.
        await reminders.AddAsync([clock.Now]);
        await AreEndedAsync(reminders, 1, 1, 0, 1);
        clock.Jump(TimeSpan.FromHours(6));
        await AreEndedAsync(reminders, 1, 1, 1, 1);
        await reminders.HaveTriggersAsync();
    }

    [FakeClockFact]
    public async Task A_call_for_help_is_repeated_once_after_hours_without_the_bot_and_handed_back_after_a_day()
    {
        using var clock = new FakeClock();
        await using var bot = await BotProcess.StartByAsync(clock.Before);
        var room = (await bot.Chat.DeclareAsync()).Room;
        await bot.Chat.CommandAsync("/incident escalate @jon the gateway", room);
        await bot.DrainOutboxAsync();
        await bot.KillAsync();

        clock.Jump(TimeSpan.FromHours(3));
        await bot.StartAgainAsync();
        await IsToldAsync(bot, room, "jon, maria asks for your help", "escalation 1", "asked 2 times", "this comes 2 h 5");
        await bot.KillAsync();
        clock.Jump(TimeSpan.FromHours(30));
        await bot.StartAgainAsync();
        await IsToldAsync(bot, room, "Left out: a reminder that nobody has acknowledged escalation 1 (INC-1)");
        await IsToldAsync(bot, room, "nobody has acknowledged escalation 1 of INC-1 to jon");

        await bot.DrainOutboxAsync();
        Assert.Single(await bot.Chat.ReadRoomAsync(room), m => m.Text.Contains("asks for your help", StringComparison.Ordinal));
    }

    [FakeClockFact]
    public async Task A_reminder_that_fails_is_tried_again_and_keeps_no_other_from_its_time()
    {
        using var clock = new FakeClock();
        await using var bot = await BotProcess.StartByAsync(clock.Before);
        var room = (await bot.Chat.DeclareAsync()).Room;
        await bot.Chat.CommandAsync("/incident escalate @jon the gateway", room);
        await bot.Chat.CommandAsync("/incident escalate @eve the network", room);
        await bot.DrainOutboxAsync();
        await bot.KillAsync();
        var reminders = new ReminderRows(bot.DataDirectory);
        // Of an escalation that there is not.
        await reminders.ChangeAsync("UPDATE Reminders SET Subject = 99 WHERE Kind = 'Escalation' AND Subject = 1");

        clock.Jump(TimeSpan.FromMinutes(6));
        await bot.StartAgainAsync();
        await IsToldAsync(bot, room, "eve, maria asks for your help", "asked 2 times");
        Assert.DoesNotContain(await bot.Chat.ReadRoomAsync(room), m => m.Text.Contains("jon, maria", StringComparison.Ordinal) && m.Text.Contains("asked 2 times", StringComparison.Ordinal));
        await bot.KillAsync();
        await reminders.ChangeAsync("UPDATE Reminders SET Subject = 1 WHERE Subject = 99 AND State = 'Waiting' AND Attempts > 0");
        clock.Jump(TimeSpan.FromMinutes(3));
        await bot.StartAgainAsync();

        await IsToldAsync(bot, room, "jon, maria asks for your help", "asked 2 times");
    }

    private static Task<object> IsToldAsync(BotProcess bot, string room, params string[] parts) => Eventually.HoldsAsync(
        $"the room is told {parts[0]}",
        async () => (await bot.Chat.ReadRoomAsync(room)).Any(m => parts.All(part => m.Text.Contains(part, StringComparison.OrdinalIgnoreCase))),
        TimeSpan.FromSeconds(100));

    private static async Task<BotProcess> StartWithRemindersAsync(FakeClock clock, params double[] inHours)
    {
        var bot = await BotProcess.StartByAsync(clock.Before, ReminderRows.NoDigest);
        await bot.KillAsync();
        var reminders = new ReminderRows(bot.DataDirectory);
        await reminders.CountAsync();
        await reminders.AddAsync(inHours.Select(hours => clock.Now + TimeSpan.FromHours(hours)));
        await bot.StartAgainAsync();
        await reminders.HaveTriggersAsync();
        return bot;
    }

    /// <summary>That often each. A clock that jumped is noticed when the scheduler looks at it, once a minute.</summary>
    private static Task<object> AreEndedAsync(ReminderRows reminders, params long[] counts) => Eventually.HoldsAsync(
        "they are looked at", async () => (await reminders.ReadEndingsAsync()).SequenceEqual(counts), TimeSpan.FromSeconds(100));
}
