namespace IncidentBot.Jobs;

internal static class JobsSetup
{
    /// <summary>What is done at its time: reminders, triggered by Quartz. Needs the incidents' store and dispatcher of reminders.</summary>
    public static WebApplicationBuilder AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ReminderScheduler>();
        services.AddHostedService(provider => provider.GetRequiredService<ReminderScheduler>());
        services.AddHealthChecks().AddCheck<SchedulerHealthCheck>("scheduler");
        return builder;
    }
}
