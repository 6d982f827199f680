using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Tests.Fakes;
using IncidentBot.Tests.Fakes.Teams;
using IncidentBot.Tests.Slack;

namespace IncidentBot.Tests.Teams;

/// <summary>A company that chats in Slack and in Teams: one bot, one timeline.</summary>
public sealed class TwoPlatformsTests : IAsyncLifetime
{
    private const string Status = "19:status@thread.tacv2";

    private FakeSlack _slack = null!;
    private FakeChannel _general = null!;
    private FakeChannel _slackStatus = null!;
    private FakeConversation _teamsStatus = null!;
    private RunningTeamsBot _bot = null!;

    public async Task InitializeAsync()
    {
        var clock = new SteppedTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 14, 0, TimeSpan.Zero));
        _slack = await FakeSlack.StartAsync(clock);
        _slack.Workspace.AddMember(new SlackMember(SlackWorkspace.BotUserId, "incidentbot", "IncidentBot"));
        _slack.Workspace.AddMember(new SlackMember(RunningSlackBot.Maria, "sven", "Sven"));
        _slack.Workspace.AddMember(new SlackMember(RunningSlackBot.Teo, "ute", "Ute"));
        _general = _slack.Workspace.AddChannel("general");
        _slackStatus = _slack.Workspace.AddChannel("status", id: "CSTATUS");
        _bot = await RunningTeamsBot.StartWholeAsync(
            clock,
            ("Slack:BotToken", FakeSlack.BotToken), ("Slack:SigningSecret", FakeSlack.SigningSecret), ("Slack:ApiBaseUrl", _slack.ApiBaseUrl), ("Slack:AnnouncementChannel", "CSTATUS"),
            ("Teams:AnnouncementConversation", Status));
        _bot.Slack = _slack;
        _teamsStatus = _bot.Teams.AddChannel("status");
        await _bot.SayAsync("hello", _bot.Teams.AddPersonal(_bot.Maria));
        await _bot.DeliverAsync();
    }

    public async Task DisposeAsync()
    {
        await _slack.DisposeAsync();
        await _bot.DisposeAsync();
    }

    [Fact]
    public async Task An_incident_of_Slack_is_followed_and_worked_on_from_Teams()
    {
        await TypeInSlackAsync("/incident start sev2 Checkout answers 500", _general);
        await _bot.DeliverAsync();
        var room = _slack.Workspace.Channels.Values.Single(c => c.Creator == SlackWorkspace.BotUserId);
        Assert.Contains("INC-1 sev2", Assert.Single(_teamsStatus.Messages).Text, StringComparison.Ordinal);
        Assert.Contains("declared by Sven · #inc-1", _teamsStatus.Messages[0].Text, StringComparison.Ordinal);

        var asked = await _bot.SayAsync("@IncidentBot timeline INC-1 misleading restarted the gateway", by: _bot.Li);
        await SayWithAsync("@IncidentBot incident INC-1 escalate PERSON the database is slow", _bot.Teo);
        await TypeInSlackAsync("/incident update We roll back", room);
        await _bot.DeliverAsync();

        Assert.StartsWith("Recorded as #2 of INC-1", _bot.Channel.Thread(asked)[^1].Text, StringComparison.Ordinal);
        Assert.Contains(room.Messages, m => m.Text.Contains("restarted the gateway", StringComparison.Ordinal) && m.Json.Contains("Li Wei", StringComparison.Ordinal));
        Assert.Contains(room.Messages, m => m.Text.Contains("@Teo, Maria Garcia asks for your help with INC-1", StringComparison.Ordinal));
        Assert.Contains("Status update on INC-1 (sev2, investigating)", _teamsStatus.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Contains(_slackStatus.Messages, m => m.Text.Contains("Status update on INC-1", StringComparison.Ordinal));
        var own = _bot.Teams.Conversations.Values.Single(c => c is { Type: "personal", Name: "Teo" });
        Assert.StartsWith("Recorded as #5", await _bot.PressAsync("Acknowledge", own, _bot.Teo), StringComparison.Ordinal);

        await TypeInSlackAsync("/incident resolve rolled back", room);
        await _bot.DeliverAsync();
        Assert.Contains(_teamsStatus.Messages, m => m.Text.Contains("resolved", StringComparison.Ordinal));
        Assert.Contains(_slackStatus.Messages, m => m.Text.Contains("resolved", StringComparison.Ordinal));
        var snapshot = await _bot.ReadAsync();
        Assert.Equal(["Sven", "Li Wei", "Maria Garcia", "Sven", "Teo", "Sven"], snapshot.Entries.Select(e => e.Author.Name));
        Assert.Equal(EscalationState.Acknowledged, snapshot.Escalations.Single().State);
        Assert.Empty(_bot.Teams.Refusals);
        Assert.Empty(_slack.Refusals);
    }

    [Fact]
    public async Task An_incident_of_Teams_is_followed_and_worked_on_from_Slack()
    {
        await _bot.SayAsync("@IncidentBot incident start sev2 Checkout answers 500");
        await _bot.DeliverAsync();
        var thread = FakeConversation.ThreadOf((await _bot.ReadAsync()).Incident.Room!.Id)!;
        Assert.Contains("INC-1 sev2", Assert.Single(_slackStatus.Messages).Text, StringComparison.Ordinal);

        await TypeInSlackAsync("/timeline INC-1 misleading restarted the gateway", _general);
        await TypeInSlackAsync($"/incident INC-1 escalate <@{RunningSlackBot.Teo}|ute> the database is slow", _general);
        await _bot.SayAsync("@IncidentBot incident update We roll back", _teamsStatus, thread: thread);
        await _bot.DeliverAsync();

        var texts = RunningTeamsBot.TextsIn(_teamsStatus, thread);
        Assert.Contains(texts, t => t.Contains("restarted the gateway", StringComparison.Ordinal) && t.Contains("by Sven", StringComparison.Ordinal));
        Assert.Contains(texts, t => t.Contains("@Ute, Sven asks for your help with INC-1", StringComparison.Ordinal));
        Assert.Contains(_slackStatus.Messages, m => m.Text.Contains("Status update on INC-1", StringComparison.Ordinal));
        var direct = _slack.Workspace.Channels["D" + RunningSlackBot.Teo];
        Assert.Contains("INC-1 sev", Assert.Single(direct.Messages).Text, StringComparison.Ordinal);
        await TypeInSlackAsync("/incident INC-1 ack 1", direct, RunningSlackBot.Teo);

        await _bot.SayAsync("@IncidentBot incident resolve rolled back", _teamsStatus, thread: thread);
        await _bot.DeliverAsync();
        Assert.Contains(_slackStatus.Messages, m => m.Text.Contains("resolved", StringComparison.Ordinal));
        var snapshot = await _bot.ReadAsync();
        Assert.Equal(["Maria Garcia", "Sven", "Sven", "Maria Garcia", "Ute", "Maria Garcia"], snapshot.Entries.Select(e => e.Author.Name));
        Assert.Equal("Ute", snapshot.Escalations.Single().AnsweredBy!.Name);
        Assert.Contains(RunningTeamsBot.TextsIn(_teamsStatus, thread), t => t.StartsWith("postmortem-1.md", StringComparison.Ordinal) && t.Contains("Ute", StringComparison.Ordinal));
        Assert.Empty(_bot.Teams.Refusals);
        Assert.Empty(_slack.Refusals);
    }

    [Fact]
    public async Task A_platform_that_is_out_of_order_holds_up_nothing_on_the_other()
    {
        _teamsStatus.Refusal = "BotNotInConversationRoster";
        await TypeInSlackAsync("/incident start sev2 Checkout answers 500", _general);
        await _bot.DeliverAsync();

        var room = _slack.Workspace.Channels.Values.Single(c => c.Creator == SlackWorkspace.BotUserId);
        Assert.Contains(room.Messages, m => m.Text.Contains("An announcement was not posted. The bot is not in that conversation in Teams.", StringComparison.Ordinal));
        Assert.Single(_slackStatus.Messages);
    }

    [Fact]
    public async Task A_policy_asks_somebody_of_Slack_and_then_somebody_of_Teams_and_both_see_who_answers()
    {
        const string uma = "U012UMA";
        _slack.Workspace.AddMember(new SlackMember(uma, "uma", "Uma"));
        await _bot.RestartAsync(
            ("Escalation:Policies:night:Levels:0:Targets", "slack:" + uma), ("Escalation:Policies:night:Levels:1:Targets", "teams:" + _bot.Teo.AadObjectId),
            ("Reminders:DetectionAfter", "0"));
        await Slack.AskedAndRemindedTests.LearnedAsync(_bot.Services, "Uma", "Teo");
        await TypeInSlackAsync("/incident start sev2 Checkout answers 500", _general);
        await _bot.DeliverAsync();
        var room = _slack.Workspace.Channels.Values.Single(c => c.Creator == SlackWorkspace.BotUserId);
        await TypeInSlackAsync("/incident escalate night the database is slow", room);
        await _bot.DeliverAsync();
        var direct = _slack.Workspace.Channels["D" + uma];
        Assert.StartsWith("Sven asks for your help: the database is slow", Assert.Single(direct.Messages).Text, StringComparison.Ordinal);

        await _bot.PassAsync(TimeSpan.FromMinutes(6));
        var own = _bot.Teams.AddPersonal(_bot.Teo);
        Assert.Contains("Sven asks for your help: the database is slow", Assert.Single(own.Messages).Text, StringComparison.Ordinal);
        var asked = room.Messages.Single(m => m.Json.Contains("\"Acknowledge\"", StringComparison.Ordinal));
        Assert.StartsWith("@Teo, Sven asks for your help with INC-1", asked.Text, StringComparison.Ordinal);
        await _bot.PressAsync("Acknowledge", own, _bot.Teo);
        await _bot.DeliverAsync();

        Assert.All([asked, direct.Messages.Single()], m => Assert.StartsWith("*Acknowledged by Teo after 7 min.*", m.Text, StringComparison.Ordinal));
        Assert.All([asked, direct.Messages.Single()], m => Assert.Empty(m.Buttons()));
        Assert.Contains("**Acknowledged by Teo after 7 min.**", own.Messages.Single().Text, StringComparison.Ordinal);
        Assert.Empty(own.Messages.Single().Buttons());
        Assert.Empty(_bot.Teams.Refusals);
        Assert.Empty(_slack.Refusals);
    }

    [Fact]
    public async Task A_task_of_Slack_that_is_given_to_somebody_in_Teams_reminds_them_there()
    {
        await TypeInSlackAsync("/incident start sev2 Checkout answers 500", _general);
        await TypeInSlackAsync("/incident INC-1 task Test migrations due 2026-03-05", _general);
        await SayWithAsync("@IncidentBot incident INC-1 task owner 1 PERSON", _bot.Teo);

        await _bot.PassAsync(TimeSpan.FromDays(1));

        var own = _bot.Teams.AddPersonal(_bot.Teo);
        Assert.Contains("**Task 1 of INC-1 is due in 2 days, on 2026-03-05:** Test migrations", Assert.Single(own.Messages).Text, StringComparison.Ordinal);
        Assert.StartsWith("Task 1 of INC-1 has no owner any more", await _bot.PressAsync("Not mine", own, _bot.Teo), StringComparison.Ordinal);
        Assert.Empty(_bot.Teams.Refusals);
        Assert.Empty(_slack.Refusals);
    }

    private async Task TypeInSlackAsync(string command, FakeChannel channel, string user = RunningSlackBot.Maria)
    {
        _bot.Clock.Advance(TimeSpan.FromMinutes(1));
        var form = new Dictionary<string, string>
        {
            ["team_id"] = "T1", ["channel_id"] = channel.Id, ["channel_name"] = channel.Name, ["user_id"] = user, ["user_name"] = "x", ["command"] = command.Split(' ')[0], ["text"] = command.Split(' ', 2)[1],
            ["api_app_id"] = "A1", ["response_url"] = _slack.NewResponseUrl(), ["trigger_id"] = _slack.Workspace.GiveTrigger(),
        };
        var body = string.Join('&', form.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"));
        var timestamp = _bot.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack/commands") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", RunningSlackBot.Sign(timestamp, body));
        using var response = await _bot.Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode);
    }

    private Task<string> SayWithAsync(string text, FakePerson person) => _bot.SayAsync(text, change: activity =>
    {
        activity["text"] = activity["text"]!.ToString().Replace("PERSON", $"<at>{person.Name}</at>", StringComparison.Ordinal);
        activity["entities"]!.AsArray().Add((JsonNode)RunningTeamsBot.MentionOf(person.Id, person.Name));
    });
}
