using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Configuration;
using IncidentBot.Teams.Authentication;
using IncidentBot.Teams.Connector;
using IncidentBot.Teams.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentBot.Teams;

public static class TeamsSetup
{
    /// <summary>Adds Teams where the configuration has it. Needs the incidents' store and dispatcher.</summary>
    public static WebApplicationBuilder AddTeams(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<TeamsOptions>(TeamsOptions.Section);
        if (!IsConfigured(builder.Configuration))
            return builder;

        ConnectorHttp.Add(services);
        services.AddSingleton<ConnectorKeys>();
        services.AddSingleton<ConnectorTokenValidator>();
        services.AddSingleton<TeamsCredentials>();
        services.AddSingleton<ConnectorClient>();
        services.AddSingleton<TeamsConversations>();
        services.AddSingleton<TeamsPeople>();
        services.AddSingleton<InvokeAnswers>();
        services.AddSingleton<TeamsInvokes>();
        services.AddSingleton<TeamsActivityHandler>();
        services.AddSingleton<IChatPlatform, TeamsPlatform>();
        services.AddHostedService<AnonymousRequests>();
        services.AddSingleton<TeamsDoctor>();
        return builder;
    }

    /// <summary>Serves the messaging endpoint, if <see cref="AddTeams"/> added it.</summary>
    public static WebApplication MapTeams(this WebApplication app)
    {
        if (app.Services.GetService<TeamsActivityHandler>() is { } handler)
            TeamsEndpoints.Map(app, handler.OnTurnAsync);
        return app;
    }

    /// <summary>How Teams is served, for the line that is printed at the start; null where it is not.</summary>
    public static string? Describe(IServiceProvider services) =>
        services.GetService<TeamsActivityHandler>() is null ? null : $"Teams is served at {TeamsEndpoints.Route}";

    public static bool IsConfigured(IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration[$"{TeamsOptions.Section}:{nameof(TeamsOptions.MicrosoftAppId)}"]);
}
