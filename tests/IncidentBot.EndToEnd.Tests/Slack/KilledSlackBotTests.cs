using IncidentBot.EndToEnd.Tests.Running;
using IncidentBot.Tests.Fakes;
using Microsoft.Data.Sqlite;

namespace IncidentBot.EndToEnd.Tests.Slack;

/// <summary>SIGKILL right after an acknowledgement, as an out-of-memory killer does it.</summary>
[Collection(AloneCollection.Name)]
public sealed class KilledSlackBotTests
{
    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_there_afterwards_and_an_event_that_Slack_repeats_counts_once()
    {
        await using var session = await SlackSession.StartAsync();
        await session.TypeAsync("/incident start sev2 Checkout answers 500");
        var said = session.Slack.Workspace.Say(session.General, SlackSession.Li, "the graphs look bad");

        var answer = await session.TypeAsync("/timeline note restarted the gateway");
        await session.ReactAsync("Ev1", session.General, said);
        await session.Bot.KillAsync();
        await session.Bot.StartAgainAsync();
        await session.ReactAsync("Ev1", session.General, said, retry: 1);
        await session.ReactAsync("Ev1", session.General, said, retry: 2);

        Assert.StartsWith("Recorded as #2 of INC-1", answer, StringComparison.Ordinal);
        var texts = await ReadTimelineAsync(session.Bot);
        Assert.Single(texts, "restarted the gateway");
        Assert.Single(texts, "the graphs look bad");
        await session.Bot.DrainOutboxAsync();
        var room = session.Slack.Workspace.Channels.Values.Single(c => c.Creator == SlackWorkspace.BotUserId);
        Assert.Single(room.Messages, m => m.Text.Contains("restarted the gateway", StringComparison.Ordinal));
        Assert.Single(room.Messages, m => m.Text.Contains("the graphs look bad", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_however_the_kill_falls()
    {
        await using var session = await SlackSession.StartAsync();
        await session.TypeAsync("/incident start sev2 Checkout answers 500");
        var acknowledged = new List<string>();
        var typing = Task.Run(async () =>
        {
            for (var n = 1; ; n++)
            {
                await session.TypeAsync($"/timeline note number {n}.");
                lock (acknowledged)
                    acknowledged.Add($"number {n}.");
            }
        });
        await Eventually.HoldsAsync("notes are being taken", () =>
        {
            lock (acknowledged)
                return Task.FromResult(acknowledged.Count > 20);
        });

        await session.Bot.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => typing);
        await session.Bot.StartAgainAsync();

        var texts = await ReadTimelineAsync(session.Bot);
        Assert.All(acknowledged, note => Assert.Single(texts, note));
    }

    private static async Task<List<string>> ReadTimelineAsync(BotProcess bot)
    {
        var path = new SqliteConnectionStringBuilder { DataSource = Path.Combine(bot.DataDirectory, "incidentbot.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        await using var connection = new SqliteConnection(path.ToString());
        await connection.OpenAsync();
        await using var select = connection.CreateCommand();
        select.CommandText = "SELECT Text FROM Entries ORDER BY Number";
        await using var rows = await select.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await rows.ReadAsync())
            texts.Add(rows.GetString(0));
        return texts;
    }
}
