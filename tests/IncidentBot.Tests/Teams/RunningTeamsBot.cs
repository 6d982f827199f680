using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;
using IncidentBot.Slack;
using IncidentBot.Teams;
using IncidentBot.Teams.Inbound;
using IncidentBot.Teams.Schema;
using IncidentBot.Tests.Fakes;
using IncidentBot.Tests.Fakes.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Tests.Teams;

/// <summary>The bot on a real port, and Microsoft as its far end. Time stands still but for what a test does.</summary>
public sealed class RunningTeamsBot : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("teamsbot-");
    private readonly CapturedLog _log = new();
    private readonly IReadOnlyList<(string Key, string? Value)> _settings;
    private WebApplication _app;

    private RunningTeamsBot(FakeConnector connector, SteppedTimeProvider clock, IReadOnlyList<(string Key, string? Value)> settings)
    {
        Connector = connector;
        Clock = clock;
        ServiceUrl = connector.ServiceUrl;
        _settings = settings;
        Channel = Teams.AddChannel("operations");
        Maria = Teams.AddPerson("Maria Garcia");
        Li = Teams.AddPerson("Li Wei");
        Teo = Teams.AddPerson("Teo");
        _app = Build(settings);
    }

    private WebApplication Build(IEnumerable<(string Key, string? Value)> settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["IncidentBot:DataDirectory"] = _directory.FullName,
            ["Teams:MicrosoftAppId"] = FakeLogin.AppId,
            ["Teams:MicrosoftAppPassword"] = FakeLogin.Secret,
            ["Teams:MicrosoftAppTenantId"] = FakeLogin.TenantId,
            ["Teams:OpenIdMetadataUrl"] = Login.MetadataUrl,
            ["Teams:TokenUrl"] = Login.TokenUrl,
        });
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        builder.Logging.ClearProviders().AddProvider(_log).AddFilter("Microsoft", LogLevel.None);
        builder.Services.AddIncidents();
        SteppedOutbox.LeaveToTests(builder.Services);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.AddSlack();
        builder.AddTeams();
        var app = builder.Build();
        app.MapSlack();
        if (app.Services.GetService<TeamsActivityHandler>() is not null)
        {
            TeamsEndpoints.Map(app, (activity, cancellationToken) =>
            {
                Turns.Enqueue(activity);
                return OnTurn(activity, cancellationToken);
            });
        }
        return app;
    }

    public FakeConnector Connector { get; }

    public FakeLogin Login => Connector.Login;

    public FakeTeams Teams => Connector.Teams;

    /// <summary>Of a bot of two platforms: the other one.</summary>
    public FakeSlack? Slack { get; set; }

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

    /// <summary>Where Teams says that it is.</summary>
    public string ServiceUrl { get; set; }

    public InboundToken Token => Login.NewToken(ServiceUrl);

    public JsonObject Message => new()
    {
        ["type"] = "message", ["id"] = "1700000000000", ["channelId"] = "msteams", ["serviceUrl"] = ServiceUrl, ["text"] = "hello",
        ["from"] = new JsonObject { ["id"] = "29:1" }, ["conversation"] = new JsonObject { ["id"] = "a:1" },
    };

    public static Task<RunningTeamsBot> StartAsync(params (string Key, string? Value)[] settings) =>
        StartAsync(new SteppedTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 14, 0, TimeSpan.Zero)), settings);

    private static async Task<RunningTeamsBot> StartAsync(SteppedTimeProvider clock, IReadOnlyList<(string Key, string? Value)> settings)
    {
        var bot = new RunningTeamsBot(await FakeConnector.StartAsync(clock), clock, settings);
        try
        {
            await bot.RunAsync();
        }
        catch
        {
            await bot.DisposeAsync();
            throw;
        }
        return bot;
    }

    private async Task RunAsync()
    {
        await Services.GetRequiredService<IncidentStore>().PrepareAsync(CancellationToken.None);
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    /// <summary>The bot ends and starts again on what it left on disk.</summary>
    /// <param name="settings">What was changed meanwhile.</param>
    public async Task RestartAsync(params (string Key, string? Value)[] settings)
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = Build([.. _settings, .. settings]);
        await RunAsync();
        if (Services.GetService<TeamsActivityHandler>() is { } handler)
            OnTurn = handler.OnTurnAsync;
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
    public static Task<RunningTeamsBot> StartWholeAsync(params (string Key, string? Value)[] settings) =>
        StartWholeAsync(new SteppedTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 14, 0, TimeSpan.Zero)), settings);

    /// <param name="clock">What else is a part of the test goes by it, too.</param>
    public static async Task<RunningTeamsBot> StartWholeAsync(SteppedTimeProvider clock, params (string Key, string? Value)[] settings)
    {
        var bot = await StartAsync(clock, [("IncidentBot:TimeZone", "UTC"), .. settings]);
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

    /// <summary>Somebody presses a button with that label, of the card that was posted last with it in a conversation.</summary>
    public async Task<string> PressAsync(string label, FakeConversation place, FakePerson by, string? thread = null)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var button = place.Messages.Where(m => m.Thread == thread).SelectMany(m => m.Buttons()).Last(b => b["title"]!.ToString() == label);
        var answer = await InvokeAsync("adaptiveCard/action", new JsonObject { ["action"] = button.DeepClone(), ["trigger"] = "manual" }, place, by, thread);
        return JsonNode.Parse(answer.Body)!["value"]!.ToString();
    }

    /// <summary>Somebody presses a button with that label which opens a dialog.</summary>
    public async Task<TeamsDialog> OpenAsync(string label, FakeConversation place, FakePerson by, string? thread = null)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var button = place.Messages.Where(m => m.Thread == thread).SelectMany(m => m.Buttons()).Last(b => b["title"]!.ToString() == label);
        return TeamsDialog.Of(await InvokeAsync("task/fetch", new JsonObject { ["data"] = button["data"]!.DeepClone() }, place, by, thread));
    }

    public Task<TeamsAnswer> SubmitAsync(TeamsDialog dialog, Dictionary<string, string> values, FakeConversation place, FakePerson by, string? thread = null) =>
        InvokeAsync("task/submit", new JsonObject { ["data"] = dialog.Fill(values) }, place, by, thread);

    /// <summary>What people read in a conversation, or in one thread of a channel, in order.</summary>
    public static IReadOnlyList<string> TextsIn(FakeConversation place, string? thread = null) => [.. place.Messages.Where(m => thread is null || m.Thread == thread).Select(m => m.Text)];

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
            ["type"] = type, ["channelId"] = "msteams", ["serviceUrl"] = ServiceUrl, ["timestamp"] = Clock.GetUtcNow().ToString("o"), ["localTimezone"] = "Europe/Berlin", ["locale"] = "en-US",
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
    public Task DeliverAsync() => SteppedOutbox.DeliverAsync(
        Services, Clock, () => Teams.InFlight + (Slack?.InFlight ?? 0), () => Teams.Calls.Count + (Slack?.Calls.Count ?? 0));

    /// <summary>Time passes: each reminder is looked at when it is due, and what it says is delivered.</summary>
    public Task PassAsync(TimeSpan by) => PassingTime.PassAsync(
        Services.GetRequiredService<ReminderDispatcher>(), Clock, Clock.Advance, DeliverAsync, by, () => SteppedOutbox.SettleAsync(Services));

    /// <summary>Lets the outbox send while the database does not take that anything was sent, as on a full disk.</summary>
    public async Task DeliverWithoutMarkingAsync()
    {
        var store = Services.GetRequiredService<IncidentStore>();
        await ChangeAsync("CREATE TRIGGER full BEFORE UPDATE ON Outbox BEGIN SELECT RAISE(ABORT, 'full'); END; CREATE TRIGGER fullToo BEFORE INSERT ON PlatformStates BEGIN SELECT RAISE(ABORT, 'full'); END");
        await Assert.ThrowsAnyAsync<Exception>(DeliverAsync);
        await ChangeAsync("DROP TRIGGER full; DROP TRIGGER fullToo");

        Task<int> ChangeAsync(string sql) => store.WriteAsync(db => db.Database.ExecuteSqlRawAsync(sql), CancellationToken.None);
    }

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
