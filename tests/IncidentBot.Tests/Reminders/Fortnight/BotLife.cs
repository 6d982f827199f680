using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;
using IncidentBot.Jobs;
using IncidentBot.Tests.Fakes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace IncidentBot.Tests.Reminders.Fortnight;

/// <summary>
/// The bot from a start to its being killed, on the files that the one before it left: the real store, dispatchers and rules. Who says that a
/// reminder is due is either the real scheduler with Quartz and its file, or this class by the same list of what waits.
/// </summary>
internal sealed class BotLife : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(90);

    private readonly ServiceProvider _services;
    private readonly SteppedTimeProvider _clock;
    private readonly FarEnd.Line _line;
    private readonly ReminderScheduler? _scheduler;
    private readonly string _schedule;

    private BotLife(ServiceProvider services, SteppedTimeProvider clock, FarEnd.Line line, string directory, bool hasQuartz)
    {
        _services = services;
        _clock = clock;
        _line = line;
        _schedule = Path.Combine(directory, SchedulerFile.Name);
        _scheduler = hasQuartz ? services.GetRequiredService<ReminderScheduler>() : null;
        StartedAt = FiredUntil = clock.GetUtcNow();
    }

    public DateTimeOffset StartedAt { get; }

    /// <summary>All that was due by then was looked at and committed in this life, whether or not it was sent; before <see cref="StartedAt"/> where nothing was.</summary>
    public DateTimeOffset FiredUntil { get; private set; }

    /// <summary>When it was killed between two reminders that were due at the same time.</summary>
    public DateTimeOffset? FiredPartlyAt { get; private set; }

    public bool HasFired { get; private set; }

    public bool HasQuartz => _scheduler is not null;

    private IncidentStore Store => _services.GetRequiredService<IncidentStore>();

    private ReminderDispatcher Reminders => _services.GetRequiredService<ReminderDispatcher>();

    public static async Task<BotLife> BeginAsync(string directory, SteppedTimeProvider clock, FarEnd farEnd, bool hasQuartz)
    {
        var line = new FarEnd.Line(farEnd);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Cast.Settings(directory)).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddIncidents();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IChatPlatform>(line);
        services.AddSingleton<ReminderScheduler>();
        var life = new BotLife(services.BuildServiceProvider(), clock, line, directory, hasQuartz);
        await life.Store.PrepareAsync(CancellationToken.None);
        await life.Reminders.PrepareAsync(CancellationToken.None);
        return life;
    }

    /// <summary>Triggers come from Quartz from now on.</summary>
    public async Task StartQuartzAsync()
    {
        await _scheduler!.StartAsync(CancellationToken.None);
        await WaitAsync(() => Task.FromResult(_scheduler.IsRunning), () => $"Quartz does not start: {_scheduler.Fault}");
    }

    /// <summary>Sends all that may be sent now.</summary>
    /// <returns>False when the process was killed meanwhile.</returns>
    public async Task<bool> SendAsync()
    {
        var sending = _services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);
        if (await Task.WhenAny(sending, _line.Cut) != sending && !sending.IsCompleted)
            return false;
        await sending;
        return !_line.IsCut;
    }

    /// <summary>When something that waits in the outbox may be sent; null when nothing does.</summary>
    public async Task<DateTimeOffset?> NextSendingAsync()
    {
        await using var db = Store.Read();
        return await db.Outbox.Where(m => m.State == OutboxState.Pending).Select(m => m.NotBefore).MaxAsync();
    }

    /// <summary>When the next reminder is due.</summary>
    public async Task<DateTimeOffset?> NextDueAsync()
    {
        await using var db = Store.Read();
        return await db.Reminders.Where(r => r.State == ReminderState.Waiting).MinAsync(r => (DateTimeOffset?)r.DueAt);
    }

    /// <summary>Lets all be looked at that is due now.</summary>
    /// <param name="most">The process is killed after so many of them.</param>
    /// <returns>False when it was.</returns>
    public async Task<bool> FireDueAsync(int? most = null)
    {
        HasFired = true;
        if (_scheduler is not null)
        {
            await WaitAsync(async () => await NextDueAsync() is not { } next || next > _clock.GetUtcNow(), () => $"Quartz triggers nothing: {_scheduler.Fault}");
        }
        else
        {
            while (await DueAsync(TimeSpan.Zero) is [_, ..] due)
            {
                foreach (var id in due)
                {
                    if (most-- == 0)
                    {
                        FiredPartlyAt = _clock.GetUtcNow();
                        return false;
                    }
                    await Reminders.FireAsync(id, CancellationToken.None);
                }
            }
        }
        FiredUntil = _clock.GetUtcNow();
        return true;
    }

    /// <summary>A scheduler whose clock is ahead says it too early; who is told so says nothing, or says it once.</summary>
    public async Task FireEarlyAsync(TimeSpan ahead)
    {
        HasFired = true;
        foreach (var id in await DueAsync(ahead))
            await Reminders.FireAsync(id, CancellationToken.None);
    }

    /// <summary>Nothing was due up to now.</summary>
    public void Passed() => FiredUntil = _clock.GetUtcNow();

    public Task<CommandAnswer> HandleAsync(InboundCommand command) => _services.GetRequiredService<CommandDispatcher>().HandleAsync(command, CancellationToken.None);

    /// <summary>Forgets what is old, as it does every hour.</summary>
    public Task CleanAsync() => ActivatorUtilities.CreateInstance<Housekeeping>(_services).CleanAsync(CancellationToken.None);

    public async Task<(List<Reminder> Reminders, List<OutboxMessage> Unsent)> ReadAsync()
    {
        await using var db = Store.Read();
        return (await db.Reminders.ToListAsync(), await db.Outbox.Where(m => m.State != OutboxState.Sent).ToListAsync());
    }

    /// <summary>Its end as by a SIGKILL: what was in memory is gone, and the files are as they are now.</summary>
    /// <param name="schedule">What Quartz's file was at the end; null: as it is now.</param>
    public async Task KillAsync(byte[]? schedule = null)
    {
        _line.Hang();
        if (_scheduler is not null)
        {
            schedule ??= await CopyScheduleAsync();
            await _scheduler.StopAsync(CancellationToken.None);
            // What it tidied up while it stopped was not done.
            SqliteConnection.ClearAllPools();
            foreach (var file in new[] { _schedule + "-wal", _schedule + "-shm", _schedule })
                File.Delete(file);
            await File.WriteAllBytesAsync(_schedule, schedule);
        }
        // Closes the files; whatever hangs at the far end is never gone on with, and nothing waits to be written.
        await Store.DisposeAsync();
    }

    /// <summary>Quartz's file as a process that is killed now leaves it.</summary>
    public async Task<byte[]> CopyScheduleAsync()
    {
        var copy = _schedule + ".copy";
        File.Delete(copy);
        using (var from = new SqliteConnection(SqliteFile.ConnectionString(_schedule, isPooled: false)))
        using (var to = new SqliteConnection(SqliteFile.ConnectionString(copy, isPooled: false)))
        {
            from.Open();
            to.Open();
            // Quartz may be writing at this moment.
            await WaitAsync(() => Task.FromResult(TryBackup(from, to)), () => "Quartz's file is never free.");
        }
        return await File.ReadAllBytesAsync(copy);
    }

    private static bool TryBackup(SqliteConnection from, SqliteConnection to)
    {
        try
        {
            from.BackupDatabase(to);
            return true;
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<List<long>> DueAsync(TimeSpan ahead)
    {
        var until = _clock.GetUtcNow() + ahead;
        await using var db = Store.Read();
        return await db.Reminders.Where(r => r.State == ReminderState.Waiting && r.DueAt <= until).OrderBy(r => r.DueAt).ThenBy(r => r.Id).Select(r => r.Id).ToListAsync();
    }

    /// <summary>Others work meanwhile, some of them by the clock: where that takes long, the clock goes on a little.</summary>
    private async Task WaitAsync(Func<Task<bool>> isDone, Func<string> fault)
    {
        var since = TimeProvider.System.GetTimestamp();
        for (var looks = 1; !await isDone(); looks++)
        {
            await Task.Delay(2);
            if (looks % 25 == 0)
                _clock.Advance(TimeSpan.FromMilliseconds(100));
            if (TimeProvider.System.GetElapsedTime(since) > LongestWait)
                throw new TimeoutException(fault());
        }
    }
}
