using System.Diagnostics;
using IncidentBot.Incidents.Reminders;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Tests.Jobs;

public sealed class ReminderSchedulerTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private ScheduledBot _bot = null!;
    private int _changes;

    public async Task InitializeAsync()
    {
        _bot = await ScheduledBot.StartAsync();
        _bot.Store.RemindersChanged += () => Interlocked.Increment(ref _changes);
    }

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task A_reminder_is_looked_at_when_it_is_due()
    {
        var began = _bot.Clock.GetUtcNow();
        var id = await _bot.RemindAsync(10 * Minute);
        await _bot.IsReconciledAsync();
        Assert.InRange(_bot.Clock.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromSeconds(30));

        await _bot.PassUntilAsync(id);
        await _bot.IsDoneAsync(id);

        var reminder = await _bot.ReadAsync(id);
        Assert.Equal(ReminderState.NotNeeded, reminder.State);
        Assert.InRange(reminder.DoneAt!.Value - reminder.DueAt, TimeSpan.Zero, Minute);
        await _bot.IsReconciledAsync();
    }

    [Fact]
    public async Task Many_that_are_due_at_once_are_looked_at_once_each()
    {
        var ids = await _bot.RemindAsync(Enumerable.Repeat(10 * Minute, 100));
        await _bot.IsReconciledAsync();
        _changes = 0;

        await _bot.PassUntilAsync(ids[^1]);
        await _bot.IsDoneAsync(ids);
        await _bot.IsReconciledAsync();

        Assert.Equal(ids.Count, _changes);
    }

    [Fact]
    public async Task One_that_is_ended_before_it_is_due_has_no_trigger_any_more()
    {
        var ended = await _bot.RemindAsync(5 * Minute);
        var other = await _bot.RemindAsync(6 * Minute);
        await _bot.IsReconciledAsync();

        await _bot.ChangeAsync(ended, r => r.End(ReminderState.NotNeeded, _bot.Clock.GetUtcNow(), "ended"));
        await _bot.IsReconciledAsync();
        await _bot.PassUntilAsync(other);
        await _bot.IsDoneAsync(other);

        Assert.Equal("ended", (await _bot.ReadAsync(ended)).Note);
        Assert.Equal(ReminderState.NotNeeded, (await _bot.ReadAsync(other)).State);
    }

    [Fact]
    public async Task One_that_is_postponed_is_looked_at_at_its_new_time_only()
    {
        var postponed = await _bot.RemindAsync(5 * Minute);
        var between = await _bot.RemindAsync(6 * Minute);
        await _bot.IsReconciledAsync();

        var later = _bot.Clock.GetUtcNow() + (20 * Minute);
        await _bot.ChangeAsync(postponed, r => r.Postpone(later));
        await _bot.IsReconciledAsync();
        await _bot.PassUntilAsync(between);
        await _bot.IsDoneAsync(between);

        Assert.Equal(ReminderState.Waiting, (await _bot.ReadAsync(postponed)).State);
        await _bot.PassUntilAsync(postponed);
        await _bot.IsDoneAsync(postponed);
        Assert.InRange((await _bot.ReadAsync(postponed)).DoneAt!.Value, later, later + Minute);
    }

    [Fact]
    public async Task One_that_fails_is_tried_again_later_and_keeps_no_other_from_its_time()
    {
        const int poisoned = 13;
        var failing = await _bot.RemindAsync(5 * Minute, poisoned);
        var others = await _bot.RemindAsync(Enumerable.Repeat(5 * Minute, 10));
        await _bot.IsReconciledAsync();
        // Stands for a rule that throws: whatever goes wrong between the look at the reminder and its commit.
        await ExecuteAsync($"CREATE TRIGGER poison BEFORE UPDATE ON Reminders WHEN NEW.State <> 'Waiting' AND OLD.Subject = {poisoned} BEGIN SELECT RAISE(ABORT, 'no'); END");

        await _bot.PassUntilAsync(failing);
        await _bot.IsDoneAsync(others);
        await _bot.HappensAsync("it failed", async () => (await _bot.ReadAsync(failing)).Attempts == 1);
        await _bot.IsReconciledAsync();

        var failed = await _bot.ReadAsync(failing);
        Assert.Equal(ReminderState.Waiting, failed.State);
        Assert.Equal(nameof(DbUpdateException), failed.Note);
        Assert.True(failed.RunAt > failed.DueAt);

        await ExecuteAsync("DROP TRIGGER poison");
        await _bot.PassUntilAsync(failing);
        await _bot.IsDoneAsync(failing);
        Assert.Equal(ReminderState.NotNeeded, (await _bot.ReadAsync(failing)).State);
    }

    [Fact]
    public async Task While_the_database_is_locked_it_waits_and_is_tried_once_a_minute()
    {
        var id = await _bot.RemindAsync(5 * Minute);
        await _bot.IsReconciledAsync();
        await using (await ScheduledBot.LockAsync(_bot.Database))
        {
            await _bot.PassUntilAsync(id);
            await _bot.HappensAsync("it is told", () => Task.FromResult(CountTries() > 0));
            var (tries, began) = (CountTries(), _bot.Clock.GetUtcNow());
            await _bot.HappensAsync("it is tried again", () => Task.FromResult(CountTries() > tries), TimeSpan.FromSeconds(1));
            Assert.InRange(CountTries() - tries, 1, 1 + (int)((_bot.Clock.GetUtcNow() - began) / Minute));
            Assert.Equal(ReminderState.Waiting, (await _bot.ReadAsync(id)).State);
        }

        _bot.Clock.Advance(Minute);
        await _bot.IsDoneAsync(id);

        int CountTries() => _bot.Logged.Lines.Count(l => l.Contains("is due and still waits", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DELETE FROM QRTZ_SIMPLE_TRIGGERS; DELETE FROM QRTZ_TRIGGERS")]
    [InlineData("UPDATE QRTZ_TRIGGERS SET TRIGGER_STATE = 'ERROR'")]
    [InlineData("UPDATE QRTZ_TRIGGERS SET TRIGGER_STATE = 'ACQUIRED'")]
    [InlineData("UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = NEXT_FIRE_TIME + 36000000000")]
    [InlineData("UPDATE QRTZ_JOB_DETAILS SET JOB_CLASS_NAME = 'IncidentBot.Jobs.EarlierJob, IncidentBot'")]
    [InlineData("DROP TABLE QRTZ_SIMPLE_TRIGGERS")]
    public async Task Whatever_happens_to_its_trigger_a_reminder_is_looked_at_within_minutes(string sql)
    {
        var id = await _bot.RemindAsync(5 * Minute);
        await _bot.IsReconciledAsync();
        await _bot.ChangeQuartzAsync("PRAGMA foreign_keys = OFF; " + sql);

        await _bot.PassUntilAsync(id);
        await _bot.IsDoneInTheEndAsync(id);

        // Two or three; the clock of the test runs faster than the machine that the test runs on.
        var reminder = await _bot.ReadAsync(id);
        Assert.InRange(reminder.DoneAt!.Value - reminder.DueAt, TimeSpan.Zero, 15 * Minute);
    }

    [Fact]
    public async Task A_clock_that_jumps_ahead_by_hours_is_noticed_within_a_minute()
    {
        var (first, second, later) = (await _bot.RemindAsync(60 * Minute), await _bot.RemindAsync(240 * Minute), await _bot.RemindAsync(360 * Minute));
        await _bot.IsReconciledAsync();
        _changes = 0;

        _bot.Clock.Jump(300 * Minute);
        var jumped = _bot.Clock.GetUtcNow();
        await _bot.IsDoneAsync(first, second);
        await _bot.IsReconciledAsync();

        Assert.InRange((await _bot.ReadAsync(first)).DoneAt!.Value - jumped, TimeSpan.Zero, 2 * Minute);
        Assert.Equal(ReminderState.Waiting, (await _bot.ReadAsync(later)).State);
        Assert.Equal(2, _changes);
    }

    [Fact]
    public async Task When_the_clock_is_set_back_nothing_is_looked_at_twice()
    {
        var (done, waiting) = (await _bot.RemindAsync(10 * Minute), await _bot.RemindAsync(11 * Minute));
        await _bot.IsReconciledAsync();
        await _bot.PassUntilAsync(done);
        await _bot.IsDoneAsync(done);
        var before = await _bot.ReadAsync(done);
        _changes = 0;

        _bot.Clock.Jump(-60 * Minute);
        await _bot.PassUntilAsync(waiting);
        await _bot.IsDoneAsync(waiting);
        await _bot.IsReconciledAsync();

        Assert.Equal(before.DoneAt, (await _bot.ReadAsync(done)).DoneAt);
        Assert.True((await _bot.ReadAsync(waiting)).DoneAt >= before.DueAt + Minute);
        Assert.Equal(1, _changes);
    }

    [Fact]
    public async Task Without_a_change_it_looks_once_a_minute()
    {
        await _bot.IsReconciledAsync();
        // Past the store, which therefore tells nobody.
        await ExecuteAsync("INSERT INTO Reminders (Kind, Subject, DueAt, State, CreatedAt, Attempts) VALUES ('Digest', 0, '2026-03-03 09:00:00', 'Waiting', '2026-03-02 09:00:00', 0)");

        _bot.Clock.Advance(Minute);

        await _bot.IsReconciledAsync();
        Assert.Single(await _bot.TriggersAsync());
    }

    [Fact]
    public async Task A_stop_lets_the_jobs_that_run_come_to_their_end()
    {
        var ids = await _bot.RemindAsync(Enumerable.Repeat(5 * Minute, 3));
        await _bot.IsReconciledAsync();
        Task stop;
        await using (await ScheduledBot.LockAsync(_bot.Database))
        {
            await _bot.PassUntilAsync(ids[0]);
            await _bot.HappensAsync("jobs are under way", _bot.AnyJobRunsAsync);
            stop = _bot.StopSchedulerAsync();
            Assert.False(stop.IsCompleted);
        }

        await stop;

        Assert.False(await _bot.AnyJobRunsAsync());
        Assert.Contains(ReminderState.NotNeeded, await Task.WhenAll(ids.Select(async id => (await _bot.ReadAsync(id)).State)));
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_job_that_hangs()
    {
        var ids = await _bot.RemindAsync(Enumerable.Repeat(5 * Minute, 10));
        await _bot.IsReconciledAsync();
        await using var locked = await ScheduledBot.LockAsync(_bot.Database);
        await _bot.PassUntilAsync(ids[0]);
        await _bot.HappensAsync("jobs are under way", _bot.AnyJobRunsAsync);

        var began = Stopwatch.GetTimestamp();
        await _bot.StopSchedulerAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private Task<int> ExecuteAsync(string sql) => _bot.Store.WriteAsync(db => db.Database.ExecuteSqlRawAsync(sql), CancellationToken.None);
}
