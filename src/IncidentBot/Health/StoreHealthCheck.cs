using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IncidentBot.Health;

/// <summary>Ready when the database answers; what could not be delivered is told, but does not make the bot unready.</summary>
internal sealed class StoreHealthCheck(IncidentStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = store.Read();
            var dead = await db.Outbox.CountAsync(m => m.State == OutboxState.Dead, cancellationToken);
            return HealthCheckResult.Healthy(dead == 0 ? null : $"{dead} messages could not be delivered");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("the database does not answer", fault);
        }
    }
}
