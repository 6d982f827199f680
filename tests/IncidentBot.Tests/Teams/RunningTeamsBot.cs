using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Store;
using IncidentBot.Teams;
using IncidentBot.Teams.Inbound;
using IncidentBot.Teams.Schema;
using IncidentBot.Tests.Fakes;
using IncidentBot.Tests.Fakes.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Tests.Teams;

/// <summary>The bot on a real port, and Microsoft as its far end. Time stands still but for what a test does.</summary>
public sealed class RunningTeamsBot : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("teamsbot-");
    private readonly CapturedLog _log = new();
    private readonly WebApplication _app;

    private RunningTeamsBot(FakeConnector connector, SteppedTimeProvider clock, IEnumerable<(string Key, string? Value)> settings)
    {
        Connector = connector;
        Clock = clock;
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["IncidentBot:DataDirectory"] = _directory.FullName,
            ["Teams:MicrosoftAppId"] = FakeLogin.AppId,
            ["Teams:MicrosoftAppPassword"] = FakeLogin.Secret,
            ["Teams:MicrosoftAppTenantId"] = FakeLogin.TenantId,
            ["Teams:OpenIdMetadataUrl"] = connector.Login.MetadataUrl,
            ["Teams:TokenUrl"] = connector.Login.TokenUrl,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value)));
        builder.Logging.ClearProviders().AddProvider(_log).AddFilter("Microsoft", LogLevel.None);
        builder.Services.AddIncidents();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddTeams();
        _app = builder.Build();
        TeamsEndpoints.Map(_app, (activity, cancellationToken) =>
        {
            Turns.Enqueue(activity);
            return OnTurn(activity, cancellationToken);
        });
    }

    public FakeConnector Connector { get; }

    public FakeLogin Login => Connector.Login;

    public SteppedTimeProvider Clock { get; }

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    /// <summary>The activities that came through.</summary>
    public ConcurrentQueue<Activity> Turns { get; } = [];

    /// <summary>What is done with them.</summary>
    public Func<Activity, CancellationToken, Task<InvokeResponse?>> OnTurn { get; set; } = (_, _) => Task.FromResult<InvokeResponse?>(null);

    public IReadOnlyList<string> Log => [.. _log.Lines];

    public InboundToken Token => Login.NewToken(Connector.ServiceUrl);

    public JsonObject Message => new()
    {
        ["type"] = "message", ["id"] = "1700000000000", ["channelId"] = "msteams", ["serviceUrl"] = Connector.ServiceUrl, ["text"] = "hello",
        ["from"] = new JsonObject { ["id"] = "29:1" }, ["conversation"] = new JsonObject { ["id"] = "a:1" },
    };

    public static async Task<RunningTeamsBot> StartAsync(params (string Key, string? Value)[] settings)
    {
        var clock = new SteppedTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 14, 0, TimeSpan.Zero));
        var bot = new RunningTeamsBot(await FakeConnector.StartAsync(clock), clock, settings);
        try
        {
            await bot._app.Services.GetRequiredService<IncidentStore>().PrepareAsync(CancellationToken.None);
            await bot._app.StartAsync();
        }
        catch
        {
            await bot.DisposeAsync();
            throw;
        }
        bot.Http = new HttpClient { BaseAddress = new Uri(bot._app.Urls.First()) };
        return bot;
    }

    public Task<TeamsAnswer> SendAsync(JsonObject activity, InboundToken token) => SendAsync(activity.ToJsonString(), "Bearer " + token.Sign());

    /// <param name="authorization">Null: there is no such header.</param>
    public async Task<TeamsAnswer> SendAsync(string body, string? authorization, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        return new TeamsAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await Connector.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private sealed class CapturedLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

/// <summary>What the bot answered a request of Teams with.</summary>
public sealed record TeamsAnswer(int Status, string Body);
