using System.Text.Json.Nodes;
using IncidentBot.Tests.Fakes.Teams;

namespace IncidentBot.Tests.Teams;

/// <summary>What else Teams says.</summary>
public sealed class StrangeActivitiesTests : IAsyncLifetime
{
    private RunningTeamsBot _bot = null!;

    public async Task InitializeAsync() => _bot = await RunningTeamsBot.StartWholeAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task Where_the_bot_is_added_it_says_once_what_it_can_do()
    {
        var group = _bot.Teams.AddGroupChat("on call");
        var personal = _bot.Teams.AddPersonal(_bot.Li);

        foreach (var place in new[] { _bot.Channel, group, personal })
        {
            await SendAsync("installationUpdate", place, a => a["action"] = "add");
            await SendAsync("conversationUpdate", place, a => a["membersAdded"] = new JsonArray(new JsonObject { ["id"] = FakeTeams.BotId }, new JsonObject { ["id"] = _bot.Li.Id }));
            await SendAsync("installationUpdate", place, a => a["action"] = "add-upgrade");
            await _bot.DeliverAsync();

            Assert.Contains("/incident start", Assert.Single(place.Messages).Json, StringComparison.Ordinal);
        }
        Assert.Empty(_bot.Teams.Refusals);
    }

    [Fact]
    public async Task Nobody_else_is_greeted()
    {
        await SendAsync("conversationUpdate", _bot.Channel, a => a["membersAdded"] = new JsonArray(new JsonObject { ["id"] = _bot.Li.Id }));
        await SendAsync("conversationUpdate", _bot.Channel, a => a["membersAdded"] = new JsonArray(new JsonObject(), null));
        await SendAsync("installationUpdate", _bot.Channel, a => a["action"] = "remove-upgrade");
        await SendAsync("installationUpdate", _bot.Channel, a => a["action"] = "add-upgrade");
        await SendAsync("installationUpdate", _bot.Channel, _ => { });
        await _bot.DeliverAsync();

        Assert.Empty(_bot.Channel.Messages);
        await _bot.DeclareAsync();
    }

