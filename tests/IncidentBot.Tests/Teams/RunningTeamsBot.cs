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
        Channel = Teams.AddChannel("operations");
        Maria = Teams.AddPerson("Maria Garcia");
        Li = Teams.AddPerson("Li Wei");
        Teo = Teams.AddPerson("Teo");
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
        SteppedOutbox.LeaveToTests(builder.Services);
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

    public FakeTeams Teams => Connector.Teams;

    /// <summary>Where people are when nothing else is said.</summary>
    public FakeConversation Channel { get; }

    public FakePerson Maria { get; }

    public FakePerson Li { get; }

    public FakePerson Teo { get; }

    public SteppedTimeProvider Clock { get; }

    public string DataDirectory => _directory.FullName;

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

    /// <summary>The bot as it runs: with the people of a team, a channel, and an outbox that sends when the test says so.</summary>
    public static async Task<RunningTeamsBot> StartWholeAsync(params (string Key, string? Value)[] settings)
    {
        var bot = await StartAsync([("IncidentBot:TimeZone", "UTC"), .. settings]);
        bot.OnTurn = bot.Services.GetRequiredService<TeamsActivityHandler>().OnTurnAsync;
        return bot;
    }

    /// <summary>Somebody writes in the root of a channel, in a thread, in a chat; a minute after whatever was before.</summary>
    /// <param name="text">Where others may listen, what begins with <c>@IncidentBot</c> mentions the bot.</param>
    /// <param name="thread">Of a channel: the thread's first message; null begins a new one.</param>
    /// <param name="change">What is otherwise about the activity.</param>
    /// <returns>The message's id, which is that of the thread that it may begin.</returns>
    public async Task<string> SayAsync(string text, FakeConversation? place = null, FakePerson? by = null, string? thread = null, Action<JsonObject>? change = null)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var id = Teams.NextId();
        var activity = NewActivity("message", place ?? Channel, by ?? Maria, thread ?? id, id);
        if (text.StartsWith("@" + FakeTeams.BotName, StringComparison.Ordinal))
        {
            activity["text"] = $"<at>{FakeTeams.BotName}</at>{text[(FakeTeams.BotName.Length + 1)..]}";
            activity["entities"] = new JsonArray(MentionOf(FakeTeams.BotId, FakeTeams.BotName));
        }
        else
        {
            activity["text"] = text;
        }
        change?.Invoke(activity);
        var conversation = place ?? Channel;
        conversation.Messages.Add(new FakeTeamsMessage(id, conversation.Type == "channel" ? thread ?? id : null, (JsonObject)activity.DeepClone()));
        Assert.Equal(200, (await SendAsync(activity, Token)).Status);
        return id;
    }

    public async Task<TeamsAnswer> InvokeAsync(string name, JsonObject value, FakeConversation? place = null, FakePerson? by = null, string? thread = null, string? id = null)
    {
        var activity = NewActivity("invoke", place ?? Channel, by ?? Maria, thread, id ?? Teams.NextId());
        activity["name"] = name;
        activity["value"] = value;
        return await SendAsync(activity, Token);
    }

    public static JsonObject MentionOf(string id, string name) => new()
    {
        ["type"] = "mention", ["text"] = $"<at>{name}</at>", ["mentioned"] = new JsonObject { ["id"] = id, ["name"] = name },
    };

    /// <param name="thread">Of a channel only.</param>
    public JsonObject NewActivity(string type, FakeConversation place, FakePerson by, string? thread, string? id)
    {
        var activity = new JsonObject
        {
            ["type"] = type, ["channelId"] = "msteams", ["serviceUrl"] = Connector.ServiceUrl, ["timestamp"] = Clock.GetUtcNow().ToString("o"), ["localTimezone"] = "Europe/Berlin", ["locale"] = "en-US",
            ["from"] = new JsonObject { ["id"] = by.Id, ["name"] = by.Name, ["aadObjectId"] = by.AadObjectId },
            ["recipient"] = new JsonObject { ["id"] = FakeTeams.BotId, ["name"] = FakeTeams.BotName },
            ["conversation"] = new JsonObject
            {
                ["id"] = place.Type == "channel" && thread is not null ? $"{place.Id};messageid={thread}" : place.Id, ["conversationType"] = place.Type, ["tenantId"] = FakeLogin.TenantId, ["isGroup"] = place.Type != "personal",
            },
            ["channelData"] = place.Type == "channel"
                ? new JsonObject { ["tenant"] = new JsonObject { ["id"] = FakeLogin.TenantId }, ["team"] = new JsonObject { ["id"] = "19:team@thread.tacv2", ["aadGroupId"] = "11111111-2222-3333-4444-555555555555" }, ["channel"] = new JsonObject { ["id"] = place.Id } }
                : new JsonObject { ["tenant"] = new JsonObject { ["id"] = FakeLogin.TenantId } },
        };
        if (id is not null)
            activity["id"] = id;
        return activity;
    }

    /// <summary>Lets the outbox send all that it may send now; where it waits for its turn, time passes.</summary>
    public Task DeliverAsync() => SteppedOutbox.DeliverAsync(Services, Clock, () => Teams.InFlight, () => Teams.Calls.Count);

    /// <summary>Declares an incident in the channel and lets its thread come into being.</summary>
    /// <returns>The thread.</returns>
    public async Task<string> DeclareAsync(string title = "Checkout answers 500")
    {
        await SayAsync("@IncidentBot incident start sev2 " + title);
        await DeliverAsync();
        return FakeConversation.ThreadOf((await ReadAsync(await Services.GetRequiredService<IncidentStore>().ReadAsync(db => Task.FromResult(db.Incidents.Max(i => i.Number)), CancellationToken.None))).Incident.Room!.Id)!;
    }

    public async Task<IncidentSnapshot> ReadAsync(int number = 1) =>
        await Services.GetRequiredService<IncidentReader>().ReadAsync(number, CancellationToken.None) ?? throw new InvalidOperationException($"There is no INC-{number}.");

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
