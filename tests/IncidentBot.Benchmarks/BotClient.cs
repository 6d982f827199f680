using System.Net.Http.Json;
using System.Text.Json;

namespace IncidentBot.Benchmarks;

/// <summary>What the page of the local chat does when somebody types.</summary>
internal sealed class BotClient(HttpClient http)
{
    private string _room = "general";

    public async Task SayAsync(string text)
    {
        using var response = await http.PostAsJsonAsync("/chat/messages", new { id = Guid.NewGuid().ToString("N"), room = _room, person = "maria", text });
        var body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode || !body.Contains("\"isRefused\":false", StringComparison.Ordinal))
            throw new InvalidOperationException($"\"{text}\" was answered with {(int)response.StatusCode}: {body}");
    }

    public async Task GetAsync(string path)
    {
        using var response = await http.GetAsync(path);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Declares an incident and goes into its room, as soon as the bot has made it.</summary>
    public async Task DeclareAsync(CancellationToken cancellationToken)
    {
        await SayAsync("/incident start sev2 Checkout answers 500 --service checkout");
        while (_room == "general")
        {
            await Task.Delay(50, cancellationToken);
            var state = await http.GetFromJsonAsync<JsonElement>("/chat/state?person=maria", cancellationToken);
            foreach (var room in state.GetProperty("rooms").EnumerateArray())
            {
                if (room.GetProperty("incident").ValueKind == JsonValueKind.Number)
                    _room = room.GetProperty("id").GetString()!;
            }
        }
    }
}
