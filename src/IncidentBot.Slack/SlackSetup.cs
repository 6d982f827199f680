using System.Net;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Configuration;
using IncidentBot.Slack.Api;
using IncidentBot.Slack.Inbound;
using IncidentBot.Slack.SocketMode;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IncidentBot.Slack;

public static class SlackSetup
{
    /// <summary>Adds Slack where the configuration has it. Needs the incidents' store and dispatcher.</summary>
    public static WebApplicationBuilder AddSlack(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<SlackOptions>(SlackOptions.Section);
        if (!IsConfigured(builder.Configuration))
            return builder;

        services.AddSingleton<SlackRateLimits>();
        services.AddHttpClient<SlackApiClient>((provider, http) =>
            {
                http.BaseAddress = new Uri(provider.GetRequiredService<IOptions<SlackOptions>>().Value.ApiBaseUrl.TrimEnd('/') + "/");
                // The client has its own, by the bot's clock.
                http.Timeout = Timeout.InfiniteTimeSpan;
                http.MaxResponseContentBufferSize = 16 << 20;
            })
            // A client that lives as long as the bot: the handler renews its connections, so that a moved address is noticed.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AutomaticDecompression = DecompressionMethods.All })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddSingleton<ISlackApiClient>(provider => provider.GetRequiredService<SlackApiClient>());
        services.AddSingleton<SlackPeople>();
        services.AddSingleton<SlackChannels>();
        services.AddSingleton<EarlierTries>();
        services.AddSingleton<SlackText>();
        services.AddSingleton<SlackMessages>();
        services.AddSingleton<SlackHome>();
        services.AddSingleton<SlackAnswers>();
        services.AddSingleton<SlashCommandHandler>();
        services.AddSingleton<InteractionHandler>();
        services.AddSingleton<SlackEventHandler>();
        services.AddSingleton<SlackRequestHandler>();
        services.AddSingleton<SlackDoctor>();
        services.AddSingleton<SlackFollowUps>();
        services.AddHostedService(provider => provider.GetRequiredService<SlackFollowUps>());
        services.AddSingleton<SlackRejections>();
        services.AddHostedService<SlackStart>();
        services.AddHostedService<AnnouncementChannelLookup>();
        services.AddSingleton<IChatPlatform, SlackPlatform>();
        if (SettingsSection.Read<SlackOptions>(builder.Configuration, SlackOptions.Section).Mode == SlackMode.SocketMode)
        {
            services.AddSingleton<SocketModeState>();
            services.AddHostedService<SocketModeService>();
            services.AddHealthChecks().AddCheck<SocketModeHealthCheck>("socket mode");
        }
        return builder;
    }

    /// <summary>Serves the request URLs, if <see cref="AddSlack"/> added them.</summary>
    public static WebApplication MapSlack(this WebApplication app)
    {
        if (app.Services.GetService<SlackRequestHandler>() is not null && app.Services.GetRequiredService<IOptions<SlackOptions>>().Value.Mode == SlackMode.Http)
            SlackEndpoints.Map(app);
        return app;
    }

    /// <summary>How Slack is served, for the line that is printed at the start; null where it is not.</summary>
    public static string? Describe(IServiceProvider services) => services.GetService<SlackRequestHandler>() is null ? null
        : services.GetRequiredService<IOptions<SlackOptions>>().Value.Mode == SlackMode.SocketMode ? "It connects to Slack by Socket Mode"
        : "Slack is served at /slack/events, /slack/commands and /slack/interactivity";

    public static bool IsConfigured(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[$"{SlackOptions.Section}:{nameof(SlackOptions.BotToken)}"]);
}
