using System.Globalization;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IncidentBot.Jobs;

/// <summary>Ready while the scheduler runs; degraded while reminders come late or not at all.</summary>
internal sealed class SchedulerHealthCheck(
    ReminderScheduler scheduler, ReminderDispatcher dispatcher, IncidentStore store, TimeProvider timeProvider) : IHealthCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    /// <summary>How long one that failed for good is told of.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!scheduler.IsRunning)
            return HealthCheckResult.Unhealthy($"it does not run: {scheduler.Fault}");
        try
        {
            var now = timeProvider.GetUtcNow();
            var waiting = await dispatcher.ListWaitingAsync(cancellationToken);
            var faults = new[] { scheduler.Fault?.TrimEnd('.'), DescribeLate(waiting, now), await DescribeFailedAsync(now - Remembered, cancellationToken) }.OfType<string>().ToList();
            return faults.Count == 0 ? HealthCheckResult.Healthy(DescribeWaiting(waiting)) : HealthCheckResult.Degraded(string.Join("; ", faults));
        }
        catch (StoreUnavailableException)
        {
            return HealthCheckResult.Degraded("unknown, since the database does not answer");
        }
    }

    private static string DescribeWaiting(IReadOnlyList<ScheduledReminder> waiting) => waiting.Count switch
    {
        0 => "no reminder waits",
        1 => $"1 reminder waits, for {Time(waiting[0].RunAt)}",
        var count => $"{count} reminders wait, the next one at {Time(waiting.Min(r => r.RunAt))}",
    };

    private static string? DescribeLate(IReadOnlyList<ScheduledReminder> waiting, DateTimeOffset now)
    {
        var late = waiting.Where(r => r.RunAt + Late < now).ToList();
        return late.Count switch
        {
            0 => null,
            1 => $"1 reminder is late, since {Time(late[0].RunAt)}",
            var count => $"{count} reminders are late, the oldest one since {Time(late.Min(r => r.RunAt))}",
        };
    }

    private async Task<string?> DescribeFailedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var failed = await store.ReadAsync(
            db => db.Reminders
                .Where(r => r.State == ReminderState.Failed && r.DoneAt >= since)
                .OrderBy(r => r.DoneAt)
                // Not the whole row: of a newer version's kind it cannot be read.
                .Select(r => new { r.DoneAt, r.Note })
                .ToListAsync(cancellationToken),
            cancellationToken);
        return failed is [.., var last]
            ? $"{failed.Count} {(failed.Count == 1 ? "reminder" : "reminders")} failed for good, the last one at {Time(last.DoneAt!.Value)}: {last.Note}"
            : null;
    }

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
