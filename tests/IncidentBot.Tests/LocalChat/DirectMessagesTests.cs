using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.Tests.LocalChat;

/// <summary>What the bot tells one person only.</summary>
public sealed class DirectMessagesTests(RunningChat chat) : IClassFixture<RunningChat>
{
    [Fact]
    public async Task A_message_to_a_person_is_in_a_room_that_only_this_person_sees()
    {
        var ana = await NewPersonAsync();
        await PostAsync(ana, "first");
        await PostAsync(ana, "second");

        var room = Assert.Single(await RoomsOfAsync(ana.Id), r => r.GetProperty("isPrivate").GetBoolean());
        Assert.Equal("@" + ana.Id, room.GetProperty("id").GetString());
        Assert.Equal([ana.Id], room.GetProperty("members").EnumerateArray().Select(m => m.GetString()));
        Assert.Equal(["first", "second"], await ReadAsync(ana.Id));
        Assert.DoesNotContain(await RoomsOfAsync("maria"), r => r.GetProperty("id").GetString() == "@" + ana.Id);
        using var history = await chat.Http.GetAsync($"/chat/rooms/%40{ana.Id}/messages?person=maria");
        Assert.Equal(HttpStatusCode.BadRequest, history.StatusCode);
        using var said = await chat.Http.PostAsJsonAsync("/chat/messages", new { id = RunningChat.NewId(), room = "@" + ana.Id, person = "maria", text = "hello" });
        Assert.Equal(HttpStatusCode.BadRequest, said.StatusCode);
    }

    [Fact]
    public async Task Only_the_pages_of_that_person_hear_of_it()
    {
        var (ana, eva) = (await NewPersonAsync(), await NewPersonAsync());
        var start = (await chat.GetAsync("/state?person=maria")).GetProperty("lastEventId").GetRawText();
        await PostAsync(ana, "for ana");
        await PostAsync(eva, "for eva");

        var heard = await chat.ReadEventsAsync(eva.Id, start, until: e => e.Data.Contains("for eva", StringComparison.Ordinal));

        Assert.DoesNotContain(heard, e => e.Data.Contains("@" + ana.Id, StringComparison.Ordinal));
        Assert.Equal(["room", "message"], heard.Where(e => e.Data.Contains("@" + eva.Id, StringComparison.Ordinal)).Select(e => e.EventType));
    }

    [Fact]
    public async Task It_is_updated_in_its_place_and_its_button_is_answered_there()
    {
        var ana = await NewPersonAsync();
        var origin = await chat.NewRoomAsync();
        var incident = (await chat.SayAsync("/incident start sev2 Checkout answers 500", origin)).GetProperty("answer").GetProperty("incident").GetInt32();
        await chat.SayAsync($"/incident INC-{incident} escalate @{ana.Name} the database is slow", origin);
        await UntilReadsAsync(ana.Id, "the database is slow");

        var pressed = await chat.SayAsync($"/incident INC-{incident} ack 1", "@" + ana.Id, ana.Id);

        Assert.False(pressed.GetProperty("answer").GetProperty("isRefused").GetBoolean(), pressed.GetRawText());
        await UntilReadsAsync(ana.Id, $"Acknowledged by {ana.Name}");
        Assert.Single(await ReadAsync(ana.Id));
        var panel = await chat.GetAsync($"/incidents/{incident}?person=maria");
        Assert.Equal(("acknowledged", ana.Name), (panel.GetProperty("escalations")[0].GetProperty("state").GetString(), panel.GetProperty("escalations")[0].GetProperty("answeredBy").GetString()));
    }

