using IncidentBot.Incidents.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Incidents.Reminders;

/// <summary>When a reminder is to be looked at.</summary>
public readonly record struct ScheduledReminder(long Id, DateTimeOffset RunAt);

/// <summary>
/// Looks at reminders that are due. Whoever knows the time (a scheduler, a test, a replay) names the reminder; doing so twice, too
/// early or too late does no harm.
/// </summary>
public sealed partial class ReminderDispatcher(IncidentStore store, TimeProvider timeProvider, ILogger<ReminderDispatcher> logger)
{
    /// <summary>A scheduler may be ahead by a little, and does not come back.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <summary>All that wait, each with its time.</summary>
    public Task<IReadOnlyList<ScheduledReminder>> ListWaitingAsync(CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<ScheduledReminder>>(
            async db =>
            {
                var waiting = await db.Reminders
                    .Where(r => r.State == ReminderState.Waiting)
                    .Select(r => new { r.Id, r.DueAt, r.NotBefore })
                    .ToListAsync(cancellationToken);
                return [.. waiting.Select(r => new ScheduledReminder(r.Id, r.NotBefore > r.DueAt ? r.NotBefore.Value : r.DueAt))];
            },
            cancellationToken);

    /// <summary>
    /// Looks at one reminder: in one commit what it says goes to the outbox, what follows from it is recorded, and it is marked as done.
    /// Nothing happens when it is done already or not due yet; one that fails is marked to be tried again later.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was written; it still waits.</exception>
    public async Task FireAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(db => FireAsync(db, id), cancellationToken);
        }
        catch (Exception fault) when (fault is not (StoreUnavailableException or OperationCanceledException))
        {
            Log.Failed(logger, id, fault);
            await store.WriteAsync(
                async db =>
                {
                    var reminder = await db.Reminders.SingleAsync(r => r.Id == id, CancellationToken.None);
                    reminder.Fail(timeProvider.GetUtcNow(), fault.GetType().Name);
                    return await db.SaveChangesAsync(CancellationToken.None);
                },
                CancellationToken.None);
        }
    }

    private async Task<bool> FireAsync(IncidentDbContext db, long id)
    {
        var now = timeProvider.GetUtcNow();
        var reminder = await db.Reminders.SingleOrDefaultAsync(r => r.Id == id, CancellationToken.None);
        if (reminder is not { State: ReminderState.Waiting } || now + Tolerance < reminder.RunAt)
            return false;
        reminder.End(ReminderState.NotNeeded, now);
        await db.SaveChangesAsync(CancellationToken.None);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Reminder {Id} failed and is tried again later")]
        public static partial void Failed(ILogger logger, long id, Exception exception);
    }
}
