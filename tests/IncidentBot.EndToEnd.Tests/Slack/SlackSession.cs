using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using IncidentBot.EndToEnd.Tests.Running;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.EndToEnd.Tests.Slack;

/// <summary>The bot as a process of its own, serving a fake Slack over HTTP; what Slack sends is signed.</summary>
internal sealed class SlackSession : IAsyncDisposable
{
    public const string Maria = "U1";
    public const string Li = "U2";

    private readonly HttpClient _http = new();

    private SlackSession(FakeSlack slack, BotProcess bot, FakeChannel general, FakeChannel status)
    {
        Slack = slack;
        Bot = bot;
        General = general;
        Status = status;
    }

    public FakeSlack Slack { get; }

    public BotProcess Bot { get; }

    public FakeChannel General { get; }

    public FakeChannel Status { get; }

    /// <summary>Every answer that was no bare 200, with the kind of request that it belongs to.</summary>
    public List<(string Kind, JsonNode Body)> Answers { get; } = [];

    public static async Task<SlackSession> StartAsync()
    {
        var slack = await FakeSlack.StartAsync(TimeProvider.System);
        slack.Workspace.AddMember(new SlackMember(SlackWorkspace.BotUserId, "incidentbot", "IncidentBot"));
        slack.Workspace.AddMember(new SlackMember(Maria, "maria", "Maria", "Europe/Berlin"));
        slack.Workspace.AddMember(new SlackMember(Li, "li", "Li Wei", "Asia/Shanghai"));
        var general = slack.Workspace.AddChannel("general", id: "C1");
        var status = slack.Workspace.AddChannel("status");
        var bot = await BotProcess.StartWithAsync(
            "--Slack:BotToken", FakeSlack.BotToken, "--Slack:SigningSecret", FakeSlack.SigningSecret, "--Slack:ApiBaseUrl", slack.ApiBaseUrl,
            "--Slack:AnnouncementChannel", "status", "--IncidentBot:PublicUrl", "https://bot.example");
        return new SlackSession(slack, bot, general, status);
    }

    /// <summary>A slash command; the answer's text.</summary>
    public async Task<string> TypeAsync(string command, FakeChannel? channel = null, string user = Maria)
    {
        var (word, text) = command.Split(' ', 2) is [var w, var t] ? (w, t) : (command, "");
        var answer = await SendFormAsync("/slack/commands", "ack.slash_command", new()
        {
            ["token"] = "x", ["team_id"] = "T1", ["channel_id"] = (channel ?? General).Id, ["channel_name"] = (channel ?? General).Name, ["user_id"] = user,
            ["user_name"] = Slack.Workspace.Members[user].Name, ["command"] = word, ["text"] = text, ["api_app_id"] = "A1",
            ["response_url"] = Slack.NewResponseUrl(), ["trigger_id"] = Slack.Workspace.GiveTrigger(),
        });
        return answer?["text"]?.ToString() ?? "";
    }

    public Task SendEventAsync(string id, JsonObject inner, int retry = 0)
    {
        var wrapper = new JsonObject
        {
            ["token"] = "x", ["team_id"] = "T1", ["api_app_id"] = "A1", ["type"] = "event_callback", ["event_id"] = id, ["event_time"] = 1, ["event"] = inner,
        };
        return SendAsync("/slack/events", "event", wrapper.ToJsonString(), "application/json", retry);
    }

    public Task ReactAsync(string eventId, FakeChannel channel, FakeMessage message, int retry = 0) => SendEventAsync(
        eventId,
        new JsonObject
        {
            ["type"] = "reaction_added", ["user"] = Maria, ["reaction"] = "pushpin", ["item_user"] = Li, ["event_ts"] = "1700000001.000100",
            ["item"] = new JsonObject { ["type"] = "message", ["channel"] = channel.Id, ["ts"] = message.Ts },
        },
        retry);

    public Task<JsonNode?> InteractAsync(string kind, JsonObject payload)
    {
        payload["user"] = new JsonObject { ["id"] = Maria, ["username"] = "maria", ["team_id"] = "T1" };
        payload["trigger_id"] = Slack.Workspace.GiveTrigger();
        return SendFormAsync("/slack/interactivity", kind, new() { ["payload"] = payload.ToJsonString() });
    }

    /// <summary>Submits a modal with these texts; every other input is as it was shown.</summary>
    public Task<JsonNode?> SubmitAsync(FakeView view, Dictionary<string, string> values)
    {
        var state = new JsonObject();
        foreach (var block in view.Definition["blocks"]!.AsArray().Where(b => b!["type"]!.ToString() == "input"))
        {
            var id = block!["block_id"]!.ToString();
            var element = block["element"]!;
            state[id] = new JsonObject
            {
                [element["action_id"]!.ToString()] = element["type"]!.ToString() == "static_select"
                    ? new JsonObject { ["selected_option"] = element["initial_option"]?.DeepClone() }
                    : new JsonObject { ["value"] = values.GetValueOrDefault(id, element["initial_value"]?.ToString() ?? "") },
            };
        }
        return InteractAsync("ack.view_submission", new JsonObject
        {
            ["type"] = "view_submission",
            ["view"] = new JsonObject
            {
                ["id"] = view.Id, ["type"] = "modal", ["callback_id"] = "form", ["private_metadata"] = view.Definition["private_metadata"]!.ToString(),
                ["hash"] = view.Hash, ["state"] = new JsonObject { ["values"] = state },
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await Slack.DisposeAsync();
        _http.Dispose();
    }

    private Task<JsonNode?> SendFormAsync(string route, string kind, Dictionary<string, string> form) => SendAsync(
        route, kind, string.Join('&', form.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}")), "application/x-www-form-urlencoded");

    private async Task<JsonNode?> SendAsync(string route, string kind, string body, string contentType, int retry = 0)
    {
        var timestamp = $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Bot.Address, route)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(FakeSlack.SigningSecret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}"))));
        if (retry > 0)
        {
            request.Headers.Add("X-Slack-Retry-Num", $"{retry}");
            request.Headers.Add("X-Slack-Retry-Reason", "http_timeout");
        }
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{kind}: {(int)response.StatusCode} {text}");
        if (text.Length == 0)
            return null;
        var answer = JsonNode.Parse(text)!;
        Answers.Add((kind, answer));
        return answer;
    }
}
