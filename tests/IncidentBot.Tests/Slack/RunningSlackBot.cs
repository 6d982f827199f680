using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using IncidentBot.Health;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;
using IncidentBot.Slack;
using IncidentBot.Tests.Fakes;
using IncidentBot.Tests.Web;
using IncidentBot.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Tests.Slack;

/// <summary>
/// The bot on a real port with its real database file, and Slack as its far end. Time stands still but for what a test does; the
/// outbox sends when the test says so.
/// </summary>
public sealed class RunningSlackBot : IAsyncDisposable
{
    public const string Maria = "U1";
    public const string Li = "U2";
    public const string Teo = "U3";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("slackbot-");
    private readonly IReadOnlyList<(string Key, string? Value)> _settings;
    private WebApplication _app;

    private RunningSlackBot(FakeSlack slack, SteppedTimeProvider clock, IReadOnlyList<(string Key, string? Value)> settings)
    {
        Slack = slack;
        Clock = clock;
        _settings = settings;
        _app = Build();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["IncidentBot:DataDirectory"] = _directory.FullName,
            ["IncidentBot:TimeZone"] = "UTC",
            ["Slack:BotToken"] = FakeSlack.BotToken,
            ["Slack:SigningSecret"] = FakeSlack.SigningSecret,
            ["Slack:ApiBaseUrl"] = Slack.ApiBaseUrl,
        });
        builder.Configuration.AddInMemoryCollection(_settings.Select(s => KeyValuePair.Create(s.Key, s.Value)));
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(Logged);
        builder.Services.AddIncidents();
        SteppedOutbox.LeaveToTests(builder.Services);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddHealth();
        builder.Services.AddIncidentPage();
        builder.AddSlack();
        var app = builder.Build();
        app.MapHealth();
        app.MapIncidentPage();
        app.MapSlack();
        return app;
    }

    public FakeSlack Slack { get; }

    public SlackWorkspace Workspace => Slack.Workspace;

    public SteppedTimeProvider Clock { get; }

    public HttpClient Http { get; private set; } = null!;

    public RunningBot.Logs Logged { get; } = new();

    public IServiceProvider Services => _app.Services;

    public IncidentStore Store => _app.Services.GetRequiredService<IncidentStore>();

    public IChatPlatform Platform => _app.Services.GetRequiredService<IChatPlatform>();

    /// <summary>Where people are when nothing else is said.</summary>
    public FakeChannel General { get; private set; } = null!;

    public static Task<RunningSlackBot> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(_ => { }, settings);

    /// <param name="prepare">What is the matter with Slack while the bot starts.</param>
    public static async Task<RunningSlackBot> StartAsync(Action<FakeSlack> prepare, params (string Key, string? Value)[] settings)
    {
        var clock = new SteppedTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 14, 0, TimeSpan.Zero));
        var slack = await FakeSlack.StartAsync(clock);
        slack.Workspace.AddMember(new SlackMember(SlackWorkspace.BotUserId, "incidentbot", "IncidentBot"));
        slack.Workspace.AddMember(new SlackMember(Maria, "maria", "Maria", "Europe/Berlin"));
        slack.Workspace.AddMember(new SlackMember(Li, "li", "Li Wei", "Asia/Shanghai"));
        slack.Workspace.AddMember(new SlackMember(Teo, "teo", "Teo"));
        var bot = new RunningSlackBot(slack, clock, settings) { General = slack.Workspace.AddChannel("general") };
        prepare(slack);
        await bot.RunAsync();
        return bot;
    }

    private async Task RunAsync()
    {
        await Store.PrepareAsync(CancellationToken.None);
        await _app.StartAsync();
        // Slack keeps what it has open, and a request that waits holds up no other.
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 2 }) { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    /// <summary>The bot ends and starts again on what it left on disk.</summary>
    public async Task RestartAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = Build();
        await RunAsync();
    }

    /// <summary>A slash command, a minute after whatever was before.</summary>
    public async Task<SlackAnswer> TypeAsync(string command, FakeChannel? channel = null, string user = Maria, string? trigger = null, string? responseUrl = null)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var (word, text) = command.Split(' ', 2) is [var w, var t] ? (w, t) : (command, "");
        return await SendFormAsync("/slack/commands", new()
        {
            ["token"] = "x", ["team_id"] = "T1", ["team_domain"] = "example", ["channel_id"] = (channel ?? General).Id, ["channel_name"] = (channel ?? General).Name,
            ["user_id"] = user, ["user_name"] = Workspace.Members.GetValueOrDefault(user)?.Name ?? user, ["command"] = word, ["text"] = text, ["api_app_id"] = "A1",
            ["response_url"] = responseUrl ?? Slack.NewResponseUrl(), ["trigger_id"] = trigger ?? Workspace.GiveTrigger(),
        });
    }

    public Task<SlackAnswer> SendEventAsync(JsonObject inner, string? eventId = null) => SendJsonAsync("/slack/events", new JsonObject
    {
        ["token"] = "x", ["team_id"] = "T1", ["api_app_id"] = "A1", ["type"] = "event_callback", ["event_id"] = eventId ?? Workspace.NextId("Ev"),
        ["event_time"] = Clock.GetUtcNow().ToUnixTimeSeconds(), ["event"] = inner,
    });

    public Task<SlackAnswer> InteractAsync(JsonObject payload) =>
        SendFormAsync("/slack/interactivity", new() { ["payload"] = payload.ToJsonString() });

    /// <summary>Somebody presses a button of a message, or of a view where <paramref name="channel"/> is null.</summary>
    public Task<SlackAnswer> PressAsync(string value, FakeChannel? channel, string user = Maria, string? trigger = null, string? responseUrl = null)
    {
        var payload = new JsonObject
        {
            ["type"] = "block_actions", ["user"] = User(user), ["trigger_id"] = trigger ?? Workspace.GiveTrigger(),
            ["actions"] = new JsonArray(new JsonObject { ["type"] = "button", ["action_id"] = "1.0", ["block_id"] = "b", ["value"] = value }),
        };
        if (channel is not null)
        {
            payload["channel"] = new JsonObject { ["id"] = channel.Id, ["name"] = channel.Name };
            payload["response_url"] = responseUrl ?? Slack.NewResponseUrl();
        }
        else
        {
            payload["view"] = new JsonObject { ["id"] = "VHOME", ["type"] = "home" };
        }
        return InteractAsync(payload);
    }

    /// <summary>Somebody presses the button with that label.</summary>
    public Task<SlackAnswer> PressAsync(FakeMessage message, string label, FakeChannel channel, string user, string? responseUrl = null) =>
        PressAsync(message.Buttons().Single(b => b["text"]!["text"]!.ToString() == label)["value"]!.ToString(), channel, user, responseUrl: responseUrl);

    /// <summary>Submits a modal; what is not given stays as the modal shows it.</summary>
    public Task<SlackAnswer> SubmitAsync(FakeView view, Dictionary<string, string> values, string user = Maria)
    {
        var state = new JsonObject();
        foreach (var block in view.Definition["blocks"]!.AsArray().Where(b => b!["type"]!.ToString() == "input"))
        {
            var id = block!["block_id"]!.ToString();
            state[id] = new JsonObject { [block["element"]!["action_id"]!.ToString()] = Value(block["element"]!, values.GetValueOrDefault(id)) };
        }
        return InteractAsync(new JsonObject
        {
            ["type"] = "view_submission", ["user"] = User(user),
            ["view"] = new JsonObject
            {
                ["id"] = view.Id, ["type"] = "modal", ["callback_id"] = view.Definition["callback_id"]!.ToString(),
                ["private_metadata"] = view.Definition["private_metadata"]!.ToString(), ["hash"] = view.Hash, ["state"] = new JsonObject { ["values"] = state },
            },
        });
    }

    public Task<SlackAnswer> UseShortcutAsync(FakeChannel channel, FakeMessage message, string user = Maria, string? responseUrl = null) => InteractAsync(new JsonObject
    {
        ["type"] = "message_action", ["callback_id"] = "add_to_timeline", ["user"] = User(user), ["trigger_id"] = Workspace.GiveTrigger(),
        ["channel"] = new JsonObject { ["id"] = channel.Id, ["name"] = channel.Name }, ["message"] = message.Content.DeepClone(),
        ["response_url"] = responseUrl ?? Slack.NewResponseUrl(),
    });

    public Task<SlackAnswer> ReactAsync(FakeChannel channel, FakeMessage message, bool isAdded = true, string emoji = "pushpin", string user = Maria, string? eventId = null)
    {
        if (isAdded)
            message.Reactions.Add((emoji.Split("::")[0], user));
        else
            message.Reactions.Remove((emoji.Split("::")[0], user));
        return SendEventAsync(
            new JsonObject
            {
                ["type"] = isAdded ? "reaction_added" : "reaction_removed", ["user"] = user, ["reaction"] = emoji,
                ["item"] = new JsonObject { ["type"] = "message", ["channel"] = channel.Id, ["ts"] = message.Ts },
            },
            eventId);
    }

    public Task<SlackAnswer> SendFormAsync(string route, Dictionary<string, string> form) => SendAsync(
        route, string.Join('&', form.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}")), "application/x-www-form-urlencoded");

    public Task<SlackAnswer> SendJsonAsync(string route, JsonObject json) => SendAsync(route, json.ToJsonString(), "application/json");

    /// <param name="signature">Null for the right one.</param>
    public async Task<SlackAnswer> SendAsync(string route, string body, string contentType, string? signature = null, DateTimeOffset? at = null)
    {
        var timestamp = (at ?? Clock.GetUtcNow()).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", signature ?? Sign(timestamp, body));
        using var response = await Http.SendAsync(request);
        var answer = new SlackAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        if (answer.Json is JsonObject json && !json.ContainsKey("challenge"))
            SlackPayloads.Keep(json.ContainsKey("response_action") ? "ack.view_submission" : "ack.slash_command", json);
        return answer;
    }

    public static string Sign(string timestamp, string body) => "v0=" + Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(FakeSlack.SigningSecret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}")));

    /// <summary>Lets the outbox send all that it may send now; where it waits for its turn, time passes.</summary>
    public Task DeliverAsync() => SteppedOutbox.DeliverAsync(_app.Services, Clock, () => Slack.InFlight, () => Slack.Calls.Count);

    /// <summary>Time passes: each reminder is looked at when it is due, and what it says is delivered.</summary>
    public Task PassAsync(TimeSpan by) => PassingTime.PassAsync(
        Services.GetRequiredService<ReminderDispatcher>(), Clock, Clock.Advance, DeliverAsync, by, () => SteppedOutbox.SettleAsync(Services));

    /// <summary>What a person and the bot have between the two of them.</summary>
    public FakeChannel DirectOf(string user)
    {
        lock (Workspace.Channels)
            return Workspace.Channels["D" + user];
    }

    /// <summary>Lets the outbox send while the database does not take that anything was sent, as on a full disk.</summary>
    public async Task DeliverWithoutMarkingAsync()
    {
        await ChangeAsync("CREATE TRIGGER full BEFORE UPDATE ON Outbox BEGIN SELECT RAISE(ABORT, 'full'); END");
        await Assert.ThrowsAnyAsync<Exception>(DeliverAsync);
        await ChangeAsync("DROP TRIGGER full");

        Task<int> ChangeAsync(string sql) => Store.WriteAsync(db => db.Database.ExecuteSqlRawAsync(sql), CancellationToken.None);
    }

    /// <summary>Declares an incident and lets its channel come into being.</summary>
    public async Task<FakeChannel> DeclareAsync(string title = "Checkout answers 500", FakeChannel? channel = null)
    {
        await TypeAsync("/incident start sev2 " + title, channel);
        await DeliverAsync();
        lock (Workspace.Channels)
            return Workspace.Channels.Values.Last(c => c.Creator == SlackWorkspace.BotUserId);
    }

    public async Task<IncidentSnapshot> ReadAsync(int number = 1) =>
        await _app.Services.GetRequiredService<IncidentReader>().ReadAsync(number, CancellationToken.None) ?? throw new InvalidOperationException($"There is no INC-{number}.");

    /// <summary>What was logged at a level, without what belongs to no part of the bot.</summary>
    public IReadOnlyList<string> LoggedAt(LogLevel level) =>
        [.. Logged.Lines.Where(l => l.StartsWith("IncidentBot.", StringComparison.Ordinal) && l.Contains($": {level}: ", StringComparison.Ordinal))];

    /// <summary>Waits for what happens after an answer was given.</summary>
    public static async Task UntilAsync(Func<bool> happened)
    {
        for (var i = 0; i < 3000 && !happened(); i++)
            await Task.Delay(10);
        Assert.True(happened());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Slack.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private JsonObject User(string id) => new() { ["id"] = id, ["username"] = Workspace.Members.GetValueOrDefault(id)?.Name ?? id, ["team_id"] = "T1" };

    private static JsonObject Value(JsonNode element, string? given) => element["type"]!.ToString() switch
    {
        "static_select" => new JsonObject
        {
            ["selected_option"] = (given ?? element["initial_option"]?["value"]?.ToString()) is { } chosen
                ? element["options"]!.AsArray().Single(o => o!["value"]!.ToString() == chosen)!.DeepClone()
                : null,
        },
        "datepicker" => new JsonObject { ["selected_date"] = given ?? element["initial_date"]?.ToString() },
        _ => new JsonObject { ["value"] = given ?? element["initial_value"]?.ToString() },
    };
}

/// <summary>What the bot answered a request of Slack with.</summary>
public sealed record SlackAnswer(int Status, string Body)
{
    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);

    /// <summary>The text of a message to whoever asked.</summary>
    public string Text => Json?["text"]?.ToString() ?? "";
}
