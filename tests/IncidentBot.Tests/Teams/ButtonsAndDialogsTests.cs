using System.Text.Json.Nodes;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Store;
using IncidentBot.Tests.Fakes.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentBot.Tests.Teams;

/// <summary>What people press and fill in.</summary>
public sealed class ButtonsAndDialogsTests : IAsyncLifetime
{
    private RunningTeamsBot _bot = null!;

    public async Task InitializeAsync() => _bot = await RunningTeamsBot.StartWholeAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task A_button_is_the_same_as_its_command_and_is_answered_at_once()
    {
        var thread = await EscalateAsync();
        var acknowledge = Button("Acknowledge");
        var decline = Button("Decline");

        var pressed = await PressAsync(acknowledge, thread, _bot.Li, "press-1");
        Assert.Equal(pressed, await PressAsync(acknowledge, thread, _bot.Li, "press-1"));
        var twice = await PressAsync(acknowledge, thread, _bot.Li);
        var other = await PressAsync(decline, thread, _bot.Teo);

        Assert.Contains("Recorded as #3 of INC-1", MessageOf(pressed), StringComparison.Ordinal);
        Assert.Contains("already", MessageOf(twice), StringComparison.Ordinal);
        Assert.Contains("already", MessageOf(other), StringComparison.Ordinal);
        var snapshot = await _bot.ReadAsync();
        Assert.Equal((3, EscalationState.Acknowledged, "Li Wei"), (snapshot.Entries.Count, snapshot.Escalations.Single().State, snapshot.Escalations.Single().AnsweredBy!.Name));
    }

    [Fact]
    public async Task Somebody_else_may_come_to_help_but_not_decline_for_who_is_asked()
    {
        var thread = await EscalateAsync();

        var declined = await PressAsync(Button("Decline"), thread, _bot.Teo);
        var acknowledged = await PressAsync(Button("Acknowledge"), thread, _bot.Teo);
        await _bot.SayAsync("@IncidentBot incident resolve rolled back", thread: thread);
        var late = await PressAsync(Button("Decline"), thread, _bot.Li);

        Assert.Contains("asks @Li Wei, so only they can decline it", MessageOf(declined), StringComparison.Ordinal);
        Assert.Contains("Recorded as #3", MessageOf(acknowledged), StringComparison.Ordinal);
        Assert.Contains("need no answer any more", MessageOf(late), StringComparison.Ordinal);
        Assert.Equal(["Maria Garcia", "Maria Garcia", "Teo", "Maria Garcia"], (await _bot.ReadAsync()).Entries.Select(e => e.Author.Name));
    }

