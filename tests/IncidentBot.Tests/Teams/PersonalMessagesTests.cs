using System.Text.Json.Nodes;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Tests.Fakes.Teams;

namespace IncidentBot.Tests.Teams;

/// <summary>Who is asked for help is mentioned in the room and gets a message of their own.</summary>
public sealed class PersonalMessagesTests : IAsyncLifetime
{
    private RunningTeamsBot _bot = null!;
    private string _thread = "";

    public async Task InitializeAsync()
    {
        _bot = await RunningTeamsBot.StartWholeAsync();
        _thread = await _bot.DeclareAsync();
    }

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task Who_never_wrote_to_the_bot_is_mentioned_and_gets_a_message_with_buttons_that_work()
    {
        await EscalateAsync(_bot.Li);

        var request = _bot.Channel.Thread(_thread).Single(m => m.Text.Contains("asks for your help", StringComparison.Ordinal));
        Assert.Contains("<at>Li Wei</at>, Maria Garcia asks for your help with INC-1: the database is slow", request.Text, StringComparison.Ordinal);
        var mention = Assert.Single(request.Content["attachments"]![0]!["content"]!["msteams"]!["entities"]!.AsArray())!;
        Assert.Equal(("<at>Li Wei</at>", _bot.Li.Id), (mention["text"]!.ToString(), mention["mentioned"]!["id"]!.ToString()));
        var made = Assert.Single(_bot.Teams.Calls, c => c.Path.Length == 0 && c.Body["isGroup"]!.GetValue<bool>() == false).Body;
        Assert.Equal((FakeLogin.TenantId, FakeLogin.TenantId, _bot.Li.Id), (made["tenantId"]!.ToString(), made["channelData"]!["tenant"]!["id"]!.ToString(), made["members"]![0]!["id"]!.ToString()));
        var own = _bot.Teams.Conversations.Values.Single(c => c.Type == "personal");
        Assert.Contains("asks for your help: the database is slow", Assert.Single(own.Messages).Text, StringComparison.Ordinal);
        Assert.Contains("INC-1 sev2", own.Messages[0].Text, StringComparison.Ordinal);
        Assert.Contains("](https://teams.microsoft.com/l/message/", own.Messages[0].Json, StringComparison.Ordinal);

        Assert.StartsWith("Recorded as #3 of INC-1", await _bot.PressAsync("Acknowledge", own, _bot.Li), StringComparison.Ordinal);
        await _bot.DeliverAsync();
        var escalation = (await _bot.ReadAsync()).Escalations.Single();
        Assert.Equal((EscalationState.Acknowledged, "Li Wei"), (escalation.State, escalation.AnsweredBy!.Name));
        Assert.Contains("acknowledged", _bot.Channel.Thread(_thread)[^1].Text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(_bot.Teams.Refusals);
    }

    [Fact]
    public async Task Who_wrote_to_the_bot_before_is_answered_where_they_did_and_may_decline_in_the_room()
    {
        var own = _bot.Teams.AddPersonal(_bot.Li);
        await _bot.SayAsync("hello", own, _bot.Li);
        await _bot.DeliverAsync();
        await EscalateAsync(_bot.Li);

        Assert.DoesNotContain(_bot.Teams.Calls, c => c.Path.Length == 0 && c.Body["isGroup"]!.GetValue<bool>() == false);
        Assert.Contains("asks for your help", own.Messages[^1].Text, StringComparison.Ordinal);
        Assert.StartsWith("Recorded as #3 of INC-1", await _bot.PressAsync("Decline", _bot.Channel, _bot.Li, _thread), StringComparison.Ordinal);
        Assert.Equal(EscalationState.Declined, (await _bot.ReadAsync()).Escalations.Single().State);
    }

    [Fact]
    public async Task Who_blocked_the_bot_is_named_once_in_the_room_and_the_rest_goes_on()
    {
        _bot.Li.HasBlockedBot = true;
        await EscalateAsync(_bot.Li);
        await _bot.SayAsync("@IncidentBot timeline note still slow", thread: _thread);
        await EscalateAsync(_bot.Li);

        var texts = RunningTeamsBot.TextsIn(_bot.Channel, _thread);
        Assert.Single(texts, t => t.Contains("Li Wei got no message of their own. That person blocked the bot in Teams.", StringComparison.Ordinal));
        Assert.Contains(texts, t => t.Contains("still slow", StringComparison.Ordinal));
        Assert.Equal(2, texts.Count(t => t.Contains("asks for your help", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_is_unknown_to_Teams_is_told_in_the_room()
    {
        _bot.Teams.People.TryRemove(_bot.Teo.Id, out _);
        await EscalateAsync(_bot.Teo);

        Assert.Contains(RunningTeamsBot.TextsIn(_bot.Channel, _thread), t => t.Contains("Teo got no message of their own.", StringComparison.Ordinal));
    }

    private async Task EscalateAsync(FakePerson person)
    {
        await _bot.SayAsync("@IncidentBot incident escalate TARGET the database is slow", thread: _thread, change: activity =>
        {
            activity["text"] = activity["text"]!.ToString().Replace("TARGET", $"<at>{person.Name}</at>", StringComparison.Ordinal);
            activity["entities"]!.AsArray().Add((JsonNode)RunningTeamsBot.MentionOf(person.Id, person.Name));
        });
        await _bot.DeliverAsync();
    }
}
