using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Store;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IncidentBot.Health;

internal static class HealthEndpoints
{
    public static void AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<StoreHealthCheck>("store");
        services.AddOptions<HealthCheckServiceOptions>().Configure<IEnumerable<IChatPlatform>>((options, platforms) =>
        {
            foreach (var platform in platforms)
            {
                options.Registrations.Add(new HealthCheckRegistration(
                    platform.Name, provider => new DeliveryHealthCheck(provider.GetRequiredService<IncidentStore>(), platform.Name), null, null));
            }
        });
    }

    /// <summary>
    /// <c>/healthz/live</c>: the process answers; <c>/healthz/ready</c>: so does its database, and what people type can arrive. One line
    /// a check; 200 also for what is degraded, 503 for what is unhealthy.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/healthz/ready", new HealthCheckOptions
        {
            ResponseWriter = (context, report) =>
            {
                context.Response.ContentType = "text/plain; charset=utf-8";
                return context.Response.WriteAsync(string.Concat(
                    report.Entries.Select(e => $"{e.Key}: {e.Value.Status}{(e.Value.Description is { } description ? ": " + description : "")}\n")));
            },
        });
    }
}
