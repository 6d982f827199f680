using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.HoldingOn;

[Collection(AloneCollection.Name)]
public sealed class KilledSchedulerTests
{
    private const int Rounds = 10;
    private const int PerRound = 25;

    [Fact]
    public async Task Reminders_that_became_due_while_the_bot_was_dead_are_looked_at_once_each_after_the_start()
    {
        await using var bot = await BotProcess.StartWithAsync(ReminderRows.NoDigest);
        await bot.KillAsync();
        var reminders = new ReminderRows(bot.DataDirectory);
        await reminders.CountAsync();
        var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(20);
        await reminders.AddAsync([.. Enumerable.Repeat(due, 50), due + TimeSpan.FromDays(1)]);
        await bot.StartAgainAsync();
        await reminders.HaveTriggersAsync();
        await bot.KillAsync();
        Assert.All(await reminders.ReadEndingsAsync(), count => Assert.Equal(0, count));
        await Eventually.HoldsAsync("they are due", () => Task.FromResult(TimeProvider.System.GetUtcNow() > due));

        await bot.StartAgainAsync();

        await Eventually.HoldsAsync("they are looked at", async () => (await reminders.ReadEndingsAsync()).Count(count => count > 0) == 50);
        Assert.Equal([.. Enumerable.Repeat(1L, 50), 0L], await reminders.ReadEndingsAsync());
        await reminders.HaveTriggersAsync();
    }

    [Theory]
    [InlineData(20260302)]
    public async Task Killed_again_and_again_while_reminders_are_looked_at_each_is_looked_at_once(int seed)
    {
        var random = new Random(seed);
        await using var bot = await BotProcess.StartWithAsync(ReminderRows.NoDigest);
        await bot.KillAsync();
        var reminders = new ReminderRows(bot.DataDirectory);
        await reminders.CountAsync();
        for (var round = 0; round < Rounds; round++)
        {
            // Some are overdue at the start already, the others become due one after the other while it runs.
            var now = TimeProvider.System.GetUtcNow();
            await reminders.AddAsync(Enumerable.Range(0, PerRound).Select(i => now + TimeSpan.FromMilliseconds(200 * i)));
            var before = (await reminders.ReadEndingsAsync()).Count(count => count > 0);
            await bot.StartAgainAsync();
            await Eventually.HoldsAsync("it has begun", async () => (await reminders.ReadEndingsAsync()).Count(count => count > 0) > before);
            await Task.Delay(random.Next(300));
            await bot.KillAsync();
            Assert.All(await reminders.ReadEndingsAsync(), count => Assert.InRange(count, 0, 1));
        }

        await bot.StartAgainAsync();

        await Eventually.HoldsAsync("all are looked at", async () => (await reminders.ReadEndingsAsync()).All(count => count > 0));
        await reminders.HaveTriggersAsync();
        Assert.Equal(Enumerable.Repeat(1L, Rounds * PerRound), await reminders.ReadEndingsAsync());
    }
}
