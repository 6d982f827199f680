using System.Collections.Concurrent;
using System.Diagnostics;
using IncidentBot.EndToEnd.Tests.Running;
using IncidentBot.Tests.Slack.SocketMode;

namespace IncidentBot.EndToEnd.Tests.Slack;

/// <summary>The fake of Socket Mode, by which the bot is tested, serves Slack's own client as well.</summary>
public sealed class SocketModeClientTests
{
    [JudgeFact]
    public async Task Slacks_own_client_connects_answers_and_replaces_its_socket()
    {
        await using var slack = await FakeSocketMode.StartAsync();
        var said = new ConcurrentQueue<string>();
        using var client = Process.Start(Judges.Slack.Command("socket-mode-client.mjs", slack.ApiBaseUrl))!;
        client.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        client.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        try
        {
            client.BeginOutputReadLine();
            client.BeginErrorReadLine();
            var socket = await slack.NextAsync();
            await Eventually.HoldsAsync("the client is connected", () => Task.FromResult(said.Any(s => s.Contains("connected", StringComparison.Ordinal))));

            var command = await socket.AskAsync(Envelopes.Command("/incident", "help", "e-1"));
            var reaction = await socket.AskAsync(Envelopes.Reaction("Ev1", attempt: 1));

            Assert.Equal("e-1", command.GetProperty("envelope_id").GetString());
            Assert.Equal("on it", command.GetProperty("payload").GetProperty("text").GetString());
            Assert.True(reaction.TryGetProperty("envelope_id", out _));
            Assert.Contains(said, s => s.Contains("\"inner\":\"reaction_added\"", StringComparison.Ordinal) && s.Contains("\"retry_num\":1", StringComparison.Ordinal));

            await socket.SendAsync(new { type = "disconnect", reason = "refresh_requested" });
            var next = await slack.NextAsync();
            Assert.Equal("e-2", (await next.AskAsync(Envelopes.Command("/incident", "help", "e-2"))).GetProperty("envelope_id").GetString());
        }
        finally
        {
            client.Kill();
            await client.WaitForExitAsync();
        }
    }
}
