using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace IncidentBot.Benchmarks;

/// <summary>What Slack does when somebody types a slash command: a signed request. https://api.slack.com/authentication/verifying-requests-from-slack</summary>
internal sealed class SlackClient(HttpClient http, string signingSecret)
{
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(signingSecret);
    private int _triggers;

    public async Task SayAsync(string command, string text)
    {
        var body = "team_id=T1&channel_id=C1&channel_name=general&user_id=U1&user_name=maria&response_url=http%3A%2F%2F127.0.0.1%3A9%2F"
            + $"&command={Uri.EscapeDataString(command)}&text={Uri.EscapeDataString(text)}&trigger_id={Interlocked.Increment(ref _triggers)}.{Environment.ProcessId}";
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack/commands")
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
        };
        request.Headers.Add("X-Slack-Request-Timestamp", $"{timestamp}");
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}"))));
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode || !(answer.Contains("Recorded as", StringComparison.Ordinal) || answer.Contains("is declared", StringComparison.Ordinal)))
            throw new InvalidOperationException($"\"{command} {text}\" was answered with {(int)response.StatusCode}: {answer}");
    }
}