    [Fact]
    public async Task Whatever_Teams_says_is_never_an_error_and_the_next_command_works()
    {
        var thread = await _bot.DeclareAsync();
        var much = new string('x', 100 * 1024);
        // The kind of activity, and what is about it: on the wire, since not every text can be made here.
        (string Type, string Json, int Status)[] strange =
        [
            .. new[] { "event", "trace", "typing", "endOfConversation", "handoff", "contactRelationUpdate", "suggestion", "command", "commandResult", "delay", "\0", much }.Select(t => (t, "{}", 200)),
            .. new[] { "teamRenamed", "teamArchived", "teamUnarchived", "teamRestored", "channelCreated", "channelRenamed", "channelRestored", "channelShared", "unknown" }
                .Select(e => ("conversationUpdate", "{\"channelData\":{\"channel\":{\"id\":\"19:new@thread.tacv2\"},\"eventType\":\"" + e + "\"}}", 200)),
            ("event", """{"name":"application/vnd.microsoft.meetingStart","value":{"Id":"x","StartTime":"2026-03-02"}}""", 200),
            ("event", """{"name":"application/vnd.microsoft.readReceipt","value":{"lastReadMessageId":"1"}}""", 200),
            ("conversationUpdate", """{"membersRemoved":[{"id":"29:1Teo"},{},null],"channelData":{"eventType":"teamMemberRemoved"}}""", 200),
            ("conversationUpdate", """{"membersAdded":[],"membersRemoved":[]}""", 200),
            ("conversationUpdate", """{"membersAdded":[null]}""", 200),
            ("conversationUpdate", """{"membersAdded":{}}""", 400),
            ("conversationUpdate", """{"recipient":null,"membersAdded":[{}]}""", 200),
            ("installationUpdate", """{"action":7}""", 400),
            ("installationUpdate", """{"action":"other"}""", 200),
            .. new[] { "message", "messageUpdate", "messageDelete", "messageReaction", "conversationUpdate", "installationUpdate", "event" }.SelectMany(type => new (string, string, int)[]
            {
                (type, """{"from":null}""", 200), (type, """{"from":{}}""", 200), (type, """{"from":{"id":""}}""", 200), (type, """{"conversation":null}""", 200), (type, """{"conversation":{}}""", 200),
                (type, """{"conversation":{"id":""}}""", 200), (type, """{"recipient":null}""", 200), (type, """{"recipient":{}}""", 200), (type, """{"id":null}""", 200), (type, """{"id":7}""", 400),
                (type, """{"from":{"id":7}}""", 400), (type, """{"conversation":"x"}""", 400), (type, """{"channelData":null}""", 200), (type, """{"channelData":"x"}""", 400), (type, """{"timestamp":null}""", 200),
                (type, """{"timestamp":"0001-01-01T00:00:00Z","localTimezone":"America/New_York"}""", 200), (type, """{"conversation":{"id":";messageid=;messageid=1","conversationType":"channel"}}""", 200),
                (type, """{"conversation":{"id":"\u0000 /?#%","conversationType":"other"}}""", 200),
            }),
            ("invoke", """{"from":null}""", 400),
            ("invoke", """{"conversation":{"id":""}}""", 400),
            ("invoke", """{"name":null}""", 501),
            ("invoke", """{"name":7}""", 400),
            ("messageReaction", """{"reactionsAdded":[null,{},{"type":"pushpin"}],"reactionsRemoved":[null,{},{"type":"pushpin"}]}""", 200),
            ("messageReaction", """{"reactionsAdded":[{"type":"pushpin"}],"replyToId":null}""", 200),
            ("messageReaction", """{"reactionsAdded":[{"type":7}]}""", 400),
            ("messageReaction", """{"reactionsAdded":"pushpin"}""", 400),
            ("message", """{"entities":[null]}""", 200),
            ("message", """{"entities":[]}""", 200),
            ("message", """{"entities":7}""", 400),
            ("message", """{"entities":["x"]}""", 400),
            ("message", """{"entities":[{"type":"mention"},{"type":"mention","text":"","mentioned":{"id":"x"}},{"type":"mention","text":"<at>x</at>","mentioned":{}}]}""", 200),
            ("message", """{"entities":[{"type":"mention","text":"<at>x</at>","mentioned":{"id":"29:x","name":""}}],"text":"<at>x</at>"}""", 200),
            ("message", """{"entities":[{"type":"mention","text":"x","mentioned":"x"}]}""", 400),
            ("message", """{"attachments":[null]}""", 200),
            ("message", """{"attachments":[{"contentType":"image/png","contentUrl":"https://example.org/a.png"}],"text":null}""", 200),
            ("message", """{"attachments":{}}""", 400),
            ("message", """{"value":"\ud800"}""", 200),
            ("message", """{"value":{"\ud800":1,"command":"\udc00"}}""", 200),
            ("message", """{"value":[7]}""", 200),
            ("message", """{"text":"\ud800"}""", 400),
            ("message", """{"locale":7}""", 400),
            ("message", """{"\ud800":1}""", 400),
            ("messageUpdate", """{"text":null,"channelData":{"eventType":"editMessage"}}""", 200),
            ("messageUpdate", """{"channelData":{"eventType":7}}""", 400),
            .. new[] { much, new string(' ', 100 * 1024), new string('\u00A0', 50 * 1024), Repeat("<"), Repeat("<a "), Repeat("<a href=\"x\">"), Repeat("<emoji alt=\""), Repeat("</p>"), Repeat("<p>"), Repeat("&nbsp;"), Repeat("<at>"), Repeat("<at>IncidentBot</at>"), Repeat("&#x0;"), Repeat("&") }
                .Select(text => ("message", new JsonObject { ["text"] = text + "<at>IncidentBot</at>" }.ToJsonString(), 200)),
        ];

        foreach (var (type, json, status) in strange)
        {
            var activity = _bot.NewActivity(type, _bot.Channel, _bot.Li, thread, _bot.Teams.NextId());
            var changes = json[1..^1];
            var body = activity.ToJsonString();
            // What comes later counts.
            var answer = await _bot.SendAsync(changes.Length == 0 ? body : $"{body[..^1]},{changes}}}", "Bearer " + _bot.Token.Sign());
            Assert.True(answer.Status == status, $"{answer.Status} for {type[..Math.Min(type.Length, 50)]} {json[..Math.Min(json.Length, 200)]}");
        }

        Assert.DoesNotContain(_bot.Log, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
        await _bot.SayAsync("@IncidentBot timeline note still here", by: _bot.Li, thread: thread);
        Assert.Equal("still here", (await _bot.ReadAsync()).Entries[^1].Text);

        string Repeat(string part) => string.Concat(Enumerable.Repeat(part, 100 * 1024 / part.Length));
    }

    private async Task SendAsync(string type, FakeConversation place, Action<JsonObject> change)
    {
        var activity = _bot.NewActivity(type, place, _bot.Maria, null, _bot.Teams.NextId());
        change(activity);
        Assert.Equal(200, (await _bot.SendAsync(activity, _bot.Token)).Status);
    }
}
