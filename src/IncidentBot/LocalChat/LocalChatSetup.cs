using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Configuration;
using IncidentBot.Incidents.Store;
using IncidentBot.LocalChat.Http;
using IncidentBot.LocalChat.Store;
using Microsoft.Extensions.Options;

namespace IncidentBot.LocalChat;

public static class LocalChatSetup
{
    /// <summary>Everything of the local chat is served under this path.</summary>
    public const string Root = "/chat";

    /// <summary>Adds the local chat where the configuration has it. Needs the incidents' store, reader and dispatcher.</summary>
    public static WebApplicationBuilder AddLocalChat(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<LocalChatOptions>(LocalChatOptions.Section);
        if (!LocalChatOptions.IsEnabled(builder.Configuration))
            return builder;

        services.AddSingleton<IValidateOptions<LocalChatOptions>, LoopbackAddresses>();
        services.AddSingleton<LocalChatSignal>();
        services.AddSingleton(provider => new LocalChatDatabase(
            provider.GetRequiredService<IncidentStore>().DataDirectory,
            provider.GetRequiredService<LocalChatSignal>(),
            provider.GetRequiredService<ILogger<GroupCommitWriter<LocalChatContext>>>()));
        services.AddHostedService<LocalChatPreparation>();
        services.AddSingleton<LocalChatEvents>();
        services.AddSingleton<LocalChatPeople>();
        services.AddSingleton<LocalChatRooms>();
        services.AddSingleton<LocalChatMessages>();
        services.AddSingleton<LocalChatConversation>();
        services.AddSingleton<RequestReader>();
        services.AddSingleton<SamplePlayer>();
        services.AddHostedService(provider => provider.GetRequiredService<SamplePlayer>());
        services.AddSingleton<IChatPlatform, LocalChatPlatform>();
        return builder;
    }

    /// <summary>Serves the page and its routes, if <see cref="AddLocalChat"/> added them.</summary>
    public static WebApplication MapLocalChat(this WebApplication app)
    {
        if (app.Services.GetService<LocalChatDatabase>() is null)
            return app;

        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(Root),
            branch => branch.UseMiddleware<LoopbackGuard>().UseMiddleware<ProblemAnswers>());
        var chat = app.MapGroup(Root);
        PageEndpoints.Map(chat);
        DirectoryEndpoints.Map(chat);
        MessageEndpoints.Map(chat);
        IncidentEndpoints.Map(chat);
        return app;
    }
}
