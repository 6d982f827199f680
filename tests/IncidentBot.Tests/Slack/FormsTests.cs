using System.Text.Json.Nodes;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Slack;

/// <summary>Modals, buttons, the home tab.</summary>
public sealed class FormsTests : IAsyncLifetime
{
    private RunningSlackBot _bot = null!;

    public async Task InitializeAsync() => _bot = await RunningSlackBot.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task Start_without_a_title_opens_a_form_that_shows_faults_at_its_fields_and_counts_once()
    {
        var answer = await _bot.TypeAsync("/incident start sev1");
        Assert.Equal("Fill in the form to declare an incident.", answer.Text);
        var modal = Assert.Single(_bot.Workspace.Modals);
        Assert.Equal("Declare an incident", modal.Definition["title"]!["text"]!.ToString());

        var refused = await _bot.SubmitAsync(modal, new() { ["title"] = "Checkout answers 500", ["at"] = "sometime" });
        Assert.Equal("errors", refused.Json!["response_action"]!.ToString());
        Assert.Equal(["at"], refused.Json!["errors"]!.AsObject().Select(e => e.Key));

        var values = new Dictionary<string, string> { ["title"] = "Checkout answers 500", ["services"] = "checkout, basket", ["at"] = "5m ago" };
        var accepted = await _bot.SubmitAsync(modal, values);
        var again = await _bot.SubmitAsync(modal, values);

        Assert.Equal((200, ""), (accepted.Status, accepted.Body));
        Assert.Equal((200, ""), (again.Status, again.Body));
        Assert.Contains("INC-1", (await _bot.TypeAsync("/incident list all")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("INC-2", (await _bot.TypeAsync("/incident list all")).Body, StringComparison.Ordinal);
        Assert.Equal(["checkout", "basket"], (await _bot.ReadAsync()).Incident.Services);
        await RunningSlackBot.UntilAsync(() => _bot.General.Ephemerals.Count > 0);
        Assert.StartsWith("INC-1 is declared as sev1", _bot.General.Ephemerals[0].Content["text"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_a_channel_without_the_bot_is_answered_by_direct_message()
    {
        var secret = _bot.Workspace.AddChannel("secret", isPrivate: true, hasBot: false);
        await _bot.TypeAsync("/incident start", secret);

        await _bot.SubmitAsync(_bot.Workspace.Modals.Single(), new() { ["title"] = "Checkout answers 500" });

        await RunningSlackBot.UntilAsync(() => _bot.Workspace.Channels.GetValueOrDefault("D" + RunningSlackBot.Maria)?.Messages.Count == 1);
        Assert.StartsWith("INC-1 is declared", _bot.Workspace.Channels["D" + RunningSlackBot.Maria].Messages[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expired_trigger_id")]
    [InlineData("internal_error")]
    public async Task A_form_that_does_not_open_is_replaced_by_the_commands(string code)
    {
        _bot.Slack.FailNext("views.open", SlackFault.Refused(code));

        var answer = await _bot.TypeAsync("/incident start");

        Assert.Contains("Slack did not open the form in time.", answer.Body, StringComparison.Ordinal);
        Assert.Contains("/incident start sev2 Checkout answers 500", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_Slack_refuses_is_not_said_to_be_late()
    {
        _bot.Slack.FailNext("views.open", SlackFault.Refused("invalid_auth"));

        var answer = await _bot.TypeAsync("/incident start");

        Assert.Contains("The form cannot be opened. Slack refused views.open: Slack:BotToken is not valid (invalid_auth).", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("in time", answer.Body, StringComparison.Ordinal);
        Assert.Contains("/incident start sev2 Checkout answers 500", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolving_opens_a_form_for_what_is_missing_and_its_button_opens_it_again()
    {
        var room = await _bot.DeclareAsync();
        await _bot.TypeAsync("/incident resolve rolled back", room);
        await _bot.DeliverAsync();
        var first = Assert.Single(_bot.Workspace.Modals);

        var refused = await _bot.SubmitAsync(first, new() { ["users"] = "300%", ["cause"] = "A column was dropped." });
        Assert.Equal(["users"], refused.Json!["errors"]!.AsObject().Select(e => e.Key));
        Assert.Null((await _bot.ReadAsync()).Incident.RootCause);
        var accepted = await _bot.SubmitAsync(first, new() { ["users"] = "30%", ["cause"] = "A column was dropped.", ["escalations"] = "-", ["tasks"] = "Test migrations @teo due friday" });
        Assert.Equal((200, ""), (accepted.Status, accepted.Body));
        Assert.Equal("A column was dropped.", (await _bot.ReadAsync()).Incident.RootCause);
        Assert.Equal("teo", (await _bot.ReadAsync()).ActionItems.Single().Owner, ignoreCase: true);

        await _bot.DeliverAsync();
        var draft = room.Messages.Single(m => m.Json.Contains("Answer what is missing", StringComparison.Ordinal));
        var button = draft.Content["blocks"]!.AsArray().Last(b => b!["type"]!.ToString() == "actions")!["elements"]![0]!["value"]!.ToString();
        await _bot.PressAsync(button, room, RunningSlackBot.Li);
        var second = _bot.Workspace.Modals[^1];
        Assert.NotSame(first, second);
        Assert.DoesNotContain(second.Definition["blocks"]!.AsArray(), b => b!["block_id"]?.ToString() == "cause");
    }

    [Fact]
    public async Task A_button_is_the_same_as_its_command_and_counts_once()
    {
        var room = await _bot.DeclareAsync();
        await _bot.TypeAsync($"/incident escalate <@{RunningSlackBot.Li}> knows the database", room);
        await _bot.DeliverAsync();
        var request = room.Messages.Single(m => m.Json.Contains("Acknowledge", StringComparison.Ordinal));
        Assert.Contains($"<@{RunningSlackBot.Li}>, Maria asks for your help", request.Text, StringComparison.Ordinal);
        var button = request.Content["blocks"]!.AsArray().Single(b => b!["type"]!.ToString() == "actions")!["elements"]![0]!;

        var responseUrl = _bot.Slack.NewResponseUrl();
        var trigger = _bot.Workspace.GiveTrigger();
        var pressed = await _bot.PressAsync(button["value"]!.ToString(), room, RunningSlackBot.Li, trigger, responseUrl);
        await _bot.PressAsync(button["value"]!.ToString(), room, RunningSlackBot.Li, trigger, responseUrl);

        Assert.Equal((200, ""), (pressed.Status, pressed.Body));
        await RunningSlackBot.UntilAsync(() => _bot.Slack.ResponsesTo(responseUrl).Count == 2);
        Assert.All(_bot.Slack.ResponsesTo(responseUrl), r => Assert.False(r["replace_original"]!.GetValue<bool>()));
        Assert.Equal("Li Wei", (await _bot.ReadAsync()).Entries[^1].Author.Name);
        Assert.Equal(3, (await _bot.ReadAsync()).Entries.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(429)]
    public async Task An_answer_whose_response_url_is_refused_is_shown_in_the_channel_and_nobody_elses_waits(int status)
    {
        var room = await _bot.DeclareAsync();
        _bot.Slack.FailNext("response_url", status == 429 ? SlackFault.TooManyRequests(null) : SlackFault.HttpStatus(status));

        await _bot.PressAsync("""{"command":"/incident list"}""", room);
        await RunningSlackBot.UntilAsync(() => room.Ephemerals.Count == 1);
        Assert.Contains("INC-1", room.Ephemerals[0].Content["text"]!.ToString(), StringComparison.Ordinal);

        var url = _bot.Slack.NewResponseUrl();
        await _bot.PressAsync("""{"command":"/incident list"}""", room, RunningSlackBot.Li, responseUrl: url);
        await RunningSlackBot.UntilAsync(() => _bot.Slack.ResponsesTo(url).Count == 1);
    }

    [Fact]
    public async Task The_home_tab_shows_open_incidents_escalations_and_tasks_of_whoever_looks()
    {
        var room = await _bot.DeclareAsync();
        await _bot.TypeAsync($"/incident escalate <@{RunningSlackBot.Li}|li> knows the database", room);
        await _bot.TypeAsync($"/incident task Test migrations <@{RunningSlackBot.Li}|li> due friday", room);

        await OpenHomeAsync(RunningSlackBot.Li);
        var home = _bot.Workspace.Homes[RunningSlackBot.Li];
        Assert.Contains("INC-1", home.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("asks for your help", home.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("Test migrations", home.ToJsonString(), StringComparison.Ordinal);
        await OpenHomeAsync(RunningSlackBot.Teo);
        Assert.DoesNotContain("asks for your help", _bot.Workspace.Homes[RunningSlackBot.Teo].ToJsonString(), StringComparison.Ordinal);

        var acknowledge = home["blocks"]!.AsArray().SelectMany(b => b!["elements"]?.AsArray() ?? []).First(e => e!["text"]?["text"]?.ToString() == "Acknowledge");
        await _bot.PressAsync(acknowledge!["value"]!.ToString(), null, RunningSlackBot.Li);
        await RunningSlackBot.UntilAsync(() => !_bot.Workspace.Homes[RunningSlackBot.Li].ToJsonString().Contains("asks for your help", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_home_tab_with_more_than_Slack_shows_says_where_the_rest_is_and_keeps_every_button()
    {
        var text = string.Concat(Enumerable.Repeat("&amp;&lt;x&gt; ", 200));
        for (var i = 1; i <= 17; i++)
        {
            await _bot.TypeAsync($"/incident start sev2 {text}");
            await _bot.TypeAsync($"/incident INC-{i} escalate <@{RunningSlackBot.Li}|li> {text}");
            await _bot.TypeAsync($"/incident INC-{i} task {text} <@{RunningSlackBot.Li}|li>");
        }

        await OpenHomeAsync(RunningSlackBot.Li);

        var home = _bot.Workspace.Homes[RunningSlackBot.Li].ToJsonString(SlackWorkspace.Readable);
        Assert.Empty(_bot.Slack.Refusals);
        Assert.Contains("and 2 more: /incident list open", home, StringComparison.Ordinal);
        Assert.Contains("and 2 more: /incident show INC-16", home, StringComparison.Ordinal);
        Assert.Contains("and 2 more: /incident INC-16 task list", home, StringComparison.Ordinal);
        Assert.Equal(15, home.Split("\"Acknowledge\"").Length - 1);
        Assert.Equal(15, home.Split("\"Done\"").Length - 1);
    }

    [Fact]
    public async Task An_escalation_to_a_user_group_is_on_the_home_tabs_of_its_members()
    {
        _bot.Workspace.Groups.Add(new SlackGroup("S1", "db-team", [RunningSlackBot.Li]));
        _bot.Workspace.Groups.Add(new SlackGroup("S2", "web-team", [RunningSlackBot.Teo]));
        var room = await _bot.DeclareAsync();
        await _bot.TypeAsync("/incident escalate <!subteam^S1|db-team> knows the database", room);

        await OpenHomeAsync(RunningSlackBot.Li);
        await OpenHomeAsync(RunningSlackBot.Teo);

        Assert.Contains("asks for your help", _bot.Workspace.Homes[RunningSlackBot.Li].ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("asks for your help", _bot.Workspace.Homes[RunningSlackBot.Teo].ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_home_tab_is_shown_though_Slack_does_not_list_the_user_groups()
    {
        _bot.Slack.FailAlways("usergroups.list", SlackFault.Refused("missing_scope"));

        await OpenHomeAsync(RunningSlackBot.Li);

        Assert.Contains("Waiting for your answer", _bot.Workspace.Homes[RunningSlackBot.Li].ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_from_the_resolution_form_is_on_the_home_tab_of_the_owner_who_was_typed()
    {
        _bot.Workspace.AddMember(new SlackMember("U40", "teo", "Teo of sales"));
        _bot.Workspace.AddMember(new SlackMember("U41", "sam", "Sam"));
        _bot.Workspace.AddMember(new SlackMember("U42", "sammy", "Sam"));
        var room = await _bot.DeclareAsync();
        // The bot knows whom it has met.
        foreach (var user in new[] { RunningSlackBot.Li, "U41", "U42" })
            await _bot.TypeAsync("/timeline note looking", room, user);
        await _bot.TypeAsync("/incident resolve rolled back", room);

        await _bot.SubmitAsync(_bot.Workspace.Modals.Single(), new() { ["tasks"] = "Test migrations @li due friday\nAsk @li about it @Sam.\nTell the others @teo" });

        var tasks = (await _bot.ReadAsync()).ActionItems;
        Assert.Equal([("Li Wei", RunningSlackBot.Li), ("Sam", null), ("teo", null)], tasks.Select(t => (t.Owner, t.OwnerId)));
        await OpenHomeAsync(RunningSlackBot.Li);
        Assert.Contains("Test migrations", _bot.Workspace.Homes[RunningSlackBot.Li].ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_declared_from_the_home_tab_answers_by_direct_message()
    {
        await OpenHomeAsync(RunningSlackBot.Maria);
        var declare = _bot.Workspace.Homes[RunningSlackBot.Maria]["blocks"]!.AsArray().SelectMany(b => b!["elements"]?.AsArray() ?? []).First(e => e!["type"]?.ToString() == "button");

        await _bot.PressAsync(declare!["value"]!.ToString(), null);
        await _bot.SubmitAsync(_bot.Workspace.Modals.Single(), new() { ["title"] = "Checkout answers 500" });
        await _bot.DeliverAsync();

        await RunningSlackBot.UntilAsync(() => _bot.Workspace.Channels.GetValueOrDefault("D" + RunningSlackBot.Maria)?.Messages.Count > 1);
        Assert.NotEmpty(_bot.Workspace.Channel("inc-1-checkout-answers-500").Messages);
        await RunningSlackBot.UntilAsync(() => _bot.Workspace.Homes[RunningSlackBot.Maria].ToJsonString().Contains("INC-1", StringComparison.Ordinal));
    }

    private async Task OpenHomeAsync(string user)
    {
        await _bot.SendEventAsync(new JsonObject { ["type"] = "app_home_opened", ["user"] = user, ["tab"] = "home", ["channel"] = "D1" });
        await RunningSlackBot.UntilAsync(() => _bot.Workspace.Homes.ContainsKey(user));
    }
}
