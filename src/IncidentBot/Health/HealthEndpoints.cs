using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace IncidentBot.Health;

internal static class HealthEndpoints
{
    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks().AddCheck<StoreHealthCheck>("store");

    /// <summary><c>/healthz/live</c>: the process answers; <c>/healthz/ready</c>: so does its database.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/healthz/ready", new HealthCheckOptions
        {
            ResponseWriter = (context, report) => context.Response.WriteAsync(string.Join(
                '\n', report.Entries.Values.Select(e => e.Description is null ? $"{e.Status}" : $"{e.Status}: {e.Description}"))),
        });
    }
}
