using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace IncidentBot.EndToEnd.Tests.Running;

/// <summary>The local chat's HTTP side, as any other program would use it.</summary>
internal sealed class LocalChatClient(Uri address) : IDisposable
{
    public const string General = "general";

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(20),
    };

    public static string NewId() => Guid.NewGuid().ToString();

    public void Dispose() => _http.Dispose();

    public async Task<ChatResponse> PostAsync(string path, object body)
    {
        using var response = await _http.PostAsJsonAsync("/chat" + path, body);
        return await ChatResponse.ReadAsync(response);
    }

    public async Task<ChatResponse> GetAsync(string path)
    {
        using var response = await _http.GetAsync("/chat" + path);
        return await ChatResponse.ReadAsync(response);
    }

    public Task<ChatResponse> TrySayAsync(string text, string room = General, string person = "maria", string? id = null) =>
        PostAsync("/messages", new { id = id ?? NewId(), room, person, text });

    /// <summary>A command that is taken.</summary>
    public async Task<ChatAnswer> CommandAsync(string text, string room = General, string person = "maria")
    {
        var answer = (await TrySayAsync(text, room, person)).Answer();
        Assert.False(answer.IsRefused, answer.Text);
        return answer;
    }

    /// <summary>Declares an incident and waits for its room.</summary>
    public async Task<DeclaredIncident> DeclareAsync(string rest = "sev2 Checkout answers 500 --service checkout", string person = "maria")
    {
        var number = (await CommandAsync($"/incident start {rest}", person: person)).Incident!.Value;
        var room = await Eventually.GetAsync($"the room of INC-{number} is there", async () => (await ReadIncidentAsync(number, person)).Room);
        return new DeclaredIncident(number, room);
    }

    public async Task<IncidentPanel> ReadIncidentAsync(int number, string person = "maria") =>
        IncidentPanel.Of((await GetAsync($"/incidents/{number}?person={person}")).Json());

    /// <summary>Everything that was said in a room, oldest first.</summary>
    public async Task<IReadOnlyList<RoomMessage>> ReadRoomAsync(string room, string person = "maria")
    {
        var messages = new List<RoomMessage>();
        bool hasMore;
        do
        {
            var before = messages.Count == 0 ? "" : $"&before={messages[0].Id}";
            var page = (await GetAsync($"/rooms/{Uri.EscapeDataString(room)}/messages?person={person}{before}")).Json();
            messages.InsertRange(0, page.GetProperty("messages").EnumerateArray().Select(RoomMessage.Of));
            hasMore = page.GetProperty("hasMore").GetBoolean();
        }
        while (hasMore);
        return messages;
    }
}

internal sealed record DeclaredIncident(int Number, string Room);

/// <summary>Any answer, also one that says no.</summary>
internal sealed record ChatResponse(HttpStatusCode Status, string Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public static async Task<ChatResponse> ReadAsync(HttpResponseMessage response) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync());

    public JsonElement Json()
    {
        Assert.True(IsSuccess, $"{(int)Status}: {Body}");
        return JsonElement.Parse(Body);
    }

    /// <summary>The bot's answer to a command.</summary>
    public ChatAnswer Answer() => ChatAnswer.Of(Json().GetProperty("answer"));

    /// <summary>What a refused request is told.</summary>
    public string Problem() => JsonElement.Parse(Body).GetProperty("detail").GetString()!;
}

/// <summary>What the bot said to the person who asked.</summary>
internal sealed record ChatAnswer(bool IsRefused, int? Incident, string Text, JsonElement Json)
{
    public static ChatAnswer Of(JsonElement answer) => new(
        answer.GetProperty("isRefused").GetBoolean(),
        answer.GetProperty("incident") is { ValueKind: JsonValueKind.Number } incident ? incident.GetInt32() : null,
        RichTexts.In(answer.GetProperty("message")),
        answer);
}

/// <param name="Author">Null: the bot.</param>
internal sealed record RoomMessage(long Id, string? Author, string Text)
{
    public static RoomMessage Of(JsonElement message) => new(
        message.GetProperty("id").GetInt64(), message.GetProperty("author").GetString(), RichTexts.In(message.GetProperty("content")));
}

/// <summary>An incident as the side panel shows it.</summary>
internal sealed record IncidentPanel(string Title, string Status, string? Room, IReadOnlyList<PanelEntry> Timeline, string Markdown, string Html, JsonElement Json)
{
    public static IncidentPanel Of(JsonElement incident)
    {
        var draft = incident.GetProperty("draft");
        return new IncidentPanel(
            incident.GetProperty("title").GetString()!,
            incident.GetProperty("status").GetString()!,
            incident.GetProperty("room").GetString(),
            [.. incident.GetProperty("timeline").EnumerateArray().Select(PanelEntry.Of)],
            draft.GetProperty("markdown").GetString()!,
            draft.GetProperty("html").GetString()!,
            incident);
    }
}

internal sealed record PanelEntry(int Number, string Kind, string Text)
{
    public static PanelEntry Of(JsonElement entry) =>
        new(entry.GetProperty("number").GetInt32(), entry.GetProperty("kind").GetString()!, RichTexts.In(entry.GetProperty("text")));
}
