using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Configuration;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;
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
        services.AddSettings<EscalationOptions>(EscalationOptions.Section);
        services.AddSettings<RemindersOptions>(RemindersOptions.Section);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new IncidentStore(
            provider.GetRequiredService<IOptions<IncidentBotOptions>>().Value.DataDirectory, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IncidentReader>();
        services.AddSingleton<IncidentPages>();
        services.AddSingleton<CommandDispatcher>();
        services.AddSingleton<EscalationPolicies>();
        services.AddSingleton(provider => new PostmortemRenderer(provider.GetRequiredService<IOptions<PostmortemOptions>>().Value));
        services.AddSingleton<PostmortemPublisher>();
        services.AddSingleton<ReminderDispatcher>();
        services.AddSingleton<OutboxSender>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>());
        services.AddHostedService<Housekeeping>();
        return services;
    }
}
