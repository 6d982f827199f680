using IncidentBot.Incidents.Reminders;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Tests.Jobs;

/// <summary>What <c>/healthz/ready</c> says of reminders.</summary>
public sealed class SchedulerHealthTests : IAsyncLifetime
{
    private ScheduledBot _bot = null!;

    public async Task InitializeAsync() => _bot = await ScheduledBot.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task It_says_what_waits_and_when_the_next_one_is_due()
    {
        Assert.Equal((true, "Healthy: no reminder waits"), await _bot.ReadinessAsync());

        await _bot.RemindAsync(TimeSpan.FromMinutes(45));
        Assert.Equal((true, "Healthy: 1 reminder waits, for 2026-03-02 09:45 UTC"), await _bot.ReadinessAsync());

        await _bot.RemindAsync(TimeSpan.FromMinutes(30));
        await _bot.RemindAsync(TimeSpan.FromDays(1));
        Assert.Equal((true, "Healthy: 3 reminders wait, the next one at 2026-03-02 09:30 UTC"), await _bot.ReadinessAsync());
    }

    [Fact]
    public async Task One_that_is_late_shows_and_the_bot_stays_in_service()
    {
        await _bot.RemindAsync(TimeSpan.FromMinutes(-5));
        await using (await ScheduledBot.LockAsync(_bot.Database))
        {
            Assert.Equal((true, "Degraded: 1 reminder is late, since 2026-03-02 08:55 UTC"), await _bot.ReadinessAsync());
        }

        _bot.Clock.Advance(TimeSpan.FromMinutes(1));
        await _bot.SaysAsync("Healthy: no reminder waits");
    }

    [Fact]
    public async Task One_that_failed_for_good_shows_for_a_week()
    {
        var id = await _bot.RemindAsync(TimeSpan.FromDays(300));
        await _bot.ChangeAsync(id, reminder =>
        {
            while (reminder.State == ReminderState.Waiting)
                reminder.Fail(_bot.Clock.GetUtcNow(), "FormatException");
        });

        Assert.Equal((true, "Degraded: 1 reminder failed for good, the last one at 2026-03-02 09:00 UTC: FormatException"), await _bot.ReadinessAsync());

        _bot.Clock.Jump(TimeSpan.FromDays(8));
        Assert.Equal((true, "Healthy: no reminder waits"), await _bot.ReadinessAsync());
    }

    [Fact]
    public async Task Those_of_a_newer_version_keep_no_other_from_its_time_and_are_logged()
    {
        await _bot.Store.WriteAsync(
            db => db.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO Reminders (Kind, Subject, DueAt, State, CreatedAt, Attempts) VALUES ('Birthday', 0, '2026-03-02 08:00:00', 'Waiting', '2026-03-02 07:00:00', 0);
                INSERT INTO Reminders (Kind, Subject, DueAt, State, CreatedAt, Attempts, DoneAt, Note) VALUES ('Birthday', 0, '2026-03-02 08:00:00', 'Failed', '2026-03-02 07:00:00', 10, '2026-03-02 08:30:00', 'FormatException');
                """),
            CancellationToken.None);
        await _bot.StopAsync();
        await _bot.StartAgainAsync();
        var id = await _bot.RemindAsync(TimeSpan.FromMinutes(45));
        await _bot.HappensAsync("it has its trigger", async () => (await _bot.TriggersAsync()).Count == 1);
        await _bot.PassUntilAsync(id);
        await _bot.IsDoneAsync(id);

        Assert.Equal((true, "Degraded: 1 reminder failed for good, the last one at 2026-03-02 08:30 UTC: FormatException"), await _bot.ReadinessAsync());
        Assert.Single(_bot.Logged.Lines, l => l.EndsWith("Warning: 1 of the reminders that wait are of a kind that this version does not know; they wait for one that does", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_not_ready_when_the_scheduler_does_not_run()
    {
        await _bot.StopSchedulerAsync();

        Assert.Equal((false, "Unhealthy: it does not run: it was stopped"), await _bot.ReadinessAsync());
    }
}
