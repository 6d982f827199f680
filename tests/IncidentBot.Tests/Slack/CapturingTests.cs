using System.Text.Json.Nodes;
using IncidentBot.Incidents.Timeline;
using IncidentBot.Tests.Fakes;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Tests.Slack;

/// <summary>Messages of the channel that become entries, and follow them.</summary>
public sealed class CapturingTests : IAsyncLifetime
{
    private RunningSlackBot _bot = null!;
    private FakeChannel _room = null!;

    public async Task InitializeAsync()
    {
        _bot = await RunningSlackBot.StartAsync();
        _room = await _bot.DeclareAsync();
    }

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task A_reaction_adds_the_message_with_its_own_author_time_and_link()
    {
        var said = _bot.Workspace.Say(_room, RunningSlackBot.Li, $"I restarted &lt;db-1&gt; with <@{RunningSlackBot.Teo}> &amp; it helped, see <https://example.org/a|the dashboard>");
        var saidAt = DateTimeOffset.FromUnixTimeSeconds(_bot.Clock.GetUtcNow().ToUnixTimeSeconds());
        _bot.Clock.Advance(TimeSpan.FromMinutes(10));

        await _bot.ReactAsync(_room, said);

        var entry = (await _bot.ReadAsync()).Entries[^1];
        Assert.Equal("I restarted <db-1> with @teo & it helped, see the dashboard (https://example.org/a)", entry.Text);
        Assert.Equal("Li Wei", entry.Author.Name);
        Assert.Equal(saidAt, entry.OccurredAt);
        Assert.Equal($"https://example.slack.com/archives/{_room.Id}/p{said.Ts.Replace(".", "", StringComparison.Ordinal)}", entry.Link);
    }

    [Fact]
    public async Task Replies_messages_of_bots_and_pictures_are_taken_too()
    {
        var parent = _bot.Workspace.Say(_room, RunningSlackBot.Li, "Any news?");
        var reply = _bot.Workspace.Say(_room, RunningSlackBot.Teo, "The queue is empty again", threadTs: parent.Ts);
        var alert = _bot.Workspace.Say(_room, "", "", with: m =>
        {
            m.Remove("user");
            m["subtype"] = "bot_message";
            m["bot_id"] = "B77";
            m["username"] = "Alertmanager";
            m["attachments"] = new JsonArray(new JsonObject { ["fallback"] = "Error rate above 5%" });
        });
        var picture = _bot.Workspace.Say(_room, RunningSlackBot.Li, "", with: m =>
            m["files"] = new JsonArray(new JsonObject { ["name"] = "graph.png", ["title"] = "graph.png", ["permalink"] = "https://example.slack.com/files/graph.png" }));

        var blocks = _bot.Workspace.Say(_room, RunningSlackBot.Teo, "", with: m => m["blocks"] = new JsonArray(
            new JsonObject { ["type"] = "section", ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = "Deployed &lt;v2&gt;" } },
            new JsonObject { ["type"] = "divider" }, "odd", new JsonObject { ["type"] = "odd", ["text"] = "odd" }));

        foreach (var message in new[] { reply, alert, picture, blocks })
            await _bot.ReactAsync(_room, message);

