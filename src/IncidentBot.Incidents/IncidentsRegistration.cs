using System.Diagnostics.Metrics;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Configuration;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Store;
using IncidentBot.Incidents.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IncidentBot.Incidents;

public static class IncidentsRegistration
{
    /// <summary>The domain, its store and its outbox. The platforms (<see cref="Chat.IChatPlatform"/>) add themselves.</summary>
    public static IServiceCollection AddIncidents(this IServiceCollection services)
    {
        services.AddSettings<IncidentBotOptions>("IncidentBot");
        services.AddSettings<PostmortemOptions>("Postmortem");
        services.AddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton(provider => new IncidentTelemetry(
            provider.GetRequiredService<IMeterFactory>().Create(IncidentTelemetry.Name), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new IncidentStore(
            provider.GetRequiredService<IOptions<IncidentBotOptions>>().Value.DataDirectory, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IncidentReader>();
        services.AddSingleton<IncidentPages>();
        services.AddSingleton<CommandDispatcher>();
        services.AddSingleton(provider => new PostmortemRenderer(provider.GetRequiredService<IOptions<PostmortemOptions>>().Value));
        services.AddSingleton<PostmortemPublisher>();
        services.AddSingleton<OutboxSender>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>());
        services.AddHostedService<Housekeeping>();
        return services;
    }
}