    [Fact]
    public async Task What_is_answered_there_needs_no_incident_s_name()
    {
        var ana = await NewPersonAsync();
        var origin = await chat.NewRoomAsync();
        var incident = (await chat.SayAsync("/incident start sev2 Search is slow", origin)).GetProperty("answer").GetProperty("incident").GetInt32();
        await chat.SayAsync($"/incident INC-{incident} escalate @{ana.Name} the index is slow", origin);
        await UntilReadsAsync(ana.Id, "the index is slow");

        // The page shows the request a moment before the bot has written down where it is.
        for (var tries = 0; tries < 100 && await IsRefusedAsync(); tries++)
            await Task.Delay(25);

        await UntilReadsAsync(ana.Id, $"Declined by {ana.Name}");

        async Task<bool> IsRefusedAsync() =>
            (await chat.SayAsync("/incident decline on a plane", "@" + ana.Id, ana.Id)).GetProperty("answer").GetProperty("isRefused").GetBoolean();
    }

    [Fact]
    public async Task The_form_for_a_new_date_knows_its_task()
    {
        var origin = await chat.NewRoomAsync();
        var incident = (await chat.SayAsync("/incident start sev4 Checkout answers 500", origin)).GetProperty("answer").GetProperty("incident").GetInt32();
        await chat.SayAsync($"/incident INC-{incident} task Write it down", origin);
        await chat.SayAsync($"/incident INC-{incident} task Test migrations", origin);

        var opened = (await chat.GetAsync($"/forms/task-date?person=maria&room={origin}&incident={incident}&number=2")).GetProperty("form");
        var (reference, input) = (opened.GetProperty("reference"), opened.GetProperty("inputs")[0]);
        Assert.Equal((incident, 2), (reference.GetProperty("incidentNumber").GetInt32(), reference.GetProperty("number").GetInt32()));
        Assert.Equal(("date", "due"), (input.GetProperty("$type").GetString(), input.GetProperty("name").GetString()));
        var refused = await SubmitAsync("2020-01-01");
        Assert.Contains("has passed", refused.GetProperty("fieldErrors").GetProperty("due").GetString(), StringComparison.Ordinal);
        await SubmitAsync("2099-03-12");

        var list = (await chat.SayAsync($"/incident INC-{incident} task list", origin)).GetRawText();
        Assert.Contains("1. Write it down (owner: nobody yet, due: no date yet)", list, StringComparison.Ordinal);
        Assert.Contains("2. Test migrations (owner: nobody yet, due: 2099-03-12)", list, StringComparison.Ordinal);

        Task<JsonElement> SubmitAsync(string due) => chat.PostAsync(
            "/forms", new { id = RunningChat.NewId(), room = origin, person = "maria", formId = reference.GetProperty("formId").GetString(), incident, number = 2, values = new { due } });
    }

    [Fact]
    public async Task What_is_asked_there_is_answered_there_by_the_room_s_own_id()
    {
        var ana = await NewPersonAsync();
        await PostAsync(ana, "first");

        await chat.Platform.PostAsync(new Conversation("local", "@" + ana.Id), ChatMessage.Of("second"), NewKey(), CancellationToken.None);

        Assert.Equal(["first", "second"], await ReadAsync(ana.Id));
    }

    [Fact]
    public async Task Nobody_can_be_brought_into_it()
    {
        var ana = await NewPersonAsync();
        await PostAsync(ana, "first");

        await chat.Platform.InviteAsync(new Conversation("local", "@" + ana.Id), [new Person("local", "maria", "maria")], CancellationToken.None);

        Assert.DoesNotContain(await RoomsOfAsync("maria"), r => r.GetProperty("id").GetString() == "@" + ana.Id);
    }

    [Theory]
    [InlineData("nobody-here")]
    [InlineData("@nobody-here")]
    public async Task A_message_to_nobody_is_a_fault_for_good_that_says_so(string id)
    {
        var somebody = new Conversation("local", id);
        var posting = await Assert.ThrowsAsync<ChatPlatformException>(() => chat.Platform.PostAsync(somebody, ChatMessage.Of("x"), NewKey(), CancellationToken.None));
        var updating = await Assert.ThrowsAsync<ChatPlatformException>(() => chat.Platform.UpdateAsync(somebody, "1", ChatMessage.Of("x"), CancellationToken.None));
        Assert.All([posting, updating], fault => Assert.Equal((false, $"There is nobody called \"{id}\" in the local chat, and no such room."), (fault.IsTransient, fault.Message)));
    }