        var entries = (await _bot.ReadAsync()).Entries.Skip(1).ToList();
        Assert.Equal(
            ["The queue is empty again", "Error rate above 5%", "graph.png https://example.slack.com/files/graph.png", "Deployed <v2>"],
            entries.Select(e => e.Text));
        Assert.Equal(["Teo", "Alertmanager", "Li Wei", "Teo"], entries.Select(e => e.Author.Name));
        Assert.EndsWith($"?thread_ts={parent.Ts}&cid={_room.Id}", entries[0].Link, StringComparison.Ordinal);
        await _bot.DeliverAsync();
        Assert.DoesNotContain(_room.Messages, m => m.Json.Contains("<@B77>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_configured_emoji_counts_in_any_skin_tone()
    {
        var said = _bot.Workspace.Say(_room, RunningSlackBot.Li, "Something");

        await _bot.ReactAsync(_room, said, emoji: "eyes");
        Assert.Single((await _bot.ReadAsync()).Entries);
        await _bot.ReactAsync(_room, said, emoji: "pushpin::skin-tone-2");
        Assert.Equal(2, (await _bot.ReadAsync()).Entries.Count);
    }

    [Fact]
    public async Task The_entry_goes_with_the_last_reaction_only()
    {
        var said = _bot.Workspace.Say(_room, RunningSlackBot.Li, "Something");
        await _bot.ReactAsync(_room, said);
        await _bot.ReactAsync(_room, said, user: RunningSlackBot.Teo);

        await _bot.ReactAsync(_room, said, isAdded: false);
        Assert.False((await _bot.ReadAsync()).Entries[^1].IsRemoved);
        await _bot.ReactAsync(_room, said, isAdded: false, user: RunningSlackBot.Teo);
        Assert.DoesNotContain((await _bot.ReadAsync()).Entries, e => e is { IsRemoved: false, Text: "Something" });
    }

    [Fact]
    public async Task A_reaction_that_is_taken_back_while_its_message_is_fetched_leaves_no_entry()
    {
        var said = _bot.Workspace.Say(_room, RunningSlackBot.Li, "Something");

        await ReactAndTakeBackAsync(said);

        for (var i = 0; i < 500 && (await _bot.ReadAsync()).Entries.Any(e => e is { IsRemoved: false, Text: "Something" }); i++)
            await Task.Delay(10);
        Assert.DoesNotContain((await _bot.ReadAsync()).Entries, e => e is { IsRemoved: false, Text: "Something" });
    }

    [Fact]
    public async Task A_reaction_that_is_taken_back_while_its_message_is_fetched_leaves_the_entry_to_anybody_elses()
    {
        var said = _bot.Workspace.Say(_room, RunningSlackBot.Li, "Something");
        said.Reactions.Add(("pushpin", RunningSlackBot.Teo));

        await ReactAndTakeBackAsync(said);

        await RunningSlackBot.UntilAsync(() => _bot.Slack.CallsOf("reactions.get").Count == 1 && _bot.Slack.InFlight == 0);
        Assert.Contains((await _bot.ReadAsync()).Entries, e => e is { IsRemoved: false, Text: "Something" });
    }

    [Fact]
    public async Task An_entry_stands_where_Slack_does_not_tell_whether_its_reaction_is_there_still()
    {
        var said = _bot.Workspace.Say(_room, RunningSlackBot.Li, "Something");
        _bot.Slack.FailNext("reactions.get", SlackFault.HttpStatus(503));

        Assert.Equal(200, (await _bot.ReactAsync(_room, said)).Status);

        await RunningSlackBot.UntilAsync(() => _bot.Slack.CallsOf("reactions.get").Count == 1 && _bot.Slack.InFlight == 0);
        Assert.Contains((await _bot.ReadAsync()).Entries, e => e is { IsRemoved: false, Text: "Something" });
    }

    [Fact]
    public async Task Edits_and_deletions_of_a_captured_message_become_revisions()
    {
        var said = _bot.Workspace.Say(_room, RunningSlackBot.Li, "The disk is fill");
        await _bot.ReactAsync(_room, said);

        await EditAsync(said, "The disk is full");
        var entry = (await _bot.ReadAsync()).Entries[^1];
        Assert.Equal("The disk is full", entry.Text);
        Assert.Contains(entry.Revisions, r => r.EarlierText == "The disk is fill" && r.By.Name == "Li Wei");

        await _bot.SendEventAsync(new JsonObject
        {
            ["type"] = "message", ["subtype"] = "message_deleted", ["channel"] = _room.Id, ["deleted_ts"] = said.Ts, ["previous_message"] = said.Content.DeepClone(),
        });
        entry = await RemovedAsync();
        Assert.Equal("The disk is full", entry.Text);
        // Slack does not tell who deletes.
        Assert.Equal("somebody in Slack", entry.Revisions[^1].By.Name);
    }

    [Fact]
    public async Task Words_that_somebody_gave_an_entry_stay_though_its_message_is_edited_or_a_reaction_taken_back()
    {
        var said = _bot.Workspace.Say(_room, RunningSlackBot.Li, "It was the cahce");
        await _bot.UseShortcutAsync(_room, said);
        await _bot.SubmitAsync(_bot.Workspace.Modals.Single(), new() { ["text"] = "Li found the cache to be full" });
        var other = _bot.Workspace.Say(_room, RunningSlackBot.Teo, "db-1 is slwo");
        await _bot.ReactAsync(_room, other);
        await _bot.TypeAsync("/timeline edit 3 db-1 answered after 8 s", _room);

        foreach (var (message, text) in new[] { (said, "It was the cache"), (other, "db-1 is slow") })
        {
            await EditAsync(message, text);
            await _bot.ReactAsync(_room, message);
            await _bot.ReactAsync(_room, message, isAdded: false);
        }

        Assert.Equal(
            [(false, "Li found the cache to be full"), (false, "db-1 answered after 8 s")], (await _bot.ReadAsync()).Entries.Skip(1).Select(e => (e.IsRemoved, e.Text)));
    }

    [Fact]
    public async Task A_reaction_that_is_taken_back_after_its_message_was_edited_takes_the_entry_with_it()
    {
        var said = _bot.Workspace.Say(_room, RunningSlackBot.Li, "The disk is fill");
        await _bot.ReactAsync(_room, said);
        await EditAsync(said, "The disk is full");

        await _bot.ReactAsync(_room, said, isAdded: false);

        Assert.Equal("The disk is full", (await RemovedAsync()).Text);
    }

    [Fact]
    public async Task A_message_that_is_deleted_while_it_is_fetched_leaves_no_entry()
    {
        var said = _bot.Workspace.Say(_room, RunningSlackBot.Li, "Something");
        _bot.Slack.FailNext("reactions.get", SlackFault.Refused("message_not_found"));

        await _bot.ReactAsync(_room, said);

        for (var i = 0; i < 500 && (await _bot.ReadAsync()).Entries.Any(e => e.Text == "Something"); i++)
            await Task.Delay(10);
        Assert.Equal("somebody in Slack", (await RemovedAsync()).Revisions[^1].By.Name);
    }

    [Fact]
    public async Task A_reply_is_found_however_long_its_thread_is()
    {
        var parent = _bot.Workspace.Say(_room, RunningSlackBot.Li, "Any news?");
        var replies = Enumerable.Range(1, 9).Select(n => _bot.Workspace.Say(_room, RunningSlackBot.Teo, $"reply {n}", threadTs: parent.Ts)).ToList();

        await _bot.ReactAsync(_room, replies[4]);

        Assert.Equal("reply 5", (await _bot.ReadAsync()).Entries[^1].Text);
    }

    [Fact]
    public async Task Edits_of_other_messages_and_previews_of_links_change_nothing()
    {
        var said = _bot.Workspace.Say(_room, RunningSlackBot.Li, "See https://example.org");
        var other = _bot.Workspace.Say(_room, RunningSlackBot.Li, "Hello");
        await _bot.ReactAsync(_room, said);

        await EditAsync(said, "See https://example.org");
        await EditAsync(other, "Hello all");

        var entry = (await _bot.ReadAsync()).Entries[^1];
        Assert.Equal("See https://example.org", entry.Text);
        Assert.Empty(entry.Revisions);
    }

    [Fact]
    public async Task Edits_of_the_bots_own_messages_are_not_followed()
    {
        await _bot.TypeAsync("/incident resolve rolled back", _room);
        await _bot.DeliverAsync();
        var draft = _room.Messages.Single(m => m.Json.Contains("Issue summary", StringComparison.OrdinalIgnoreCase));
        await _bot.ReactAsync(_room, draft);
        var before = (await _bot.ReadAsync()).Entries.Single(e => e.Source is not null);

        await EditAsync(draft, "The draft after its next refresh");

        var after = (await _bot.ReadAsync()).Entries.Single(e => e.Source is not null);
        Assert.Equal(before.Text, after.Text);
        Assert.Empty(after.Revisions);
    }

    [Fact]
    public async Task Characters_that_no_database_takes_are_replaced()
    {
        var said = _bot.Workspace.Say(_room, RunningSlackBot.Li, "The disk\0 is fill");
        await _bot.ReactAsync(_room, said);
        await EditAsync(said, "The disk\0 is full");

        Assert.Equal("The disk\uFFFD is full", (await _bot.ReadAsync()).Entries[^1].Text);
    }

    [Fact]
    public async Task The_message_shortcut_asks_for_kind_time_and_text()
    {
        var said = _bot.Workspace.Say(_room, RunningSlackBot.Li, "I suspect the cache");
        _bot.Clock.Advance(TimeSpan.FromMinutes(5));

        var answer = await _bot.UseShortcutAsync(_room, said);

        Assert.Equal((200, ""), (answer.Status, answer.Body));
        var modal = Assert.Single(_bot.Workspace.Modals);
        Assert.Equal("I suspect the cache", Input(modal, "text")["initial_value"]!.ToString());
        // As Maria's clock in Berlin has it.
        Assert.Equal("2026-03-02 10:15 Europe/Berlin", Input(modal, "at")["initial_value"]!.ToString());

        var refused = await _bot.SubmitAsync(modal, new() { ["kind"] = "hypothesis", ["at"] = "soon", ["text"] = "I suspect the cache of db-1" });
        Assert.Equal("errors", refused.Json!["response_action"]!.ToString());
        Assert.Contains("soon", refused.Json!["errors"]!["at"]!.ToString(), StringComparison.Ordinal);
        var accepted = await _bot.SubmitAsync(modal, new() { ["kind"] = "hypothesis", ["text"] = "I suspect the cache of db-1" });
        Assert.Equal((200, ""), (accepted.Status, accepted.Body));

        var entry = (await _bot.ReadAsync()).Entries[^1];
        Assert.Equal((EntryKind.Hypothesis, "I suspect the cache of db-1", "Li Wei"), (entry.Kind, entry.Text, entry.Author.Name));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 15, 0, TimeSpan.Zero), entry.OccurredAt);
    }

