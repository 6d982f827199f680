using IncidentBot.Incidents.Reminders;

namespace IncidentBot.Tests.Jobs;

/// <summary>Quartz' file gets lost, damaged or old, and no reminder with it.</summary>
public sealed class SchedulerFileTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private ScheduledBot _bot = null!;

    public async Task InitializeAsync() => _bot = await ScheduledBot.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task A_start_on_the_same_file_looks_at_what_became_due_meanwhile_and_keeps_the_rest()
    {
        var (overdue, later) = await StopWithTwoAsync();

        await _bot.StartAgainAsync();

        await AssertNothingIsLostAsync(overdue, later);
        Assert.False(File.Exists(_bot.QuartzFile + ".damaged"));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_made_anew()
    {
        var (overdue, later) = await StopWithTwoAsync();
        File.Delete(_bot.QuartzFile);

        await _bot.StartAgainAsync();

        await AssertNothingIsLostAsync(overdue, later);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    public async Task A_damaged_file_is_moved_aside_with_a_warning(int soundBytes)
    {
        var (overdue, later) = await StopWithTwoAsync();
        var bytes = await File.ReadAllBytesAsync(_bot.QuartzFile);
        for (var i = soundBytes; i < bytes.Length; i++)
            bytes[i] = (byte)(i * 31);
        await File.WriteAllBytesAsync(_bot.QuartzFile, bytes);

        await _bot.StartAgainAsync();

        await AssertNothingIsLostAsync(overdue, later);
        AssertMovedAside();
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_bot.QuartzFile + ".damaged"));
    }

    [Theory]
    [InlineData("ALTER TABLE QRTZ_TRIGGERS DROP COLUMN OVERLAP_POLICY")]
    [InlineData("DROP TABLE QRTZ_TRIGGERS; CREATE TABLE QRTZ_TRIGGERS (X)")]
    [InlineData("ALTER TABLE QRTZ_TRIGGERS ADD COLUMN OF_TOMORROW TEXT NOT NULL DEFAULT 'x'; DROP TABLE QRTZ_FIRED_TRIGGERS; CREATE TABLE QRTZ_FIRED_TRIGGERS (X)")]
    public async Task A_file_of_another_version_is_moved_aside_with_a_warning(string sql)
    {
        var (overdue, later) = await StopWithTwoAsync();
        await _bot.ChangeQuartzAsync("PRAGMA foreign_keys = OFF; " + sql);

        await _bot.StartAgainAsync();

        await AssertNothingIsLostAsync(overdue, later);
        AssertMovedAside();
    }

    [Fact]
    public async Task An_older_copy_repeats_nothing_and_lacks_nothing()
    {
        var done = await _bot.RemindAsync(Minute);
        await _bot.IsReconciledAsync();
        await _bot.StopAsync();
        var backup = await File.ReadAllBytesAsync(_bot.QuartzFile);
        await _bot.StartAgainAsync();
        await _bot.PassUntilAsync(done);
        await _bot.IsDoneAsync(done);
        var before = await _bot.ReadAsync(done);
        var (overdue, later) = await StopWithTwoAsync();
        await File.WriteAllBytesAsync(_bot.QuartzFile, backup);

        await _bot.StartAgainAsync();

        await AssertNothingIsLostAsync(overdue, later);
        Assert.Equal(before.DoneAt, (await _bot.ReadAsync(done)).DoneAt);
    }

    [Fact]
    public async Task A_file_that_is_locked_keeps_nobody_from_starting_and_is_used_once_it_is_free()
    {
        var (overdue, later) = await StopWithTwoAsync();
        await using (await ScheduledBot.LockAsync(_bot.QuartzFile, againstReading: true))
        {
            await _bot.LaunchAsync();
            await _bot.HappensAsync("it says why it does not run", async () => (await _bot.ReadinessAsync()).Text.Contains("is locked by another process", StringComparison.Ordinal));
            Assert.StartsWith("Unhealthy: it does not run: ", (await _bot.ReadinessAsync()).Text, StringComparison.Ordinal);
        }

        _bot.Clock.Advance(Minute);

        await AssertNothingIsLostAsync(overdue, later);
        Assert.False(File.Exists(_bot.QuartzFile + ".damaged"));
    }

    [Fact]
    public async Task One_that_is_deleted_while_the_bot_runs_is_made_anew()
    {
        var id = await _bot.RemindAsync(5 * Minute);
        await _bot.IsReconciledAsync();
        foreach (var file in Directory.GetFiles(_bot.DataDirectory, "quartz.db*"))
            File.Delete(file);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();

        await _bot.PassUntilAsync(id);
        await _bot.IsDoneInTheEndAsync(id);

        var next = await _bot.RemindAsync(5 * Minute);
        await _bot.HappensAsync("it is scheduled in the new file", async () => File.Exists(_bot.QuartzFile) && (await _bot.TriggersAsync()).Count > 0);
        await _bot.PassUntilAsync(next);
        await _bot.IsDoneAsync(next);
    }

    /// <returns>One that becomes due while the bot is stopped, and one that is due later.</returns>
    private async Task<(long Overdue, long Later)> StopWithTwoAsync()
    {
        var (overdue, later) = (await _bot.RemindAsync(10 * Minute), await _bot.RemindAsync(60 * Minute));
        await _bot.IsReconciledAsync();
        await _bot.StopAsync();
        _bot.Clock.Advance(30 * Minute);
        return (overdue, later);
    }

    private async Task AssertNothingIsLostAsync(long overdue, long later)
    {
        await _bot.IsDoneAsync(overdue);
        await _bot.IsReconciledAsync();
        Assert.Equal(ReminderState.Waiting, (await _bot.ReadAsync(later)).State);
        await _bot.PassUntilAsync(later);
        await _bot.IsDoneAsync(later);
    }

    private void AssertMovedAside()
    {
        Assert.True(File.Exists(_bot.QuartzFile + ".damaged"));
        var warning = Assert.Single(_bot.Logged.Lines, l => l.Contains("Warning", StringComparison.Ordinal) && l.Contains("was moved to", StringComparison.Ordinal));
        Assert.Contains(_bot.QuartzFile, warning, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", warning, StringComparison.Ordinal);
    }
}
