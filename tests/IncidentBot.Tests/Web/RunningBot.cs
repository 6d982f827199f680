using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Store;
using IncidentBot.LocalChat;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Tests.Web;

/// <summary>The whole bot as it is started, on a real port with its real database file; all that it logs is kept.</summary>
public sealed class RunningBot : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _lastKey;

    private RunningBot(WebApplication app) => _app = app;

    public Logs Logged { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Now, for what is typed next.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 9, 14, 0, TimeSpan.Zero);

    public static async Task<RunningBot> StartAsync(string directory, params string[] settings)
    {
        var app = BotHost.Build(["--urls", "http://127.0.0.1:0", "--IncidentBot:DataDirectory", directory, .. settings]);
        var bot = new RunningBot(app);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(bot.Logged);
        await app.Services.GetRequiredService<IncidentStore>().PrepareAsync(CancellationToken.None);
        await app.StartAsync();
        bot.Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        return bot;
    }

    /// <summary>A minute later, somebody types this.</summary>
    public Task TypeAsync(string text, string user = "maria")
    {
        Now += TimeSpan.FromMinutes(1);
        return DispatchAsync(dispatcher => dispatcher.HandleAsync(
            new InboundCommand(NewKey(), General, Somebody(user), text, null, Now, InboundCommand.NoMentions), CancellationToken.None));
    }

    public Task DoAsync(Command command) => DispatchAsync(dispatcher => dispatcher.HandleAsync(
        new InboundAction(NewKey(), General, Somebody("maria"), command, null, Now), CancellationToken.None));

    public async Task<IncidentSnapshot> ReadAsync(int number = 1) =>
        await _app.Services.GetRequiredService<IncidentReader>().ReadAsync(number, CancellationToken.None) ?? throw new InvalidOperationException($"There is no INC-{number}.");

    public static Conversation General { get; } = new(LocalChatPlatform.PlatformName, "general");

    public static Person Somebody(string name) => new(LocalChatPlatform.PlatformName, name, name);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task DispatchAsync(Func<CommandDispatcher, Task<CommandAnswer>> handle)
    {
        var answer = await handle(_app.Services.GetRequiredService<CommandDispatcher>());
        Assert.False(answer.IsRefused, answer.Message.ToPlainText());
    }

    private string NewKey() => "test:" + Interlocked.Increment(ref _lastKey).ToString(CultureInfo.InvariantCulture);

    /// <summary>Every line, with the scopes around it.</summary>
    public sealed class Logs : ILoggerProvider, ISupportExternalScope
    {
        private readonly ConcurrentQueue<string> _lines = [];
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public IReadOnlyList<string> Lines => [.. _lines];

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Logger(Logs logs, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => logs._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var line = new StringBuilder(category).Append(": ").Append(logLevel).Append(": ").Append(formatter(state, exception)).Append(exception);
                logs._scopes.ForEachScope((scope, text) => text.Append(" in ").Append(scope), line);
                logs._lines.Enqueue(line.ToString());
            }
        }
    }
}
