using IncidentBot.Cli;
using IncidentBot.Health;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Configuration;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Store;
using IncidentBot.Jobs;
using IncidentBot.LocalChat;
using IncidentBot.Slack;
using IncidentBot.Teams;
using IncidentBot.Telemetry;
using IncidentBot.Web;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace IncidentBot;

/// <summary>The bot as a web application: what it is made of, and how it starts.</summary>
public static partial class BotHost
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    public static WebApplication Build(string[] args) => Map(Create(args));

    /// <summary>Without its routes, which ask for values of the configuration that may be wrong.</summary>
    internal static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddDefaults();
        builder.AddTelemetry();
        builder.Services.AddIncidents();
        builder.Services.AddHealth();
        builder.AddJobs();
        builder.Services.AddIncidentPage();
        builder.AddLocalChat();
        builder.AddSlack();
        builder.AddTeams();

        // A start that fails is explained by RunAsync, or ends with its exception; the host would log its stack as well.
        var started = CancellationToken.None;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && started.IsCancellationRequested);
        var app = builder.Build();
        started = app.Lifetime.ApplicationStarted;
        return app;
    }

    private static WebApplication Map(WebApplication app)
    {
        app.MapHealth();
        app.MapIncidentPage();
        app.MapLocalChat();
        app.MapSlack();
        app.MapTeams();
        app.MapGet("/", () => LocalChatOptions.IsEnabled(app.Configuration) ? Results.Redirect(LocalChatSetup.Root) : Results.Text("IncidentBot is running."));
        return app;
    }

    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = Create(args);
            foreach (var unknown in app.Services.DescribeUnknownSettings())
                Log.Unknown(app.Logger, unknown);
            // Ahead of the host, which would log a wrong value with its stack.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            Map(app);
            await app.Services.GetRequiredService<IncidentStore>().PrepareAsync(cancellationToken);
            await app.StartAsync(cancellationToken);
            await output.WriteLineAsync(Welcome(app));
            if (Doctor.InspectTemplate(app.Services.GetRequiredService<IOptions<PostmortemOptions>>().Value, cancellationToken) is (var fault, IsUsable: false))
                await errors.WriteLineAsync($"Postmortem:TemplatePath: {fault}");
            await app.WaitForShutdownAsync(cancellationToken);
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
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures.Select(WithoutFrame)),
        ArgumentOutOfRangeException { ParamName: "port" } => "Urls (--urls, ASPNETCORE_URLS) names a port that does not exist. Use one from 1 to 65535, for example http://127.0.0.1:5081.",
        StoreUnavailableException unavailable => unavailable.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } inUse =>
            $"{inUse.Message} Start the bot on another address, for example: --urls http://127.0.0.1:5001",
        InvalidDataException { InnerException: not null } unreadable => $"{unreadable.Message} {unreadable.InnerException?.Message}",
        // The binder's own words: key, value and type. https://github.com/dotnet/runtime, ConfigurationBinder
        InvalidOperationException unbound when unbound.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) => unbound.Message,
        AggregateException several when several.InnerExceptions.All(e => Explain(e) is not null) => string.Join(Environment.NewLine, several.InnerExceptions.Select(Explain)),
        _ => null,
    };

    /// <summary>What holds where the configuration says nothing. It is read first, so that everything else overrules it.</summary>
    private static void AddDefaults(this WebApplicationBuilder builder)
    {
        var defaults = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:LogLevel:Microsoft"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
            // It warns of every attempt on a file that is locked; /healthz/ready and ReminderScheduler say what is the matter.
            ["Logging:LogLevel:Quartz"] = "Error",
            ["Logging:LogLevel:IncidentBot.Incidents.Commands"] = "Warning",
            // A probe asks every few seconds, and /healthz/ready says it all.
            ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        };
        var configuration = builder.Configuration;
        if (configuration["urls"] is null && configuration["http_ports"] is null && configuration["https_ports"] is null
            && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            defaults["urls"] = DefaultUrl;
        }
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = defaults });
    }

    private static string Welcome(WebApplication app)
    {
        var address = app.Urls.First();
        var served = string.Concat(new[] { SlackSetup.Describe(app.Services), TeamsSetup.Describe(app.Services) }.OfType<string>().Select(s => $" {s}."));
        return app.Services.GetServices<IChatPlatform>().OfType<LocalChatPlatform>().Any()
            ? $"IncidentBot is ready.{served} Open {address}{LocalChatSetup.Root} in a browser; Ctrl+C ends it."
            : $"IncidentBot is ready and listens on {address}.{served} Ctrl+C ends it.";
    }

    /// <summary>The options' own sentence, without the frame that the framework puts around it.</summary>
    private static string WithoutFrame(string failure)
    {
        const string frame = "with the error: '";
        var start = failure.IndexOf(frame, StringComparison.Ordinal);
        return start < 0 ? failure : failure[(start + frame.Length)..].TrimEnd('.', '\'') + ".";
    }

    internal static string DescribePlatforms(WebApplication app) =>
        string.Join(", ", app.Services.GetServices<IChatPlatform>().Select(p => p.Name)) is { Length: > 0 } names ? names : "none is configured";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Unknown}")]
        public static partial void Unknown(ILogger logger, string unknown);
    }
}