    [Fact]
    public async Task A_message_that_is_not_there_is_gone()
    {
        var ana = await NewPersonAsync();
        Assert.True((await Assert.ThrowsAsync<ChatPlatformException>(
            () => chat.Platform.UpdateAsync(new Conversation("local", ana.Id), "999999", ChatMessage.Of("x"), CancellationToken.None))).IsMessageGone);
    }

    [Fact]
    public async Task A_room_and_a_person_never_have_the_same_name()
    {
        var ana = await NewPersonAsync();
        var room = await chat.PostAsync("/rooms", new { name = "r-" + RunningChat.NewId()[..8] });

        using var asRoom = await chat.Http.PostAsJsonAsync("/chat/rooms", new { name = ana.Name });
        using var asDirect = await chat.Http.PostAsJsonAsync("/chat/rooms", new { name = "@" + ana.Name });
        using var asPerson = await chat.Http.PostAsJsonAsync("/chat/people", new { name = room.GetProperty("id").GetString(), zoneId = "UTC" });
        using var general = await chat.Http.PostAsJsonAsync("/chat/people", new { name = "General", zoneId = "UTC" });
        await chat.PostAsync("/people", new { name = "inc-4712-oh-no", zoneId = "UTC" });
        var ofIncident = await chat.Platform.CreateRoomAsync(
            new RoomRequest(4712, "Oh no", false, new Conversation("local", "general"), new Person("local", "maria", "maria"), ChatMessage.Of("")), NewKey(), CancellationToken.None);

        Assert.All([asRoom, asDirect, asPerson, general], r => Assert.Equal(HttpStatusCode.Conflict, r.StatusCode));
        Assert.Equal("inc-4712-oh-no-2", ofIncident.Conversation.Id);
    }

    [Fact]
    public async Task A_person_is_found_by_name_with_their_zone()
    {
        var li = new PersonProfile(new Person("local", "li", "li"), "Asia/Singapore");
        Assert.Equal(li, await chat.Platform.FindPersonAsync("li", CancellationToken.None));
        Assert.Equal(li, await chat.Platform.FindPersonAsync("@Li", CancellationToken.None));
        Assert.Null(await chat.Platform.FindPersonAsync("general", CancellationToken.None));
        Assert.Null(await chat.Platform.FindPersonAsync("", CancellationToken.None));
        Assert.Equal([li.Person], await ((IChatPlatform)chat.Platform).MembersAsync(li.Person, CancellationToken.None));
    }

    /// <summary>Somebody whom no other test knows.</summary>
    private async Task<Person> NewPersonAsync()
    {
        var person = await chat.PostAsync("/people", new { name = "Ana-" + RunningChat.NewId()[..8], zoneId = "UTC" });
        return new Person("local", person.GetProperty("id").GetString()!, person.GetProperty("name").GetString()!);
    }

    private Task<string> PostAsync(Person person, string text) =>
        chat.Platform.PostAsync(new Conversation("local", person.Id), ChatMessage.Of(text), NewKey(), CancellationToken.None);

    private async Task<IReadOnlyList<string>> ReadAsync(string person) =>
        [.. (await chat.GetAsync($"/rooms/%40{person}/messages?person={person}")).GetProperty("messages").EnumerateArray().Select(RunningChat.TextOf)];

    private async Task UntilReadsAsync(string person, string text)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            using var history = await chat.Http.GetAsync($"/chat/rooms/%40{person}/messages?person={person}");
            if (history.IsSuccessStatusCode && (await history.Content.ReadAsStringAsync()).Contains(text, StringComparison.Ordinal))
                return;
            await Task.Delay(25);
        }
        Assert.Fail($"{person} does not read \"{text}\".");
    }

    private async Task<IReadOnlyList<JsonElement>> RoomsOfAsync(string person) => [.. (await chat.GetAsync($"/state?person={person}")).GetProperty("rooms").EnumerateArray()];

    private static DeliveryKey NewKey() => new(RunningChat.NewId(), MayBeRepeated: false, DateTimeOffset.UnixEpoch);
}
