using System.Text.Json.Nodes;
using IncidentBot.Tests.Fakes;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Tests.Slack;

public sealed class RequestsTests : IAsyncLifetime
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Json = "application/json";

    private RunningSlackBot _bot = null!;

    public async Task InitializeAsync() => _bot = await RunningSlackBot.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Theory]
    [InlineData("/slack/events")]
    [InlineData("/slack/commands")]
    [InlineData("/slack/interactivity")]
    public async Task Any_kind_of_request_is_taken_on_any_route(string route)
    {
        var challenge = await _bot.SendJsonAsync(route, new JsonObject { ["type"] = "url_verification", ["challenge"] = "abc" });
        var command = await _bot.SendAsync(route, "command=%2Fincident&text=list&user_id=U1&channel_id=C1", Form + "; charset=utf-8");
        var e = await _bot.SendAsync(route, """{"type":"event_callback","event_id":"Ev1","event":{"type":"team_join"}}""", Json + "; charset=utf-8");
        var interaction = await _bot.SendFormAsync(route, new() { ["payload"] = """{"type":"view_closed","user":{"id":"U1"}}""" });

        Assert.Equal("abc", challenge.Json!["challenge"]!.ToString());
        Assert.Contains("There are no open incidents", command.Text, StringComparison.Ordinal);
        Assert.Equal((200, ""), (e.Status, e.Body));
        Assert.Equal((200, ""), (interaction.Status, interaction.Body));
    }

    [Fact]
    public async Task An_unsigned_ssl_check_is_answered_and_does_nothing_whatever_it_carries()
    {
        var plain = await _bot.SendAsync("/slack/commands", "ssl_check=1&token=x", Form, signature: "");
        var smuggled = await _bot.SendAsync("/slack/commands", "ssl_check=1&command=%2Fincident&text=start+sev1+Smuggled&user_id=U1&channel_id=C1", Form, signature: "v0=0");

        Assert.Equal((200, ""), (plain.Status, plain.Body));
        Assert.Equal((200, ""), (smuggled.Status, smuggled.Body));
        Assert.Contains("There are no incidents", (await _bot.TypeAsync("/incident list all")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_takes_nothing_is_told_without_its_path_and_with_what_was_typed_as_text()
    {
        var room = await _bot.DeclareAsync();
        await _bot.TypeAsync("/incident resolve", room);
        var modal = _bot.Workspace.Modals.Single();
        var much = new string('x', 400_000);

        await FillDiskAsync();
        var command = await _bot.TypeAsync($"/timeline note asked <@{RunningSlackBot.Li}|li> &lt;!channel&gt; <!here> *now* ```{much}", room);
        await FillDiskAsync();
        var form = await _bot.SubmitAsync(modal, new() { ["cause"] = much });

        Assert.StartsWith(
            "Nothing was recorded: The disk that holds the database is full. Free some space and try again.\nYou typed: `/timeline note asked @li &lt;!channel&gt; @here *now* '''xxx",
            command.Text,
            StringComparison.Ordinal);
        Assert.Equal(
            "Nothing was saved yet. The disk that holds the database is full. Free some space and try again.",
            Assert.Single(form.Json!["errors"]!.AsObject()).Value!.ToString());
        Assert.DoesNotContain(_bot.Store.DataDirectory, command.Body + form.Body, StringComparison.Ordinal);
        Assert.Empty(SlackLimits.OfBlocks(command.Json!["blocks"], 50));

        // The same error as of a full disk.
        Task<int> FillDiskAsync() => _bot.Store.WriteAsync(db => db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1"), CancellationToken.None);
    }

    [Fact]
    public async Task What_Slack_did_not_sign_now_is_refused()
    {
        const string body = "command=%2Fincident&text=list&user_id=U1&channel_id=C1";
        Assert.Equal(401, (await _bot.SendAsync("/slack/commands", body, Form, signature: "v0=" + new string('0', 64))).Status);
        Assert.Equal(401, (await _bot.SendAsync("/slack/commands", body, Form, signature: "")).Status);
        Assert.Equal(401, (await _bot.SendAsync("/slack/commands", body, Form, at: _bot.Clock.GetUtcNow().AddSeconds(-301))).Status);
        Assert.Equal(401, (await _bot.SendAsync("/slack/commands", body, Form, at: _bot.Clock.GetUtcNow().AddSeconds(301))).Status);
        Assert.Equal(200, (await _bot.SendAsync("/slack/commands", body, Form, at: _bot.Clock.GetUtcNow().AddSeconds(-299))).Status);
    }

    [Theory]
    [InlineData("", Json)]
    [InlineData("", Form)]
    [InlineData("{", Json)]
    [InlineData("[]", Json)]
    [InlineData("{}", Json)]
    [InlineData("null", Json)]
    [InlineData("""{"type":7}""", Json)]
    [InlineData("""{"type":"url_verification"}""", Json)]
    [InlineData("""{"type":"url_verification","challenge":7}""", Json)]
    [InlineData("""{"type":"event_callback"}""", Json)]
    [InlineData("""{"type":"event_callback","event_id":"Ev1","event":[]}""", Json)]
    [InlineData("""{"type":"event_callback","event_id":7,"event":{}}""", Json)]
    [InlineData("""{"type":"event_callback","event_id":"Ev1","event":{"type":"\ud800"}}""", Json)]
    [InlineData("payload=", Form)]
    [InlineData("payload=%7B", Form)]
    [InlineData("payload=%7B%22type%22%3A%22block_actions%22%7D", Form)]
    [InlineData("payload=%7B%22type%22%3A%22view_submission%22%2C%22user%22%3A%7B%22id%22%3A%22U1%22%7D%7D", Form)]
    [InlineData("command=%2Fincident", Form)]
    [InlineData("a=b", Form)]
    [InlineData("%FF%FE", Form)]
    public async Task What_is_malformed_is_a_bad_request(string body, string contentType) =>
        Assert.Equal(400, (await _bot.SendAsync("/slack/events", body, contentType)).Status);

    [Theory]
    [InlineData("""{"type":"message","subtype":"message_changed"}""")]
    [InlineData("""{"type":"message","subtype":"message_changed","channel":"C1","message":null}""")]
    [InlineData("""{"type":"message","subtype":"message_changed","channel":"C1","message":{"ts":"1.2","text":"a","files":[null],"attachments":[null]}}""")]
    [InlineData("""{"type":"message","subtype":"message_changed","channel":"C1","message":{"text":"a"}}""")]
    [InlineData("""{"type":"message","subtype":"message_deleted","channel":"C1","deleted_ts":"x"}""")]
    [InlineData("""{"type":"message","subtype":["a"]}""")]
    [InlineData("""{"type":"message","text":"hello","user":"U1","channel":"C1","ts":"1.2"}""")]
    [InlineData("""{"type":"reaction_added"}""")]
    [InlineData("""{"type":"reaction_added","user":"U1","reaction":"pushpin","item":{"type":"file","file":"F1"}}""")]
    [InlineData("""{"type":"reaction_added","user":"U1","reaction":"pushpin","item":{"type":"message","channel":"CNONE","ts":"1.2"}}""")]
    [InlineData("""{"type":"reaction_added","user":"U1","reaction":7,"item":{}}""")]
    [InlineData("""{"type":"reaction_removed","user":"U1","reaction":"pushpin","item":{"type":"message","channel":"CNONE","ts":"1.2"}}""")]
    [InlineData("""{"type":"app_home_opened","user":"UNONE","tab":"home"}""")]
    [InlineData("""{"type":"app_home_opened"}""")]
    [InlineData("""{"type":"something_new","n":[1,2]}""")]
    [InlineData("{}")]
    public async Task Events_that_are_unknown_or_odd_are_acknowledged(string inner)
    {
        var answer = await _bot.SendAsync("/slack/events", $$"""{"type":"event_callback","event_id":"{{_bot.Workspace.NextId("Ev")}}","event":{{inner}}}""", Json);

        Assert.Equal((200, ""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Events_that_Slack_withholds_are_in_the_log()
    {
        var answer = await _bot.SendJsonAsync("/slack/events", new JsonObject { ["type"] = "app_rate_limited", ["team_id"] = "T1", ["minute_rate_limited"] = 1518467820 });

        Assert.Equal(200, answer.Status);
        Assert.Contains(_bot.Logged.Lines, l => l.Contains("Slack withholds events", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"type":"shortcut","callback_id":"x","user":{"id":"U1"},"trigger_id":"1"}""")]
    [InlineData("""{"type":"block_suggestion","user":{"id":"U1"}}""")]
    [InlineData("""{"type":"block_actions","user":{"id":"U1"},"trigger_id":"1"}""")]
    [InlineData("""{"type":"block_actions","user":{"id":"U1"},"trigger_id":"1","actions":[null]}""")]
    [InlineData("""{"type":"block_actions","user":{"id":"U1"},"trigger_id":"1","actions":[{"value":"not ours"}]}""")]
    [InlineData("""{"type":"block_actions","user":{"id":"U1"},"trigger_id":"1","actions":[{"value":"null"}]}""")]
    [InlineData("""{"type":"block_actions","user":{"id":"U1"},"trigger_id":"1","actions":[{"value":"{}"}]}""")]
    [InlineData("""{"type":"block_actions","user":{"id":"U1"},"trigger_id":"1","actions":[{"value":"{\"form\":{}}"}]}""")]
    [InlineData("""{"type":"view_submission","user":{"id":"U1"},"view":{"id":"V1"}}""")]
    [InlineData("""{"type":"view_submission","user":{"id":"U1"},"view":{"id":"V1","private_metadata":"{}","state":{"values":{"a":null}}}}""")]
    [InlineData("""{"type":"view_submission","user":{"id":"U1"},"view":{"id":"V1","private_metadata":"{\"reference\":{\"form_id\":\"x\"}}","state":{"values":{"a":null,"b":{"c":null}}}}}""")]
    [InlineData("""{"type":"message_action","callback_id":"another","user":{"id":"U1"},"trigger_id":"1","channel":{"id":"C1"},"message":{"ts":"1.2"}}""")]
    [InlineData("""{"type":"message_action","callback_id":"add_to_timeline","user":{"id":"U1"},"trigger_id":"1","channel":{"id":"C1"},"message":{"ts":"x","files":[null]}}""")]
    public async Task Interactions_that_are_unknown_or_odd_are_acknowledged(string payload)
    {
        var answer = await _bot.SendFormAsync("/slack/interactivity", new() { ["payload"] = payload });

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task A_body_beyond_all_measure_is_refused() =>
        Assert.Equal(413, (await _bot.SendAsync("/slack/events", new string('x', 2_000_000), Json)).Status);

    [Fact]
    public async Task A_repeated_command_and_a_repeated_event_count_once()
    {
        var room = await _bot.DeclareAsync();
        var trigger = _bot.Workspace.GiveTrigger();
        var first = await _bot.TypeAsync("/timeline note looked at the logs", room, trigger: trigger);
        var again = await _bot.TypeAsync("/timeline note looked at the logs", room, trigger: trigger);
        var said = _bot.Workspace.Say(room, RunningSlackBot.Li, "The disk is full");
        await _bot.ReactAsync(room, said, eventId: "Ev7");
        await _bot.ReactAsync(room, said, eventId: "Ev7");

        Assert.Equal(first.Body, again.Body);
        Assert.Equal(["looked at the logs", "The disk is full"], (await _bot.ReadAsync()).Entries.Skip(1).Select(e => e.Text));
    }

    [Fact]
    public async Task An_event_that_could_not_be_followed_up_is_asked_for_again()
    {
        var room = await _bot.DeclareAsync();
        var said = _bot.Workspace.Say(room, RunningSlackBot.Li, "The disk is full");
        _bot.Slack.FailNext("conversations.history", SlackFault.HttpStatus(503));

        var failed = await _bot.ReactAsync(room, said, eventId: "Ev8");
        var retried = await _bot.ReactAsync(room, said, eventId: "Ev8");

        Assert.InRange(failed.Status, 400, 499);
        Assert.Equal(200, retried.Status);
        Assert.Equal("The disk is full", (await _bot.ReadAsync()).Entries[^1].Text);
    }
}
