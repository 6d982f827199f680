using System.Diagnostics.Metrics;
using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Configuration;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Responding;
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
        services.AddSettings<EscalationOptions>(EscalationOptions.Section);
        services.AddSettings<RemindersOptions>(RemindersOptions.Section);
        services.AddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton(provider => new IncidentTelemetry(
            provider.GetRequiredService<IMeterFactory>().Create(IncidentTelemetry.Name), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new IncidentStore(
            provider.GetRequiredService<IOptions<IncidentBotOptions>>().Value.DataDirectory, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IncidentReader>();
        services.AddSingleton<IncidentPages>();
        services.AddSingleton<EscalationPolicies>();
        services.AddSingleton<CommandContextFactory>();
        services.AddSingleton<CommandDispatcher>();
        services.AddSingleton(provider => new PostmortemRenderer(provider.GetRequiredService<IOptions<PostmortemOptions>>().Value));
        services.AddSingleton<PostmortemPublisher>();
        services.AddReminders();
        services.AddSingleton<LiveMessagePublisher>();
        services.AddSingleton<OutboxSender>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>());
        services.AddHostedService<Housekeeping>();
        services.AddHostedService<EscalationContacts>();
        return services;
    }

    private static void AddReminders(this IServiceCollection services)
    {
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<RemindersOptions>>().Value);
        services.AddSingleton<ReminderDispatcher>();
        services.AddSingleton<ReminderRule, FollowUpEscalation>();
        services.AddSingleton<ReminderRule, RemindOfUpdate>();
        foreach (var kind in CoverageNudge.Kinds)
            services.AddSingleton<ReminderRule>(provider => new CoverageNudge(kind, provider.GetRequiredService<RemindersOptions>()));
        services.AddSingleton<ReminderRule, AskForMissingParts>();
        services.AddSingleton<ReminderRule, RemindOfActionItem>();
        services.AddSingleton<ReminderRule, WeeklyDigest>();
    }
}
