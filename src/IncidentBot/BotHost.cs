using IncidentBot.Cli;
using IncidentBot.Health;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Store;
using IncidentBot.LocalChat;
using Microsoft.Extensions.Options;

namespace IncidentBot;

/// <summary>The bot as a web application: what it is made of, and how it starts.</summary>
public static class BotHost
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddBot();
        var app = builder.Build();
        app.MapBot();
        return app;
    }

    internal static async Task<int> RunAsync(string[] args, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = Build(args);
            await app.Services.GetRequiredService<IncidentStore>().PrepareAsync(cancellationToken);
            await app.RunAsync(cancellationToken);
            return ExitCodes.Success;
        }
        catch (Exception fault) when (Explain(fault) is { } explanation)
        {
            await errors.WriteLineAsync(explanation);
            return ExitCodes.Failure;
        }
    }

    /// <summary>What a person can do about a fault that keeps the bot from starting; null for a fault of the program itself.</summary>
    internal static string? Explain(Exception fault) => fault switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        StoreUnavailableException unavailable => unavailable.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } inUse =>
            $"{inUse.Message} Start the bot on another address, for example: --urls http://127.0.0.1:5001",
        InvalidDataException { InnerException: not null } unreadable => $"{unreadable.Message} {unreadable.InnerException.Message}",
        _ => null,
    };

    internal static string DescribePlatforms(WebApplication app) =>
        string.Join(", ", app.Services.GetServices<IChatPlatform>().Select(p => p.Name)) is { Length: > 0 } names ? names : "none is configured";
}
