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
