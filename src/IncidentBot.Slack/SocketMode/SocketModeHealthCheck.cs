using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IncidentBot.Slack.SocketMode;

/// <summary>Ready while at least one WebSocket is alive: without any, nothing that people type arrives.</summary>
internal sealed class SocketModeHealthCheck(SocketModeState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        state.GivenUp is { } reason ? HealthCheckResult.Unhealthy($"{reason} Mend it and start the bot again.")
        : state.Open == 0 ? HealthCheckResult.Unhealthy(state.Fault is { } fault ? $"no connection to Slack: {fault}" : "no connection to Slack")
        : HealthCheckResult.Healthy($"{state.Open} connections to Slack"));
}
