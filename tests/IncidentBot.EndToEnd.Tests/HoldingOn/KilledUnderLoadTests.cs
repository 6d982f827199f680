using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.HoldingOn;

[Collection(AloneCollection.Name)]
public sealed class KilledUnderLoadTests
{
    private const int Rounds = 3;

    [Theory]
    [InlineData(20260302)]
    public async Task Everything_acknowledged_before_a_kill_is_in_the_timeline_once_and_in_the_room_once(int seed)
    {
        var random = new Random(seed);
        await using var bot = await BotProcess.StartAsync();
        var incident = await bot.Chat.DeclareAsync();
        var said = new List<string>();
        for (var round = 1; round <= Rounds; round++)
        {
            var load = new NoteLoad(bot.Chat, incident.Room, round);
            var running = load.RunAsync();
            await Eventually.HoldsAsync("notes are being taken", () => Task.FromResult(load.Acknowledged.Count > 30));
            await Task.Delay(random.Next(1_200));
            await bot.KillAsync();
            load.Stop();
            await running;
            await bot.StartAgainAsync();

            var after = await ReadNotesAsync(bot, incident.Number);
            Assert.All(load.Acknowledged, text => Assert.Single(after[text]));
            Assert.All(load.Unanswered.Values, text => Assert.InRange(after[text].Count(), 0, 1));

            await load.SendAgainAsync();
            said.AddRange(load.Acknowledged);
            var resent = await ReadNotesAsync(bot, incident.Number);
            Assert.All(load.Unanswered.Values, text => Assert.Single(resent[text]));
        }

        await bot.DrainOutboxAsync();
        var entries = (await bot.Chat.ReadIncidentAsync(incident.Number)).Timeline;
        Assert.Equal(Enumerable.Range(1, said.Count + 1), entries.Select(e => e.Number).Order());
        var posted = (await bot.Chat.ReadRoomAsync(incident.Room)).Where(m => m.Author is null).Select(m => NoteIn(m.Text)).ToLookup(text => text);
        Assert.All(said, text => Assert.Single(posted[text]));
    }

    private static async Task<ILookup<string, int>> ReadNotesAsync(BotProcess bot, int incident) =>
        (await bot.Chat.ReadIncidentAsync(incident)).Timeline.ToLookup(e => e.Text, e => e.Number);

    /// <summary>The note in a message of the room: after the label, before the small print.</summary>
    private static string? NoteIn(string text)
    {
        var from = text.IndexOf("round ", StringComparison.Ordinal);
        return from < 0 ? null : text[from..(text.IndexOf('.', from) + 1)];
    }
}