    [Fact]
    public async Task A_button_that_an_old_client_sends_as_a_message_does_the_same()
    {
        var thread = await EscalateAsync();

        await _bot.SayAsync("", by: _bot.Li, thread: thread, change: a =>
        {
            a.Remove("text");
            a["value"] = Button("Acknowledge")["data"]!.DeepClone();
        });

        Assert.Equal(EscalationState.Acknowledged, (await _bot.ReadAsync()).Escalations.Single().State);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"action":7}""")]
    [InlineData("""{"action":null}""")]
    [InlineData("""{"\ud800":1,"action":[]}""")]
    public async Task A_press_that_is_malformed_is_a_bad_request(string value) =>
        Assert.Equal(400, (await InvokeRawAsync("adaptiveCard/action", value)).Status);

    [Theory]
    [InlineData("""{"action":{}}""")]
    [InlineData("""{"action":{"data":null}}""")]
    [InlineData("""{"action":{"data":{"command":7}}}""")]
    [InlineData("""{"action":{"data":{"command":"\ud800"}}}""")]
    [InlineData("""{"action":{"type":"Action.Execute","verb":"other","data":{"other":"app"}}}""")]
    public async Task A_button_that_is_not_ours_is_answered_with_an_error(string value)
    {
        var answer = await InvokeRawAsync("adaptiveCard/action", value);

        Assert.Equal(200, answer.Status);
        Assert.Equal((400, "application/vnd.microsoft.error"), (JsonNode.Parse(answer.Body)!["statusCode"]!.GetValue<int>(), JsonNode.Parse(answer.Body)!["type"]!.ToString()));
    }

    [Theory]
    [InlineData("task/fetch", "{}", 400)]
    [InlineData("task/fetch", """{"data":"x"}""", 400)]
    [InlineData("task/fetch", """{"data":{"form":7}}""", 200)]
    [InlineData("task/fetch", """{"data":{"form":{"formId":"other"}}}""", 200)]
    [InlineData("task/fetch", """{"data":{"form":{"formId":"resolution","incidentNumber":99}}}""", 200)]
    [InlineData("task/submit", """{"data":[]}""", 400)]
    [InlineData("task/submit", """{"data":{"title":"of another app"}}""", 200)]
    [InlineData("task/submit", """{"data":{"formContext":{"reference":{"formId":"capture","incidentNumber":1,"message":{}}}}}""", 200)]
    [InlineData("task/submit", """{"data":{"formContext":{"reference":{"formId":"capture","incidentNumber":1,"message":{"source":{"conversation":{}},"author":{}}}}}}""", 200)]
    [InlineData("task/submit", """{"data":{"formContext":{"reference":{"formId":"declare"}},"title":"\ud800","severity":["a"],"at":{"b":1}}}""", 200)]
    [InlineData("composeExtension/fetchTask", """{"commandId":"\ud800"}""", 501)]
    [InlineData("composeExtension/fetchTask", """{"commandId":"other"}""", 501)]
    [InlineData("composeExtension/fetchTask", """{"commandId":"addToTimeline"}""", 400)]
    [InlineData("composeExtension/fetchTask", """{"commandId":"addToTimeline","messagePayload":{"id":7}}""", 400)]
    [InlineData("composeExtension/fetchTask", """{"commandId":"addToTimeline","messagePayload":{"id":"1","createdDateTime":"soon"}}""", 400)]
    [InlineData("composeExtension/fetchTask", """{"commandId":"addToTimeline","messagePayload":{"id":"1","body":{"content":"\ud800"}}}""", 400)]
    [InlineData("composeExtension/fetchTask", """{"commandId":"addToTimeline","messagePayload":{"id":"1","createdDateTime":"0001-01-01T00:00:00Z","attachments":[null]}}""", 200)]
    [InlineData("composeExtension/submitAction", "7", 400)]
    [InlineData("composeExtension/query", "{}", 501)]
    [InlineData("config/fetch", "{}", 501)]
    [InlineData("signin/verifyState", """{"state":"1"}""", 501)]
    [InlineData("fileConsent/invoke", """{"type":"fileUpload","action":"accept"}""", 501)]
    [InlineData("\0", "null", 501)]
    public async Task What_is_asked_otherwise_is_answered_as_Teams_expects_it(string name, string value, int status)
    {
        await _bot.DeclareAsync();

        Assert.Equal(status, (await InvokeRawAsync(name, value)).Status);
        Assert.DoesNotContain(_bot.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_without_a_title_has_a_button_for_a_dialog_that_shows_faults_at_its_fields()
    {
        var asked = await _bot.SayAsync("@IncidentBot incident start");
        await _bot.DeliverAsync();
        var dialog = await OpenAsync(_bot.Channel.Thread(asked)[^1], asked);
        Assert.Equal(("Declare an incident", "sev3"), (dialog.Title, dialog.Value("severity")));

        var values = new Dictionary<string, string> { ["title"] = "Checkout <500> *answers*", ["severity"] = "sev1", ["services"] = "checkout, basket", ["at"] = "sometime", ["kind"] = "drill" };
        var refused = TeamsDialog.Of(await SubmitAsync(dialog, values, asked));
        Assert.Equal(values, values.ToDictionary(v => v.Key, v => refused.Value(v.Key)!));
        Assert.Contains("sometime", refused.TextBehind("at"), StringComparison.Ordinal);
        values["at"] = "5m ago";
        var accepted = await SubmitAsync(refused, values, asked, "submit-1");
        Assert.Equal(accepted, await SubmitAsync(refused, values, asked, "submit-1"));

        Assert.Contains("INC-1 is declared as sev1", TeamsDialog.MessageOf(accepted), StringComparison.Ordinal);
        var incident = (await _bot.ReadAsync()).Incident;
        Assert.Equal(("Checkout <500> *answers*", true), (incident.Title, incident.IsDrill));
        Assert.Equal(["checkout", "basket"], incident.Services);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _bot.ReadAsync(2));
        await _bot.DeliverAsync();
        Assert.NotNull((await _bot.ReadAsync()).Incident.Room);
    }

    [Fact]
    public async Task The_answer_to_resolve_has_a_button_for_what_is_missing()
    {
        var (thread, dialog) = await ResolveAsync();

        var refused = TeamsDialog.Of(await SubmitAsync(dialog, new() { ["users"] = "300%", ["cause"] = "A column was dropped." }, thread));
        Assert.Contains("300%", refused.TextBehind("users"), StringComparison.Ordinal);
        Assert.Equal("A column was dropped.", refused.Value("cause"));
        Assert.Null((await _bot.ReadAsync()).Incident.RootCause);
        var accepted = await SubmitAsync(refused, new() { ["users"] = "30%", ["cause"] = "A column was dropped.", ["escalations"] = "\u200Bnone", ["misleading"] = "none" }, thread);

        Assert.Contains("3 answers for INC-1 recorded", TeamsDialog.MessageOf(accepted), StringComparison.Ordinal);
        Assert.Equal(("A column was dropped.", 30m), ((await _bot.ReadAsync()).Incident.RootCause, (await _bot.ReadAsync()).Incident.PercentOfUsers));
        Assert.False((await _bot.ReadAsync()).Incident.HadNoEscalations);
        await _bot.DeliverAsync();
        var next = await OpenAsync(_bot.Channel.Thread(thread).Last(m => m.Json.Contains("task/fetch", StringComparison.Ordinal)), thread);
        Assert.False(next.Has("cause"));
        Assert.True(next.Has("fix"));
    }

    [Fact]
    public async Task People_who_are_picked_or_typed_become_people()
    {
        var stranger = _bot.Teams.AddPerson("Ana Ng");
        var (thread, dialog) = await ResolveAsync();
        await _bot.SayAsync("Hello", by: _bot.Li, thread: thread);

        await SubmitAsync(dialog, new() { ["tasks"] = "Test migrations @li.wei due friday\nAsk the others @teo", ["fix"] = _bot.Li.AadObjectId, ["cause"] = stranger.AadObjectId, ["services"] = Guid.NewGuid().ToString() }, thread);

        var snapshot = await _bot.ReadAsync();
        Assert.Equal([("Li Wei", _bot.Li.Id), ("teo", null)], snapshot.ActionItems.Select(t => (t.Owner!, t.OwnerId)));
        Assert.Equal(("@Li.Wei", "@Ana.Ng"), (snapshot.Incident.Fix, snapshot.Incident.RootCause));
        Assert.Equal([stranger.AadObjectId, snapshot.Incident.Services.Single()], _bot.Teams.Calls.Where(c => c.Method == "GET").Select(c => c.Path[^1]).OrderBy(id => id != stranger.AadObjectId));

        await SubmitAsync(dialog, new() { ["improvements"] = "Ask sooner", ["tasks"] = "Do it @ana.ng" }, thread);
        Assert.Equal(stranger.Id, (await _bot.ReadAsync()).ActionItems[^1].OwnerId);
    }

    [Fact]
    public async Task Who_is_known_is_not_looked_through_for_a_mail_address()
    {
        var (thread, dialog) = await ResolveAsync();
        // Reading it fails.
        await _bot.Services.GetRequiredService<IncidentStore>().WriteAsync(
            async db =>
            {
                db.Add(new PlatformState("teams", "aad:broken", "?"));
                return await db.SaveChangesAsync();
            },
            CancellationToken.None);

        var accepted = await SubmitAsync(dialog, new() { ["cause"] = "Mail to ops@example.com bounced." }, thread);

        Assert.Contains("INC-1 recorded", TeamsDialog.MessageOf(accepted), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_of_a_private_incident_opens_for_nobody_else()
    {
        var chat = _bot.Teams.AddGroupChat("night-shift");
        await _bot.SayAsync("@IncidentBot incident start sev1 Leaked keys --private", chat);
        await _bot.SayAsync("@IncidentBot incident resolve", chat);
        var button = new JsonObject { ["data"] = new JsonObject { ["form"] = new JsonObject { ["formId"] = "resolution", ["incidentNumber"] = 1 } } };

        Assert.StartsWith("There is no INC-1.", TeamsDialog.MessageOf(await _bot.InvokeAsync("task/fetch", button.DeepClone().AsObject(), by: _bot.Li)), StringComparison.Ordinal);
        Assert.Contains("INC-1", TeamsDialog.Of(await _bot.InvokeAsync("task/fetch", button.DeepClone().AsObject(), chat, _bot.Li)).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Teams_sends_again_while_it_is_worked_on_is_done_once_with_the_same_answer()
    {
        var stranger = _bot.Teams.AddPerson("Ana Ng");
        var (thread, dialog) = await ResolveAsync();
        var asking = _bot.Teams.FailNext(TeamsFault.Hanging, call => call.Method == "GET");
        var values = new Dictionary<string, string> { ["cause"] = stranger.AadObjectId, ["improvements"] = "Ask sooner" };

        var first = SubmitAsync(dialog, values, thread, "submit-1");
        await asking.Reached;
        var second = SubmitAsync(dialog, values, thread, "submit-1");
        await Task.Delay(100);
        Assert.False(first.IsCompleted || second.IsCompleted);
        asking.Release();

        Assert.Equal(await first, await second);
        Assert.Contains("2 answers", TeamsDialog.MessageOf(await second), StringComparison.Ordinal);
        Assert.Single((await _bot.ReadAsync()).Answers, a => a.Text == "Ask sooner");
    }

    [Fact]
    public async Task Who_is_picked_while_Teams_does_not_say_who_it_is_is_kept_by_the_id()
    {
        var (thread, dialog) = await ResolveAsync();
        _bot.Teams.FailNext(new TeamsFault(503), call => call.Method == "GET");
        var id = Guid.NewGuid().ToString();

        await SubmitAsync(dialog, new() { ["cause"] = id }, thread);

        Assert.Equal("@" + id, (await _bot.ReadAsync()).Incident.RootCause);
    }

    [Fact]
    public async Task A_database_that_takes_nothing_keeps_the_dialog_with_all_that_was_typed()
    {
        var (thread, dialog) = await ResolveAsync();
        var much = string.Concat(Enumerable.Repeat("A column was dropped. ", 900)).Trim();
        var data = new JsonObject { ["command"] = "/incident INC-1 update " + much };

        await FillDiskAsync();
        var kept = TeamsDialog.Of(await SubmitAsync(dialog, new() { ["cause"] = much, ["users"] = "30%" }, thread));
        await FillDiskAsync();
        var pressed = await _bot.InvokeAsync("adaptiveCard/action", new JsonObject { ["action"] = new JsonObject { ["data"] = data } }, thread: thread);

        Assert.StartsWith("Nothing was saved yet. The disk that holds the database is full.", kept.FirstText, StringComparison.Ordinal);
        Assert.Equal((much, "30%"), (kept.Value("cause"), kept.Value("users")));
        Assert.StartsWith("Nothing was recorded. The disk that holds the database is full.", MessageOf(pressed), StringComparison.Ordinal);

        await _bot.Services.GetRequiredService<IncidentStore>().WriteAsync(db => db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1000000"), CancellationToken.None);
        Assert.Contains("2 answers", TeamsDialog.MessageOf(await SubmitAsync(kept, new() { ["cause"] = much, ["users"] = "30%" }, thread)), StringComparison.Ordinal);

        // The same error as of a full disk.
        Task<int> FillDiskAsync() => _bot.Services.GetRequiredService<IncidentStore>().WriteAsync(db => db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1"), CancellationToken.None);
    }

    [Fact]
    public async Task A_very_long_form_comes_back_below_the_limits_and_says_what_is_shortened()
    {
        var (thread, dialog) = await ResolveAsync();

        var answer = await SubmitAsync(dialog, new() { ["users"] = "300%", ["cause"] = new string('\n', 20_000) + new string('"', 60_000), ["fix"] = "short" }, thread);

        Assert.InRange(answer.Body.Length, 1000, 45_000);
        var kept = TeamsDialog.Of(answer);
        Assert.Contains("too long for a dialog", kept.TextBehind("cause"), StringComparison.Ordinal);
        Assert.Equal("short", kept.Value("fix"));
    }

    [Fact]
    public async Task A_form_that_is_refused_as_a_whole_stays_with_the_reason()
    {
        var asked = await _bot.SayAsync("@IncidentBot incident start");
        await _bot.DeliverAsync();
        var dialog = await OpenAsync(_bot.Channel.Thread(asked)[^1], asked);

        var empty = TeamsDialog.Of(await SubmitAsync(dialog, new() { ["title"] = "\u2060 \u00A0", ["severity"] = "sev9" }, asked));

        Assert.Contains("what is wrong", empty.TextBehind("title"), StringComparison.Ordinal);
        Assert.Contains("Choose sev1", empty.TextBehind("severity"), StringComparison.Ordinal);
    }

    private static string MessageOf(TeamsAnswer answer)
    {
        Assert.Equal(200, answer.Status);
        var body = JsonNode.Parse(answer.Body)!;
        Assert.Equal((200, "application/vnd.microsoft.activity.message"), (body["statusCode"]!.GetValue<int>(), body["type"]!.ToString()));
        return body["value"]!.ToString();
    }

    private async Task<string> EscalateAsync()
    {
        var thread = await _bot.DeclareAsync();
        await _bot.SayAsync("@IncidentBot incident escalate <at>Li Wei</at> knows the database", thread: thread, change: a => a["entities"]!.AsArray().Add((JsonNode)RunningTeamsBot.MentionOf(_bot.Li.Id, "Li Wei")));
        await _bot.DeliverAsync();
        return thread;
    }

    private async Task<(string Thread, TeamsDialog Dialog)> ResolveAsync()
    {
        var thread = await _bot.DeclareAsync();
        await _bot.SayAsync("@IncidentBot incident resolve rolled back", thread: thread);
        await _bot.DeliverAsync();
        return (thread, await OpenAsync(_bot.Channel.Thread(thread).First(m => m.Json.Contains("task/fetch", StringComparison.Ordinal)), thread));
    }

    private JsonObject Button(string title) => ActionsOf(_bot.Channel.Messages.First(m => m.Json.Contains($"\"{title}\"", StringComparison.Ordinal))).First(a => a["title"]!.ToString() == title);

    private static IEnumerable<JsonObject> ActionsOf(FakeTeamsMessage message) =>
        message.Content["attachments"]![0]!["content"]!["body"]!.AsArray().Where(e => e!["type"]!.ToString() == "ActionSet").SelectMany(e => e!["actions"]!.AsArray()).Select(a => a!.AsObject());

    private Task<TeamsAnswer> PressAsync(JsonObject button, string thread, FakePerson by, string? id = null) => _bot.InvokeAsync(
        "adaptiveCard/action", new JsonObject { ["action"] = button.DeepClone(), ["trigger"] = "manual" }, by: by, thread: thread, id: id);

    private async Task<TeamsDialog> OpenAsync(FakeTeamsMessage message, string thread)
    {
        var button = ActionsOf(message).First(a => a["data"]?["msteams"]?["type"]?.ToString() == "task/fetch");
        return TeamsDialog.Of(await _bot.InvokeAsync("task/fetch", new JsonObject { ["data"] = button["data"]!.DeepClone(), ["context"] = new JsonObject { ["theme"] = "default" } }, thread: thread));
    }

    private Task<TeamsAnswer> SubmitAsync(TeamsDialog dialog, Dictionary<string, string> values, string thread, string? id = null) =>
        _bot.InvokeAsync("task/submit", new JsonObject { ["data"] = dialog.Fill(values), ["context"] = new JsonObject { ["theme"] = "default" } }, thread: thread, id: id);

    /// <summary>As it is on the wire: not every text can be made here.</summary>
    private Task<TeamsAnswer> InvokeRawAsync(string name, string value)
    {
        var activity = _bot.NewActivity("invoke", _bot.Channel, _bot.Maria, null, _bot.Teams.NextId());
        activity["name"] = name;
        activity["value"] = "VALUE";
        return _bot.SendAsync(activity.ToJsonString().Replace("\"VALUE\"", value, StringComparison.Ordinal), "Bearer " + _bot.Token.Sign());
    }
}
