using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using IncidentBot.EndToEnd.Tests.Running;
using IncidentBot.Tests.Fakes;
using IncidentBot.Tests.Fakes.Teams;

namespace IncidentBot.EndToEnd.Tests.Teams;

/// <summary>The bot as a process of its own, serving a fake Teams over HTTP; what Teams sends is signed.</summary>
internal sealed class TeamsSession : IAsyncDisposable
{
    private readonly FakeConnector _connector;
    private readonly HttpClient _http = new();

    private TeamsSession(FakeConnector connector, BotProcess bot)
    {
        _connector = connector;
        Bot = bot;
        Channel = connector.Teams.AddChannel("operations");
        Maria = connector.Teams.AddPerson("Maria Garcia");
        Li = connector.Teams.AddPerson("Li Wei");
    }

    public BotProcess Bot { get; }

    public FakeTeams Teams => _connector.Teams;

    public FakeConversation Channel { get; }

    public FakePerson Maria { get; }

    public FakePerson Li { get; }

    public static async Task<TeamsSession> StartAsync()
    {
        var connector = await FakeConnector.StartAsync(TimeProvider.System);
        try
        {
            return new TeamsSession(connector, await BotProcess.StartWithAsync(
                "--Teams:MicrosoftAppId", FakeLogin.AppId, "--Teams:MicrosoftAppPassword", FakeLogin.Secret, "--Teams:MicrosoftAppTenantId", FakeLogin.TenantId,
                "--Teams:OpenIdMetadataUrl", connector.Login.MetadataUrl, "--Teams:TokenUrl", connector.Login.TokenUrl));
        }
        catch
        {
            await connector.DisposeAsync();
            throw;
        }
    }

    /// <summary>Somebody mentions the bot in the channel.</summary>
    /// <param name="thread">Its first message; null begins a new one.</param>
    /// <param name="mentioned">Whom the text names beside the bot, as <c>&lt;at&gt;Name&lt;/at&gt;</c>.</param>
    /// <returns>The message's id.</returns>
    public async Task<string> SayAsync(string text, string? thread = null, FakePerson? by = null, FakePerson? mentioned = null)
    {
        var id = Teams.NextId();
        var activity = NewActivity("message", by ?? Maria, thread ?? id, id);
        activity["text"] = $"<at>{FakeTeams.BotName}</at> {text}";
        activity["entities"] = new JsonArray(MentionOf(FakeTeams.BotId, FakeTeams.BotName));
        if (mentioned is not null)
            activity["entities"]!.AsArray().Add(MentionOf(mentioned.Id, mentioned.Name));
        Channel.Messages.Add(new FakeTeamsMessage(id, thread ?? id, (JsonObject)activity.DeepClone()));
        await SendAsync(activity);
        return id;
    }

    /// <returns>The answer's body.</returns>
    public async Task<JsonNode> InvokeAsync(string name, JsonObject value, string thread, FakePerson? by = null)
    {
        var activity = NewActivity("invoke", by ?? Maria, thread, Teams.NextId());
        activity["name"] = name;
        activity["value"] = value;
        return JsonNode.Parse(await SendAsync(activity))!;
    }

    /// <summary>The newest message of the bot in a thread whose JSON has this in it.</summary>
    public Task<FakeTeamsMessage> FindAsync(string part, string thread) => Eventually.GetAsync(
        $"there is a message with \"{part}\"",
        () => Task.FromResult(Channel.Messages.ToArray().LastOrDefault(m => m.Thread == thread && IsOfBot(m) && m.Json.Contains(part, StringComparison.Ordinal))));

    /// <summary>Declares an incident and waits for its thread.</summary>
    /// <returns>The thread's first message, which is the status card.</returns>
    public async Task<FakeTeamsMessage> DeclareAsync(string title = "Checkout answers 500")
    {
        var asked = await SayAsync("incident start sev2 " + title);
        return await Eventually.GetAsync(
            "the incident's thread is there",
            () => Task.FromResult(Channel.Messages.ToArray().FirstOrDefault(m => m.Id == m.Thread && m.Id != asked && m.Json.Contains(title, StringComparison.Ordinal))));
    }

    /// <summary>Whatever Teams would not take. That it asks for a pause is no fault: after a kill the bot does not know how much it has just sent.</summary>
    public IEnumerable<string> Refusals => Teams.Refusals.Where(r => !r.EndsWith("Throttled", StringComparison.Ordinal));

    public static JsonObject CardOf(FakeTeamsMessage message) => message.Content["attachments"]![0]!["content"]!.AsObject();

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await _connector.DisposeAsync();
        _http.Dispose();
    }

    /// <summary>The first message of a thread that the bot makes has no sender.</summary>
    private static bool IsOfBot(FakeTeamsMessage message) => message.Content["from"]?["id"]?.ToString() is null or FakeTeams.BotId;

    private static JsonObject MentionOf(string id, string name) => new()
    {
        ["type"] = "mention", ["text"] = $"<at>{name}</at>", ["mentioned"] = new JsonObject { ["id"] = id, ["name"] = name },
    };

    private JsonObject NewActivity(string type, FakePerson by, string thread, string id) => new()
    {
        ["type"] = type, ["id"] = id, ["channelId"] = "msteams", ["serviceUrl"] = _connector.ServiceUrl, ["localTimezone"] = "Europe/Berlin", ["locale"] = "en-US",
        ["from"] = new JsonObject { ["id"] = by.Id, ["name"] = by.Name, ["aadObjectId"] = by.AadObjectId },
        ["recipient"] = new JsonObject { ["id"] = FakeTeams.BotId, ["name"] = FakeTeams.BotName },
        ["conversation"] = new JsonObject { ["id"] = $"{Channel.Id};messageid={thread}", ["conversationType"] = "channel", ["tenantId"] = FakeLogin.TenantId, ["isGroup"] = true },
        ["channelData"] = new JsonObject
        {
            ["tenant"] = new JsonObject { ["id"] = FakeLogin.TenantId }, ["channel"] = new JsonObject { ["id"] = Channel.Id },
            ["team"] = new JsonObject { ["id"] = "19:team@thread.tacv2", ["aadGroupId"] = "11111111-2222-3333-4444-555555555555" },
        },
    };

    private async Task<string> SendAsync(JsonObject activity)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Bot.Address, "/api/messages")) { Content = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _connector.Login.NewToken(_connector.ServiceUrl).Sign());
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {text} {Bot.Output}");
        return text;
    }
}
