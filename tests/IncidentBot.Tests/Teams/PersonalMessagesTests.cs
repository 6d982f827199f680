using System.Text.Json.Nodes;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Tests.Fakes.Teams;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task Who_writes_the_answer_where_they_were_asked_need_not_name_the_incident()
    {
        await EscalateAsync(_bot.Li);
        var own = _bot.Teams.Conversations.Values.Single(c => c.Type == "personal");

        await _bot.SayAsync("incident ack", own, _bot.Li);
        await _bot.DeliverAsync();

        Assert.StartsWith("Recorded as #3 of INC-1", own.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Equal(EscalationState.Acknowledged, (await _bot.ReadAsync()).Escalations.Single().State);
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

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_message_to_a_person_by_either_id_is_updated_in_its_place_also_after_a_restart(bool isDirectoryId, bool isRestarted)
    {
        var li = new Conversation("teams", isDirectoryId ? _bot.Li.AadObjectId : _bot.Li.Id);
        var id = await Platform.PostAsync(li, Request, Key("1"), CancellationToken.None);
        if (isRestarted)
            await _bot.RestartAsync();

        await Platform.UpdateAsync(li, id, ChatMessage.Of("You acknowledged it."), CancellationToken.None);

        var message = Assert.Single(Own.Messages);
        Assert.Equal(("You acknowledged it.", 1), (message.Text, message.Updates));
        Assert.Single(_bot.Teams.Calls, c => c.Path.Length == 0 && c.Body["isGroup"]!.GetValue<bool>() == false);
        Assert.Empty(_bot.Teams.Refusals);
    }

    [Fact]
    public async Task Who_wrote_to_the_bot_before_is_reached_there_by_the_id_of_the_directory_too()
    {
        var own = _bot.Teams.AddPersonal(_bot.Li);
        await _bot.SayAsync("hello", own, _bot.Li);

        await Platform.PostAsync(new Conversation("teams", _bot.Li.AadObjectId), Request, Key("1"), CancellationToken.None);

        Assert.Contains("Please help", own.Messages[^1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(_bot.Teams.Calls, c => c.Path.Length == 0 && c.Body["isGroup"]!.GetValue<bool>() == false);
    }

    [Theory]
    [InlineData("ConversationBlockedByUser", "That person blocked the bot in Teams.")]
    [InlineData("MessageWritesBlocked", "Teams does not let the bot write into that conversation (MessageWritesBlocked): it was blocked or removed there, or only some people may write.")]
    [InlineData("ConversationNotFound", "That conversation is not there in Teams any more.")]
    public async Task Who_blocked_the_bot_meanwhile_is_a_fault_for_good_that_says_why(string code, string reason)
    {
        var li = new Conversation("teams", _bot.Li.Id);
        var id = await Platform.PostAsync(li, Request, Key("1"), CancellationToken.None);
        Own.Refusal = code;

        var fault = await Assert.ThrowsAsync<ChatPlatformException>(() => Platform.UpdateAsync(li, id, Request, CancellationToken.None));

        Assert.Equal((reason, false, false), (fault.Message, fault.IsTransient, fault.IsMessageGone));
    }

    [Fact]
    public async Task A_personal_message_that_was_deleted_is_gone()
    {
        var li = new Conversation("teams", _bot.Li.Id);
        var id = await Platform.PostAsync(li, Request, Key("1"), CancellationToken.None);
        Own.Delete(Own.Messages[0]);

        Assert.True((await Assert.ThrowsAsync<ChatPlatformException>(() => Platform.UpdateAsync(li, id, Request, CancellationToken.None))).IsMessageGone);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_person_is_found_by_either_id_and_has_the_one_by_which_they_answer(bool isDirectoryId)
    {
        var found = await FindAsync(isDirectoryId ? _bot.Li.AadObjectId : _bot.Li.Id);

        Assert.Equal(new PersonProfile(new Person("teams", _bot.Li.Id, "Li Wei"), null), found);
        Assert.Empty(Own.Messages);
        Assert.Equal([found!.Person], await Platform.MembersAsync(found.Person, CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("29:")]
    [InlineData("29:1 2")]
    [InlineData("Li Wei")]
    [InlineData("li@example.com")]
    [InlineData("{00000000-0000-0000-0000-000000000001}")]
    [InlineData("19:operations@thread.tacv2")]
    public async Task Nobody_is_found_by_what_is_no_id(string id) => Assert.Null(await FindAsync(id));

    [Fact]
    public async Task Who_is_not_there_any_more_is_not_found()
    {
        await _bot.SayAsync("hello", _bot.Teams.AddPersonal(_bot.Teo), _bot.Teo);
        _bot.Teams.People.TryRemove(_bot.Teo.Id, out _);

        Assert.Null(await FindAsync(_bot.Teo.Id));
    }

    [Fact]
    public async Task Of_whom_Teams_tells_nothing_the_name_is_what_is_known_else_the_id()
    {
        const string stranger = "00000000-0000-0000-0000-000000000001";
        await _bot.SayAsync("@IncidentBot timeline note met in the channel", by: _bot.Li, thread: _thread);
        _bot.Li.HasBlockedBot = true;
        var left = _bot.Teams.AddPersonal(_bot.Teo);
        await _bot.SayAsync("hello", left, _bot.Teo);
        left.Refusal = "ConversationNotFound";

        Assert.Equal(new Person("teams", stranger, stranger), (await FindAsync(stranger))?.Person);
        Assert.Equal(new Person("teams", _bot.Teo.Id, "Teo"), (await FindAsync(_bot.Teo.AadObjectId))?.Person);
        Assert.Equal(new Person("teams", _bot.Li.Id, "Li Wei"), (await FindAsync(_bot.Li.AadObjectId))?.Person);
    }

    [Fact]
    public async Task Who_it_is_cannot_be_told_while_Teams_is_away_or_has_never_written()
    {
        _bot.Teams.FailNext(new TeamsFault(503));
        Assert.True((await Assert.ThrowsAsync<ChatPlatformException>(() => FindAsync(_bot.Li.Id))).IsTransient);

        await using var fresh = await RunningTeamsBot.StartWholeAsync();
        Assert.True((await Assert.ThrowsAsync<ChatPlatformException>(
            () => fresh.Services.GetRequiredService<IChatPlatform>().FindPersonAsync(fresh.Li.Id, CancellationToken.None))).IsTransient);
    }

    private static ChatMessage Request { get; } = new(new TextBlock("Please help"), new ButtonsBlock(new ChatButton("Acknowledge", "/incident INC-1 ack 1")));

    private IChatPlatform Platform => _bot.Services.GetRequiredService<IChatPlatform>();

    /// <summary>Li's conversation with the bot.</summary>
    private FakeConversation Own => _bot.Teams.Conversations.Values.Single(c => c.Type == "personal");

    private Task<PersonProfile?> FindAsync(string id) => Platform.FindPersonAsync(id, CancellationToken.None);

    private static DeliveryKey Key(string value) => new(value, MayBeRepeated: false, DateTimeOffset.UnixEpoch);

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
