using System.Text.Json.Nodes;
using IncidentBot.Tests.Fakes.Teams;

namespace IncidentBot.Tests.Teams;

/// <summary>What people type in channels and chats, and what comes back.</summary>
public sealed class SpeakingTests : IAsyncLifetime
{
    private const string At = "<at>IncidentBot</at>";

    private RunningTeamsBot _bot = null!;

    public async Task InitializeAsync() => _bot = await RunningTeamsBot.StartWholeAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task A_command_is_understood_however_the_bot_is_mentioned()
    {
        var thread = await _bot.DeclareAsync();
        (string Text, int Mentions)[] ways =
        [
            ($"{At} timeline note A", 1), ($"{At} /timeline note A", 1), ($"{At}timeline note A", 1), ($"{At}&nbsp;timeline note A", 1), ($"timeline note A {At}", 1), ($"{At} {At} timeline note A", 2),
            ($"{At} {At} /timeline note A", 1), ($"{At} timeline note {At} A", 1), ($"{At}\n timeline\nnote A\n", 1), ($"<at id=\"0\">IncidentBot</at> timeline note A", 1), ($"{At} timeline note A", 0),
            ("<div><at id=\"0\">IncidentBot</at>&nbsp;timeline&nbsp;note A</div>", 0), ("<p><at>incidentbot</at></p>\n<p>TIMELINE NOTE A</p>", 0), ($"\u200B{At}\u2060 \u2060timeline\u00A0note\u200B A\uFEFF", 1),
            ("<p><span><at>IncidentBot</at></span> / timeline note <b>A</b></p>", 1),
        ];

        foreach (var (text, mentions) in ways)
            await SayMarkedAsync(text, mentions, thread);

        var texts = (await _bot.ReadAsync()).Entries.Skip(1).Select(e => e.Text).ToList();
        Assert.Equal(Enumerable.Repeat("A", ways.Length), texts);
    }

