using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.HoldingOn;

public sealed class AtTheSameMomentTests(RunningBot bot) : IClassFixture<RunningBot>
{
    [Fact]
    public async Task A_request_delivered_five_times_at_once_is_one_entry_with_one_answer()
    {
        var incident = await bot.Chat.DeclareAsync();
        var id = LocalChatClient.NewId();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => bot.Chat.TrySayAsync("/timeline action restarted the gateway", incident.Room, id: id)));

        Assert.All(answers, answer => Assert.True(answer.IsSuccess, answer.Body));
        Assert.Single(answers.Select(a => a.Body).Distinct());
        Assert.Single((await bot.Chat.ReadIncidentAsync(incident.Number)).Timeline, e => e.Text == "restarted the gateway");
    }

    [Fact]
    public async Task An_incident_declared_five_times_by_the_same_request_is_one_incident_with_one_room()
    {
        var id = LocalChatClient.NewId();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => bot.Chat.TrySayAsync("/incident start sev1 Declared over and over", id: id)));

        var number = Assert.Single(answers.Select(a => a.Answer().Incident).Distinct());
        await Eventually.HoldsAsync("its room is there", async () => (await bot.Chat.ReadIncidentAsync(number!.Value)).Room is not null);
        var rooms = (await bot.Chat.GetAsync("/state?person=maria")).Json().GetProperty("rooms").EnumerateArray();
        Assert.Single(rooms, room => room.GetProperty("id").GetString()!.Contains("declared-over-and-over", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Talk_delivered_five_times_at_once_is_said_once()
    {
        var incident = await bot.Chat.DeclareAsync();
        var id = LocalChatClient.NewId();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => bot.Chat.TrySayAsync("who is on it?", incident.Room, id: id)));

        Assert.Single(await bot.Chat.ReadRoomAsync(incident.Room), m => m.Text == "who is on it?");
    }

    [Fact]
    public async Task When_two_people_resolve_at_the_same_moment_one_does_and_the_other_is_told()
    {
        var incident = await bot.Chat.DeclareAsync();

        var answers = await Task.WhenAll(
            bot.Chat.TrySayAsync("/incident resolve rolled back", incident.Room, "maria"),
            bot.Chat.TrySayAsync("/incident resolve failed over", incident.Room, "li"));

        var refused = Assert.Single(answers.Select(a => a.Answer()), a => a.IsRefused);
        Assert.Contains("resolved", refused.Text, StringComparison.Ordinal);
        Assert.Contains("/incident resolve", refused.Text, StringComparison.Ordinal);
        Assert.Single((await bot.Chat.ReadIncidentAsync(incident.Number)).Timeline, e => e.Kind == "resolved");
    }
}
