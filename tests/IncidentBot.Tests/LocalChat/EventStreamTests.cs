using System.Text.Json;

namespace IncidentBot.Tests.LocalChat;

public sealed class EventStreamTests(RunningChat chat) : IClassFixture<RunningChat>
{
    [Fact]
    public async Task A_page_that_comes_back_gets_what_it_missed_once_and_in_order()
    {
        var room = await chat.NewRoomAsync();
        var start = await LastEventIdAsync();
        for (var i = 0; i < 10; i++)
            await chat.SayAsync($"before {i}", room);
        var first = await chat.ReadEventsAsync("maria", start, 4);
        for (var i = 0; i < 10; i++)
            await chat.SayAsync($"after {i}", room);
        var second = await chat.ReadEventsAsync("maria", first[^1].EventId, 16);

        var texts = first.Concat(second).Select(e => RunningChat.TextOf(JsonElement.Parse(e.Data)));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"before {i}").Concat(Enumerable.Range(0, 10).Select(i => $"after {i}")), texts);
        Assert.Equal(20, first.Concat(second).Select(e => e.EventId).Distinct().Count());
    }

    [Fact]
    public async Task What_is_said_while_a_page_listens_arrives_at_once()
    {
        var room = await chat.NewRoomAsync();
        var reading = chat.ReadEventsAsync("li", await LastEventIdAsync(), 1);
        await chat.SayAsync("look", room);
        Assert.Equal("look", RunningChat.TextOf(JsonElement.Parse((await reading).Single().Data)));
    }

    [Fact]
    public async Task An_id_that_is_not_known_makes_the_page_load_anew()
    {
        var events = await chat.ReadEventsAsync("maria", "99999999", 1);
        Assert.Equal("reset", events.Single().EventType);
    }

    private async Task<string> LastEventIdAsync() => (await chat.GetAsync("/state?person=maria")).GetProperty("lastEventId").GetRawText();
}
