using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using IncidentBot.EndToEnd.Tests.Running;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.EndToEnd.Tests.Slack;

/// <summary>The same good, tampered, stale and malformed requests to Slack's own framework and to the bot.</summary>
public sealed class BoltComparisonTests
{
    /// <summary>Where the bot differs on purpose, by case: Bolt's status and ours.</summary>
    private static readonly Dictionary<string, (int Bolt, int Bot)> Differences = new()
    {
        // A charset is a part of a content type like any other.
        ["slash ctype with charset"] = (400, 200),
        // Slack's documentation: a timestamp more than five minutes away, whichever side; Bolt looks at the past only.
        ["future 400s"] = (200, 401),
        // What the bot does not know is acknowledged: no one can do anything about a 404.
        ["unknown interactive type"] = (404, 200),
    };

    [JudgeFact]
    public async Task The_bot_answers_as_Bolt_does_but_for_three_cases_that_have_a_reason()
    {
        await using var session = await SlackSession.StartAsync();
        session.General.Messages.Add(new FakeMessage("1.1", new JsonObject { ["ts"] = "1.1", ["user"] = SlackSession.Li, ["text"] = "errors everywhere" }));
        var bolt = await SendToBoltAsync(Ports.Free());
        var bot = await SendCasesAsync(
            $"{session.Bot.Address}slack/events", "--commands", $"{session.Bot.Address}slack/commands", "--interactive", $"{session.Bot.Address}slack/interactivity");

        Assert.Equal(25, bolt.Count);
        Assert.Equal(bolt.Keys, bot.Keys);
        var different = bolt.Keys.Where(c => bolt[c] != bot[c]).ToDictionary(c => c, c => (bolt[c], bot[c]));
        Assert.Equal(Differences.OrderBy(d => d.Key, StringComparer.Ordinal), different.OrderBy(d => d.Key, StringComparer.Ordinal));
    }

    private static async Task<Dictionary<string, int>> SendToBoltAsync(int port)
    {
        var start = Judges.Slack.Command("bolt-http-oracle.cjs");
        start.Environment["PORT"] = $"{port}";
        start.Environment["SLACK_SIGNING_SECRET"] = FakeSlack.SigningSecret;
        using var bolt = Process.Start(start)!;
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bolt.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("listening", StringComparison.Ordinal) == true)
                listening.TrySetResult();
        };
        try
        {
            bolt.BeginOutputReadLine();
            bolt.BeginErrorReadLine();
            await listening.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return await SendCasesAsync($"http://127.0.0.1:{port}/slack/events");
        }
        finally
        {
            bolt.Kill();
            await bolt.WaitForExitAsync();
        }
    }

    private static async Task<Dictionary<string, int>> SendCasesAsync(params string[] urls)
    {
        var run = await Judges.Slack.RunAsync("send-cases.mjs", [.. urls, "--secret", FakeSlack.SigningSecret]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line))
            .ToDictionary(c => c.GetProperty("case").GetString()!, c => c.GetProperty("status").GetInt32());
    }
}