    [Theory]
    [InlineData(3000, null)]
    [InlineData(3001, "Shortened: Slack takes no more than 3000 characters here.")]
    public async Task The_form_says_that_a_long_message_does_not_fit(int length, string? hint)
    {
        await _bot.UseShortcutAsync(_room, _bot.Workspace.Say(_room, RunningSlackBot.Li, new string('x', length)));

        var block = _bot.Workspace.Modals.Single().Definition["blocks"]!.AsArray().Single(b => b!["block_id"]?.ToString() == "text")!;
        Assert.Equal(hint, block["hint"]?["text"]?.ToString());
    }

    [Fact]
    public async Task Where_no_incident_is_the_person_who_reacted_is_told()
    {
        var elsewhere = _bot.Workspace.AddChannel("random");
        var said = _bot.Workspace.Say(elsewhere, RunningSlackBot.Li, "Something");

        var answer = await _bot.ReactAsync(elsewhere, said);

        Assert.Equal(200, answer.Status);
        await RunningSlackBot.UntilAsync(() => elsewhere.Ephemerals.Count == 1);
        Assert.Contains("No open incident was declared here", elsewhere.Ephemerals[0].Content["text"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_the_bot_may_not_read_is_told_to_whoever_reacted()
    {
        var said = _bot.Workspace.Say(_room, RunningSlackBot.Li, "Something");
        _bot.Slack.FailNext("conversations.history", SlackFault.Refused("missing_scope", "channels:history"));

        var answer = await _bot.ReactAsync(_room, said);

        Assert.Equal(200, answer.Status);
        await RunningSlackBot.UntilAsync(() => _room.Ephemerals.Count == 1);
        Assert.Contains("channels:history", _room.Ephemerals[0].Content["text"]!.ToString(), StringComparison.Ordinal);
    }

    private static JsonNode Input(FakeView modal, string block) =>
        modal.Definition["blocks"]!.AsArray().Single(b => b!["block_id"]?.ToString() == block)!["element"]!;

    private async Task<TimelineEntry> RemovedAsync()
    {
        await using var db = _bot.Store.Read();
        return await db.Entries.Include(e => e.Revisions).SingleAsync(e => e.IsRemoved);
    }

    private async Task ReactAndTakeBackAsync(FakeMessage said)
    {
        var fetching = _bot.Slack.FailNext("conversations.history", SlackFault.Hanging());
        var reacting = _bot.ReactAsync(_room, said);
        await fetching.Reached;
        await _bot.ReactAsync(_room, said, isAdded: false);
        fetching.Release();
        Assert.Equal(200, (await reacting).Status);
    }

    private Task<SlackAnswer> EditAsync(FakeMessage message, string text)
    {
        var before = message.Content.DeepClone();
        message.Content["text"] = text;
        message.Content["edited"] = new JsonObject { ["user"] = RunningSlackBot.Li, ["ts"] = _bot.Workspace.NextTs() };
        return _bot.SendEventAsync(new JsonObject
        {
            ["type"] = "message", ["subtype"] = "message_changed", ["channel"] = _room.Id, ["message"] = message.Content.DeepClone(), ["previous_message"] = before,
        });
    }
}
