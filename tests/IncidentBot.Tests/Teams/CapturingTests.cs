using System.Text.Json.Nodes;
using IncidentBot.Incidents.Timeline;
using IncidentBot.Tests.Fakes.Teams;

namespace IncidentBot.Tests.Teams;

/// <summary>Messages that become entries, and follow them.</summary>
public sealed class CapturingTests : IAsyncLifetime
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
    public async Task A_pushpin_adds_the_message_with_its_own_author_time_and_link_and_goes_with_it()
    {
        var said = await _bot.SayAsync("I restarted &lt;db-1&gt; with <at>Teo</at>", by: _bot.Li, thread: _thread, change: a => a["entities"] = new JsonArray(RunningTeamsBot.MentionOf(_bot.Teo.Id, "Teo")));
        var saidAt = _bot.Clock.GetUtcNow();
        _bot.Clock.Advance(TimeSpan.FromMinutes(10));

        await ReactAsync(said, "1f4cc_pushpin");
        await ReactAsync(said, "pushpin", by: _bot.Teo);

        var entry = (await _bot.ReadAsync()).Entries[^1];
        Assert.Equal((EntryKind.Note, "I restarted <db-1> with @Teo", "Li Wei", saidAt), (entry.Kind, entry.Text, entry.Author.Name, entry.OccurredAt));
        Assert.Equal(
            $"https://teams.microsoft.com/l/message/19%3Aoperations%40thread.tacv2/{said}?tenantId={FakeLogin.TenantId}&groupId=11111111-2222-3333-4444-555555555555&parentMessageId={_thread}",
            entry.Link);
        Assert.Equal(2, (await _bot.ReadAsync()).Entries.Count);

        await ReactAsync(said, "1f4cc_pushpin", isAdded: false);
        Assert.Single((await _bot.ReadAsync()).Entries);
        await ReactAsync(said, "1f4cc_pushpin");
        Assert.Equal(2, (await _bot.ReadAsync()).Entries.Count);
    }

    [Fact]
    public async Task Other_reactions_and_messages_that_the_bot_did_not_hear_add_nothing()
    {
        var said = await _bot.SayAsync("Something", by: _bot.Li, thread: _thread);
        var calls = _bot.Teams.Calls.Count;

        foreach (var type in new[] { "like", "heart", "1f4cd_roundpushpin", "1f440_eyes", "" })
            await ReactAsync(said, type);
        await ReactAsync("1600000000000", "1f4cc_pushpin");
        await ReactAsync("1600000000000", "1f4cc_pushpin", isAdded: false);
        await ReactAsync(said, "like", isAdded: false);
        await _bot.DeliverAsync();

        Assert.Single((await _bot.ReadAsync()).Entries);
        Assert.Equal(calls, _bot.Teams.Calls.Count);
    }

    [Fact]
    public async Task A_reaction_need_not_name_the_thread_nor_whoever_reacted()
    {
        var said = await _bot.SayAsync("Something", by: _bot.Li, thread: _thread);
        await _bot.SayAsync("@IncidentBot timeline note mine", thread: _thread);

        var activity = _bot.NewActivity("messageReaction", _bot.Channel, _bot.Maria, thread: null, "f:1");
        activity["from"]!.AsObject().Remove("name");
        activity["replyToId"] = said;
        activity["reactionsAdded"] = new JsonArray(new JsonObject { ["type"] = "pushpin" });
        await _bot.SendAsync(activity, _bot.Token);
        activity["id"] = "f:2";
        activity.Remove("reactionsAdded");
        activity["reactionsRemoved"] = new JsonArray(new JsonObject { ["type"] = "pushpin" });
        Assert.Equal(3, (await _bot.ReadAsync()).Entries.Count);
        await _bot.SendAsync(activity, _bot.Token);

        Assert.Equal(2, (await _bot.ReadAsync()).Entries.Count);
        await _bot.DeliverAsync();
        Assert.Contains("by Maria Garcia; how it was before is kept", _bot.Channel.Thread(_thread)[^1].Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edits_and_deletions_of_a_captured_message_become_revisions()
    {
        var said = await _bot.SayAsync("The disk is fill", by: _bot.Li, thread: _thread);
        await ReactAsync(said, "pushpin");

        await ChangeAsync("messageUpdate", said, "The disk is fall", "editMessage");
        await ChangeAsync("messageUpdate", said, "The disk is full", "editMessage");
        await ChangeAsync("messageUpdate", said, "The disk is full", "editMessage");

        var entry = (await _bot.ReadAsync()).Entries[^1];
        Assert.Equal("The disk is full", entry.Text);
        Assert.Equal([("The disk is fill", "Li Wei"), ("The disk is fall", "Li Wei")], entry.Revisions.Select(r => (r.EarlierText, r.By.Name)));

        await ChangeAsync("messageDelete", said, null, "softDeleteMessage");
        Assert.Single((await _bot.ReadAsync()).Entries);
        await ReactAsync(said, "pushpin");
        Assert.Single((await _bot.ReadAsync()).Entries);
        await ChangeAsync("messageUpdate", said, "The disk is full", "undeleteMessage");
        Assert.Single((await _bot.ReadAsync()).Entries);
        await ReactAsync(said, "pushpin");
        Assert.Equal("The disk is full", (await _bot.ReadAsync()).Entries[^1].Text);
    }

    [Fact]
    public async Task What_was_edited_before_it_is_added_is_added_as_it_reads_now()
    {
        var said = await _bot.SayAsync("The disk is fill", by: _bot.Li, thread: _thread);
        await ChangeAsync("messageUpdate", said, "The disk is full", "editMessage");
        await ReactAsync(said, "pushpin");

        Assert.Equal("The disk is full", (await _bot.ReadAsync()).Entries[^1].Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_message_extension_asks_for_kind_time_and_text_and_later_edits_are_followed(bool namesThread)
    {
        var said = await _bot.SayAsync("I suspect the cache", by: _bot.Li, thread: _thread);
        var payload = Payload(said, "<p>I suspect<br>the <b>cache</b> &amp; <at id=\"0\">Teo</at></p>");
        payload["replyToId"] = _thread;

        var dialog = TeamsDialog.Of(await FetchAsync(payload, namesThread ? _thread : null));
        Assert.Equal("Add to timeline", dialog.Title);
        Assert.Equal("I suspect\nthe cache & Teo", dialog.Input("text")["value"]!.ToString());
        // As Maria's clock in Berlin has it.
        Assert.Equal("2026-03-02 10:00 Europe/Berlin", dialog.Input("at")["value"]!.ToString());

        var refused = TeamsDialog.Of(await SubmitAsync(dialog, new() { ["kind"] = "hypothesis", ["at"] = "soon", ["text"] = "I suspect the cache" }));
        Assert.Contains("soon", refused.TextBehind("at"), StringComparison.Ordinal);
        Assert.Equal(("hypothesis", "soon", "I suspect the cache"), (refused.Value("kind"), refused.Value("at"), refused.Value("text")));
        var accepted = await SubmitAsync(refused, new() { ["kind"] = "hypothesis", ["at"] = "10:00", ["text"] = "I suspect the cache" });
        Assert.Contains("Recorded as #2 of INC-1", TeamsDialog.MessageOf(accepted), StringComparison.Ordinal);

        var entry = (await _bot.ReadAsync()).Entries.Single(e => e.Number == 2);
        Assert.Equal((EntryKind.Hypothesis, "I suspect the cache", _bot.Li.Id, "Li Wei"), (entry.Kind, entry.Text, entry.Author.Id, entry.Author.Name));
        Assert.Equal((new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), "https://teams.microsoft.com/l/message/the-message"), (entry.OccurredAt, entry.Link));

        var again = await SubmitAsync(TeamsDialog.Of(await FetchAsync(payload, _thread)), new() { ["kind"] = "note", ["at"] = "10:00", ["text"] = "again" });
        Assert.Contains("in the timeline of INC-1 already, as #2", TeamsDialog.MessageOf(again), StringComparison.Ordinal);
        await ChangeAsync("messageUpdate", said, "I suspect the queue", "editMessage");
        Assert.Equal("I suspect the queue", (await _bot.ReadAsync()).Entries.Single(e => e.Number == 2).Text);
        await ChangeAsync("messageDelete", said, null, "softDeleteMessage");
        Assert.Single((await _bot.ReadAsync()).Entries);
    }

    [Fact]
    public async Task Messages_of_apps_pictures_and_files_are_taken_too()
    {
        var alert = Payload("1600000000001", "Error rate above 5%", "text");
        alert["from"] = new JsonObject { ["application"] = new JsonObject { ["id"] = "app-1", ["displayName"] = "Alertmanager", ["applicationIdentityType"] = "bot" } };
        var picture = Payload("1600000000002", "<div><img src=\"https://graph.microsoft.com/x\" alt=\"image\"></div>");
        var file = Payload("1600000000003", "<attachment id=\"1\"></attachment>");
        file["attachments"] = new JsonArray(null, new JsonObject { ["contentType"] = "reference", ["contentUrl"] = "https://example.sharepoint.com/graph.png", ["name"] = "graph.png" });
        var bare = Payload("1600000000004", "");
        bare.Remove("body");
        bare.Remove("from");
        bare.Remove("createdDateTime");
        bare.Remove("linkToMessage");

        var texts = new List<(string? Text, string By, string? Link)>();
        foreach (var payload in new[] { alert, picture, file, bare })
        {
            var dialog = TeamsDialog.Of(await FetchAsync(payload, _thread));
            await SubmitAsync(dialog, new() { ["kind"] = "note", ["at"] = "now", ["text"] = dialog.Value("text")! });
            var entry = (await _bot.ReadAsync()).Entries.MaxBy(e => e.Number)!;
            texts.Add((entry.Text, entry.Author.Name, entry.Link));
        }

        Assert.Equal(("Error rate above 5%", "Alertmanager", "https://teams.microsoft.com/l/message/the-message"), texts[0]);
        Assert.Equal(("https://teams.microsoft.com/l/message/the-message", "Li Wei"), (texts[1].Text, texts[1].By));
        Assert.Equal("graph.png https://example.sharepoint.com/graph.png", texts[2].Text);
        Assert.StartsWith("https://teams.microsoft.com/l/message/19%3Aoperations%40thread.tacv2/1600000000004?tenantId=", texts[3].Link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_too_long_for_a_dialog_is_shortened_and_says_so()
    {
        var answer = await FetchAsync(Payload("1600000000001", string.Concat(Enumerable.Repeat("\"🔥\" and so on\n", 6000)), "text"), _thread);

        Assert.InRange(answer.Body.Length, 1000, 45_000);
        Assert.Contains("too long for a dialog", TeamsDialog.Of(answer).TextBehind("text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_incident_is_the_dialog_says_so()
    {
        var elsewhere = _bot.Teams.AddGroupChat("random");
        var answer = await _bot.InvokeAsync("composeExtension/fetchTask", new JsonObject { ["commandId"] = "addToTimeline", ["messagePayload"] = Payload("1600000000001", "Something") }, elsewhere);

        Assert.Contains("No open incident was declared here", TeamsDialog.MessageOf(answer), StringComparison.Ordinal);
    }

    private Task<TeamsAnswer> FetchAsync(JsonObject payload, string? thread) => _bot.InvokeAsync(
        "composeExtension/fetchTask", new JsonObject { ["commandId"] = "addToTimeline", ["commandContext"] = "message", ["messagePayload"] = payload.DeepClone() }, thread: thread);

    private Task<TeamsAnswer> SubmitAsync(TeamsDialog dialog, Dictionary<string, string> values) => _bot.InvokeAsync(
        "composeExtension/submitAction", new JsonObject { ["commandId"] = "addToTimeline", ["data"] = dialog.Fill(values) }, thread: _thread);

    private JsonObject Payload(string id, string content, string contentType = "html") => new()
    {
        ["id"] = id, ["messageType"] = "message", ["createdDateTime"] = "2026-03-02T09:00:00.123Z", ["linkToMessage"] = "https://teams.microsoft.com/l/message/the-message", ["attachments"] = new JsonArray(),
        ["from"] = new JsonObject { ["application"] = null, ["user"] = new JsonObject { ["id"] = _bot.Li.AadObjectId, ["displayName"] = "Li Wei", ["userIdentityType"] = "aadUser" } },
        ["body"] = new JsonObject { ["contentType"] = contentType, ["content"] = content },
    };

    private async Task ReactAsync(string message, string type, bool isAdded = true, FakePerson? by = null)
    {
        _bot.Clock.Advance(TimeSpan.FromSeconds(1));
        // Its id may be any: here that of the message.
        var activity = _bot.NewActivity("messageReaction", _bot.Channel, by ?? _bot.Maria, _thread, message);
        activity["replyToId"] = message;
        activity[isAdded ? "reactionsAdded" : "reactionsRemoved"] = new JsonArray(new JsonObject { ["type"] = type });
        Assert.Equal(200, (await _bot.SendAsync(activity, _bot.Token)).Status);
    }

    private async Task ChangeAsync(string type, string message, string? text, string eventType)
    {
        _bot.Clock.Advance(TimeSpan.FromSeconds(1));
        var activity = _bot.NewActivity(type, _bot.Channel, _bot.Li, _thread, message);
        activity["text"] = text;
        activity["channelData"]!["eventType"] = eventType;
        Assert.Equal(200, (await _bot.SendAsync(activity, _bot.Token)).Status);
    }
}
