using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Store;
using IncidentBot.LocalChat;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Tests.LocalChat;

/// <summary>The local chat on a real port with the real dispatcher, on files of its own.</summary>
public sealed class RunningChat : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("localchat-").FullName;
    private WebApplication _app = null!;

    public HttpClient Http { get; private set; } = null!;

    public LocalChatPlatform Platform => (LocalChatPlatform)_app.Services.GetServices<IChatPlatform>().Single();

    public async Task InitializeAsync()
    {
        _app = Build(_directory, "http://127.0.0.1:0");
        await _app.Services.GetRequiredService<IncidentStore>().PrepareAsync(CancellationToken.None);
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public static WebApplication Build(string directory, string urls)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = urls,
            ["IncidentBot:DataDirectory"] = directory,
            ["LocalChat:Enabled"] = "true",
        });
        builder.Logging.ClearProviders();
        builder.Services.AddIncidents();
        builder.AddLocalChat();
        var app = builder.Build();
        app.MapLocalChat();
        return app;
    }

    public static string NewId() => Guid.NewGuid().ToString();

    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>("/chat" + path);

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync("/chat" + path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<JsonElement> SayAsync(string text, string room = "general", string person = "maria", string? id = null) =>
        PostAsync("/messages", new { id = id ?? NewId(), room, person, text });

    /// <summary>A room that no other test uses.</summary>
    public async Task<string> NewRoomAsync()
    {
        var room = await PostAsync("/rooms", new { name = "room-" + NewId() });
        return room.GetProperty("id").GetString()!;
    }

    public async Task<IReadOnlyList<string>> ReadTextsAsync(string room)
    {
        var history = await GetAsync($"/rooms/{room}/messages?person=maria");
        return [.. history.GetProperty("messages").EnumerateArray().Select(TextOf)];
    }

    public static string TextOf(JsonElement message) =>
        message.GetProperty("content").GetProperty("blocks")[0].GetProperty("text").GetProperty("spans")[0].GetProperty("text").GetString()!;

    /// <summary>Reads events, without those that only keep the connection alive, until <paramref name="count"/> came.</summary>
    public Task<IReadOnlyList<SseItem<string>>> ReadEventsAsync(string person, string? lastEventId, int count) =>
        ReadEventsAsync(person, lastEventId, _ => --count == 0);

    /// <summary>Reads events, without those that only keep the connection alive, up to the one that a test waits for.</summary>
    public async Task<IReadOnlyList<SseItem<string>>> ReadEventsAsync(string person, string? lastEventId, Func<SseItem<string>, bool> until)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/chat/events?person={person}&after=0");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
        response.EnsureSuccessStatusCode();
        var events = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(timeout.Token)).EnumerateAsync(timeout.Token))
        {
            if (item.EventType is "hello" or "heartbeat")
                continue;
            events.Add(item);
            if (until(item))
                break;
        }
        return events;
    }
}
