using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Reminders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Incidents.Store;

/// <summary>
/// Forgets the keys of old requests, and the messages and reminders that were delivered long ago, so that the file does not grow for ever.
/// What people recorded is never touched.
/// </summary>
public sealed partial class Housekeeping(IncidentStore store, TimeProvider timeProvider, ILogger<Housekeeping> logger) : BackgroundService
{
    /// <summary>Far beyond the longest time after which a platform repeats a request, which is minutes.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>What was reminded of lately decides what comes next.</summary>
    private static readonly TimeSpan RemindersKept = TimeSpan.FromDays(90);

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Commands wait for it, so it takes little at a time.</summary>
    private const int MostAtOnce = 500;

    public Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var (until, remindersUntil) = (now - Kept, now - RemindersKept);
        return store.WriteAsync(
            async db =>
                await db.Inbox.Where(m => m.ReceivedAt < until).OrderBy(m => m.ReceivedAt).Take(MostAtOnce).ExecuteDeleteAsync(CancellationToken.None)
                + await db.Outbox.Where(m => m.State == OutboxState.Sent && m.DoneAt < until).OrderBy(m => m.Id).Take(MostAtOnce).ExecuteDeleteAsync(CancellationToken.None)
                + await db.Reminders.Where(r => r.State != ReminderState.Waiting && r.DoneAt < remindersUntil).OrderBy(r => r.Id).Take(MostAtOnce).ExecuteDeleteAsync(CancellationToken.None),
            cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await CleanAsync(stoppingToken) > 0)
                    await Task.Delay(TimeSpan.FromMilliseconds(100), timeProvider, stoppingToken);
            }
            catch (StoreUnavailableException fault)
            {
                Log.Postponed(logger, fault);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The database could not be cleaned up; the next hour tries again")]
        public static partial void Postponed(ILogger logger, Exception exception);
    }
}
