using System.Globalization;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IncidentBot.Health;

/// <summary>
/// How a chat platform takes what the bot has for it. Never unhealthy: whoever takes the bot out of service then loses the
/// commands that still reach it, and what waits is sent once the platform takes it.
/// </summary>
internal sealed class DeliveryHealthCheck(IncidentStore store, string platform) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = store.Read();
            var mine = db.Outbox.Where(m => m.Platform == platform);
            var failing = await mine.Where(m => m.State == OutboxState.Pending && m.Attempts > 0).OrderBy(m => m.Id).ToListAsync(cancellationToken);
            var givenUp = await mine.CountAsync(m => m.State == OutboxState.Dead, cancellationToken);
            if (failing.Count == 0)
                return HealthCheckResult.Healthy(await DescribeGivenUpAsync(mine, givenUp, cancellationToken));
            // What is behind them in the same lane waits too.
            var lanes = failing.Select(m => m.Lane).ToList();
            var waiting = await mine.CountAsync(m => m.State == OutboxState.Pending && lanes.Contains(m.Lane), cancellationToken);
            var last = failing.MaxBy(m => m.NotBefore)!;
            return HealthCheckResult.Degraded(
                $"{Count(waiting)} since {Time(failing.Min(m => m.CreatedAt))}{(givenUp == 0 ? "" : $", {givenUp} given up")}: {last.Error}");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return HealthCheckResult.Degraded("unknown, since the database does not answer");
        }
    }

    /// <summary>Given up for good: its room was told then, and nothing gets better or worse by it.</summary>
    private static async Task<string> DescribeGivenUpAsync(IQueryable<OutboxMessage> mine, int givenUp, CancellationToken cancellationToken)
    {
        if (givenUp == 0)
            return "nothing waits to be sent";
        var last = await mine.Where(m => m.State == OutboxState.Dead).OrderByDescending(m => m.Id).FirstAsync(cancellationToken);
        return $"{givenUp} {(givenUp == 1 ? "message was" : "messages were")} given up, the last one at {Time(last.DoneAt ?? last.CreatedAt)}: {last.Error}";
    }

    private static string Count(int waiting) => waiting == 1 ? "1 message waits" : $"{waiting} messages wait";

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
