using System.Collections.Concurrent;
using IncidentBot.Health;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Store;
using IncidentBot.Slack;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Tests.Slack.SocketMode;

/// <summary>The bot in Socket Mode, with its own store, connected to a fake Slack.</summary>
internal sealed class SocketModeBot : IAsyncDisposable
{
    public const string BotToken = "xoxb-very-secret";
    public const string AppToken = "xapp-very-secret";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly string _directory = Directory.CreateTempSubdirectory("socketmode-").FullName;
    private readonly LogLines _log = new();
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();

    private SocketModeBot(FakeSocketMode slack, int connections)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["IncidentBot:DataDirectory"] = _directory,
            ["Slack:Mode"] = "SocketMode",
            ["Slack:BotToken"] = BotToken,
            ["Slack:AppToken"] = AppToken,
            ["Slack:ApiBaseUrl"] = slack.ApiBaseUrl,
            ["Slack:Connections"] = $"{connections}",
        });
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.AddIncidents();
        builder.Services.AddHealth();
        builder.AddSlack();
        _app = builder.Build();
        _app.MapHealth();
    }

    /// <summary>Every line that was logged.</summary>
    public IReadOnlyCollection<string> Log => _log.Lines;

    public static async Task<SocketModeBot> StartAsync(FakeSocketMode slack, int connections = 1)
    {
        var bot = new SocketModeBot(slack, connections);
        await bot._app.Services.GetRequiredService<IncidentStore>().PrepareAsync(CancellationToken.None);
        await bot._app.StartAsync();
        return bot;
    }

    public Task StopAsync() => _app.StopAsync();

    public async Task<(bool IsReady, string Text)> ReadinessAsync()
    {
        using var answer = await _http.GetAsync(new Uri($"{_app.Urls.Single()}/healthz/ready"));
        return (answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task BecomesReadyAsync() => HappensAsync("the bot is ready", async () => (await ReadinessAsync()).IsReady);

    public Task BecomesUnreadyAsync() => HappensAsync("the bot is not ready", async () => !(await ReadinessAsync()).IsReady);

    public Task SaysAsync(string text) =>
        HappensAsync($"the log says {text}", () => Task.FromResult(Log.Any(l => l.Contains(text, StringComparison.OrdinalIgnoreCase))));

    /// <summary>The texts of the timeline of the only incident, in the order in which they were recorded.</summary>
    public async Task<IReadOnlyList<string>> TimelineAsync()
    {
        await using var db = _app.Services.GetRequiredService<IncidentStore>().Read();
        return await db.Entries.OrderBy(e => e.Number).Select(e => e.Text).ToListAsync();
    }

    public static async Task HappensAsync(string what, Func<Task<bool>> condition, TimeSpan? within = null)
    {
        using var timeout = new CancellationTokenSource(within ?? Bound);
        while (!await condition())
        {
            if (timeout.IsCancellationRequested)
                throw new TimeoutException($"It did not happen in time: {what}.");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