    [Fact]
    public async Task Text_stays_as_it_was_typed()
    {
        var thread = await _bot.DeclareAsync();
        (string Text, string Entry)[] said =
        [
            ("restarted &lt;db-1&gt; &amp; it helped: a &lt;b&gt;b&lt;/b&gt;", "restarted <db-1> & it helped: a <b>b</b>"),
            ("first\n\nsecond  line", "first\n\nsecond  line"),
            ("<p>first</p><p>second</p>", "first\nsecond"),
            ("steps:<ul><li>stop</li><li>start <i>again</i></li></ul>done", "steps:\n- stop\n- start again\ndone"),
            ("see <a href=\"https://example.org/a?b=1&amp;c=2\" title=\"x\">the dashboard</a> and <a href=\"https://example.org/\">https://example.org</a>", "see the dashboard (https://example.org/a?b=1&c=2) and https://example.org/"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a b\nc d"),
            ("fine <emoji id=\"smile\" alt=\"🙂\" title=\"Smile\"></emoji> 👩‍👩‍👧", "fine 🙂 👩‍👩‍👧"),
            ("a < b, c > d and <stdin>", "a < b, c > d and <stdin>"),
            ("copied\u2060: \u200B#\u2060 5\u00A0%", "copied: # 5 %"),
        ];

        foreach (var (text, _) in said)
            await SayMarkedAsync($"{At} timeline note {text}", 1, thread);

        Assert.Equal(said.Select(s => s.Entry), (await _bot.ReadAsync()).Entries.Skip(1).Select(e => e.Text));
    }

    [Fact]
    public async Task A_command_may_be_typed_in_a_channel_a_thread_a_group_chat_and_a_chat_with_the_bot()
    {
        var group = _bot.Teams.AddGroupChat("on call");
        var personal = _bot.Teams.AddPersonal(_bot.Maria);
        var thread = await _bot.DeclareAsync();

        await _bot.SayAsync("@IncidentBot incident list", thread: thread);
        var root = await _bot.SayAsync("@IncidentBot incident list");
        await _bot.SayAsync("@IncidentBot /incident list", group);
        foreach (var text in new[] { "incident list", "/incident list", "@IncidentBot incident list", "  @incidentbot  /incident list" })
            await _bot.SayAsync(text, personal, change: a => a["text"] = text);
        await _bot.DeliverAsync();

        foreach (var messages in new[] { _bot.Channel.Thread(thread), _bot.Channel.Thread(root), group.Messages })
            Assert.Contains("Checkout answers 500", messages[^1].Json, StringComparison.Ordinal);
        Assert.Equal(4, personal.Messages.Count(m => m.Json.Contains("Checkout answers 500", StringComparison.Ordinal)));
        Assert.Empty(_bot.Teams.Refusals);
    }

    [Fact]
    public async Task What_is_said_among_others_is_not_answered()
    {
        var thread = await _bot.DeclareAsync();
        var group = _bot.Teams.AddGroupChat("on call");
        var calls = _bot.Teams.Calls.Count;

        foreach (var text in new[] { "incident list", "/incident list", "help", "@IncidentBot is a bot, @IncidentBot incident list" })
        {
            await _bot.SayAsync("", thread: thread, change: a => a["text"] = text);
            await _bot.SayAsync("", group, change: a => a["text"] = text);
        }
        await _bot.SayAsync("<at>Li Wei</at> incident list", thread: thread, change: Mention(_bot.Li));
        await _bot.DeliverAsync();

        Assert.Equal(calls, _bot.Teams.Calls.Count);
    }

    [Fact]
    public async Task Whoever_says_hello_is_told_what_the_bot_can_do_and_a_topic_is_explained()
    {
        var personal = _bot.Teams.AddPersonal(_bot.Maria);
        foreach (var text in new[] { "hi", "Hello!", "help", "/help", "HELP?", "", "/", "incident", "/incident help" })
        {
            await _bot.SayAsync(text, personal);
            await _bot.DeliverAsync();
            Assert.Contains("/incident start", personal.Messages[^1].Json, StringComparison.Ordinal);
        }
        var root = await _bot.SayAsync("@IncidentBot");
        await _bot.SayAsync("help escalate", personal);
        await _bot.DeliverAsync();

        Assert.Contains(_bot.Channel.Thread(root), m => m.Json.Contains("/incident start", StringComparison.Ordinal));
        Assert.Contains("Example", personal.Messages[^1].Json, StringComparison.Ordinal);
        Assert.DoesNotContain("/incident start", personal.Messages[^1].Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_word_is_refused_with_what_was_typed()
    {
        var unknown = await _bot.SayAsync("@IncidentBot reboot the *world*");
        var misspelt = await _bot.SayAsync("@IncidentBot incident strat Checkout answers 500");
        await _bot.DeliverAsync();

        Assert.Contains("A command begins with /incident or /timeline", _bot.Channel.Thread(unknown)[^1].Json, StringComparison.Ordinal);
        Assert.Contains("You typed: **reboot the", _bot.Channel.Thread(unknown)[^1].Json, StringComparison.Ordinal);
        Assert.Contains("Did you mean /incident start?", _bot.Channel.Thread(misspelt)[^1].Json, StringComparison.Ordinal);
        Assert.Contains("strat Checkout answers 500", _bot.Channel.Thread(misspelt)[^1].Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_who_are_mentioned_are_known_by_their_ids_and_names()
    {
        var joe = _bot.Teams.AddPerson("Jürgen \"Jo\" Müller-O'Neill, Dr.");
        var sam = new FakePerson("29:1sam-of-sales", "Sam", Guid.NewGuid().ToString());
        var other = new FakePerson("29:1sam-of-support", "Sam", Guid.NewGuid().ToString());
        var thread = await _bot.DeclareAsync();

        await _bot.SayAsync("@IncidentBot incident role lead<at>Jürgen &quot;Jo&quot; Müller-O'Neill, Dr.</at>", thread: thread, change: a => Add(a, joe, "<at>Jürgen &quot;Jo&quot; Müller-O'Neill, Dr.</at>"));
        await _bot.SayAsync("@IncidentBot incident escalate <at>Li Wei</at>,knows the database", thread: thread, change: Mention(_bot.Li));
        await _bot.SayAsync("@IncidentBot incident task Test migrations with <at>Sam</at> <at>Sam</at> due friday", thread: thread, change: Mention(sam, other));
        await _bot.SayAsync("@IncidentBot timeline note <at>Li Wei</at><at>Teo</at>and (<at>Sam</at>) know, ask <at>Sam</at>.", thread: thread, change: Mention(_bot.Li, _bot.Teo, sam, other));

        var snapshot = await _bot.ReadAsync();
        Assert.Equal((joe.Id, joe.Name), (snapshot.Roles.Single().Holder.Id, snapshot.Roles.Single().Holder.Name));
        Assert.Equal((_bot.Li.Id, "Li Wei", "knows the database"), (snapshot.Escalations.Single().TargetPersonId, snapshot.Escalations.Single().Target, snapshot.Escalations.Single().Reason.TrimStart(',', ' ')));
        Assert.Equal((other.Id, "Sam", "Test migrations with @Sam"), (snapshot.ActionItems.Single().OwnerId, snapshot.ActionItems.Single().Owner, snapshot.ActionItems.Single().Text));
        Assert.Equal("@Li.Wei @Teo and (@Sam) know, ask @Sam.2.", snapshot.Entries[^1].Text);
        await _bot.DeliverAsync();
        Assert.Empty(_bot.Teams.Refusals);
    }

    [Fact]
    public async Task An_answer_is_posted_once_where_it_was_asked_for_in_the_persons_own_time()
    {
        var thread = await _bot.DeclareAsync();
        var repeated = _bot.NewActivity("message", _bot.Channel, _bot.Maria, "1600000000000", "1600000000000");
        repeated["text"] = $"{At} timeline note A";
        repeated["entities"] = new JsonArray(RunningTeamsBot.MentionOf(FakeTeams.BotId, FakeTeams.BotName));
        repeated["localTimezone"] = "America/New_York";
        _bot.Channel.Messages.Add(new FakeTeamsMessage("1600000000000", "1600000000000", []));

        Assert.Equal(200, (await _bot.SendAsync(repeated, _bot.Token)).Status);
        await _bot.DeliverAsync();
        Assert.Equal(200, (await _bot.SendAsync(repeated, _bot.Token)).Status);
        await _bot.DeliverAsync();

        Assert.Equal(2, (await _bot.ReadAsync()).Entries.Count);
        var answer = Assert.Single(_bot.Channel.Thread("1600000000000").Skip(1));
        Assert.Contains("Recorded as #2 of INC-1 at 2026-03-02 04:15", answer.Json, StringComparison.Ordinal);
        Assert.Single(_bot.Channel.Thread(thread), m => m.Content["attachments"]?.ToJsonString().Contains("**Note** A", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task The_room_that_shows_what_was_recorded_gets_no_answer_besides()
    {
        var thread = await _bot.DeclareAsync();
        var before = _bot.Channel.Thread(thread).Count;

        await _bot.SayAsync("@IncidentBot timeline note A", thread: thread);
        await _bot.DeliverAsync();
        Assert.Equal(before + 2, _bot.Channel.Thread(thread).Count);

        await _bot.SayAsync("@IncidentBot timeline note", thread: thread);
        await _bot.DeliverAsync();
        Assert.Contains("Usage", _bot.Channel.Thread(thread)[^1].Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zone_that_nobody_knows_is_the_configured_one()
    {
        var personal = _bot.Teams.AddPersonal(_bot.Maria);
        foreach (var zone in new[] { "Mars/Olympus", "", "../../etc/passwd", "\0", new string('x', 10_000) })
            await _bot.SayAsync("incident start sev2 A --at 09:00", personal, change: a => a["localTimezone"] = zone);

        for (var number = 1; number <= 5; number++)
            Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), (await _bot.ReadAsync(number)).Incident.ImpactStartedAt);
    }

    private Task<string> SayMarkedAsync(string text, int mentions, string thread) => _bot.SayAsync("", thread: thread, change: a =>
    {
        a["text"] = text;
        a["entities"] = new JsonArray([.. Enumerable.Range(0, mentions).Select(_ => (JsonNode)RunningTeamsBot.MentionOf(FakeTeams.BotId, FakeTeams.BotName)), new JsonObject { ["type"] = "clientInfo", ["locale"] = "en-US" }]);
    });

    private static Action<JsonObject> Mention(params FakePerson[] people) => activity =>
    {
        foreach (var person in people)
            Add(activity, person, $"<at>{person.Name}</at>");
    };

    private static void Add(JsonObject activity, FakePerson person, string marked)
    {
        var mention = RunningTeamsBot.MentionOf(person.Id, person.Name);
        mention["text"] = marked;
        (activity["entities"] ??= new JsonArray()).AsArray().Add((JsonNode)mention);
    }
}
