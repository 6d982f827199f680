using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentBot.Tests.Slack;

/// <summary>Who is asked for help or reminded of something: in the room, in direct messages, and what the buttons there do.</summary>
public sealed class AskedAndRemindedTests
{
    /// <summary>Those whom policies name: ids as Slack has them.</summary>
    internal const string Lee = "U012LEE";
    internal const string Zoe = "U012ZOE";
    private const string Databases = "S012DBA";

    /// <summary>A test switches on what it is about.</summary>
    private static readonly (string Key, string? Value)[] Quiet =
    [
        ("Reminders:DetectionAfter", "0"), ("Reminders:CommanderAfter", "0"), ("Reminders:ImpactAfter", "0"), ("Reminders:QuietAfter", "0"), ("Reminders:UpdateSev2", "0"),
    ];

    [Fact]
    public async Task Who_is_asked_acknowledges_in_direct_messages_and_no_button_is_left_anywhere()
    {
        await using var bot = await StartAsync();
        var room = await bot.DeclareAsync();
        await bot.TypeAsync($"/incident escalate <@{RunningSlackBot.Li}|li> knows the database", room);
        await bot.DeliverAsync();
        var asked = Assert.Single(Answerable(room));
        var direct = bot.DirectOf(RunningSlackBot.Li);
        var call = Assert.Single(direct.Messages);
        Assert.StartsWith($"<@{RunningSlackBot.Li}>, Maria asks for your help with INC-1: knows the database", asked.Text, StringComparison.Ordinal);
        Assert.StartsWith($"Maria asks for your help: knows the database\n*INC-1 sev2* Checkout answers 500 · <#{room.Id}>", call.Text, StringComparison.Ordinal);
        Assert.Contains(RunningSlackBot.Li, room.Members);

        bot.Clock.Advance(TimeSpan.FromMinutes(3));
        var said = await PressAsync(bot, call, "Acknowledge", direct, RunningSlackBot.Li);
        await bot.DeliverAsync();

        Assert.StartsWith("Recorded as #3 of INC-1", said, StringComparison.Ordinal);
        Assert.All([asked, call], m => Assert.Empty(m.Buttons()));
        Assert.StartsWith("*Acknowledged by Li Wei after 3 min.* Maria asked for help with INC-1: knows the database", asked.Text, StringComparison.Ordinal);
        Assert.StartsWith($"*Acknowledged by Li Wei after 3 min.* Maria asked for help: knows the database\n*INC-1 sev2* Checkout answers 500 · <#{room.Id}>", call.Text, StringComparison.Ordinal);
        await bot.PassAsync(TimeSpan.FromHours(1));
        Assert.Single(direct.Messages);
        Assert.Empty(bot.Slack.Refusals);
    }

    [Fact]
    public async Task Who_does_not_answer_is_asked_anew_below_and_the_older_messages_point_there()
    {
        await using var bot = await StartAsync();
        var room = await bot.DeclareAsync();
        await bot.TypeAsync($"/incident escalate <@{RunningSlackBot.Li}|li> knows the database", room);
        await bot.DeliverAsync();
        var (asked, direct) = (Assert.Single(Answerable(room)), bot.DirectOf(RunningSlackBot.Li));
        var call = direct.Messages[0];

        await bot.PassAsync(TimeSpan.FromMinutes(6));

        Assert.All([asked, call], m => Assert.Equal("Escalation 1 of INC-1: nobody had acknowledged it. It is repeated below.", m.Text));
        Assert.All([asked, call], m => Assert.Empty(m.Buttons()));
        Assert.All([room.Messages[^1], direct.Messages[^1]], m => Assert.Contains("asked 2 times", m.Text, StringComparison.Ordinal));
        await PressAsync(bot, room.Messages[^1], "Acknowledge", room, RunningSlackBot.Teo);
        await bot.DeliverAsync();
        Assert.Equal(2, direct.Messages.Count);
        Assert.StartsWith("*Acknowledged by Teo after 6 min.*", direct.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Empty(Answerable(room));
        Assert.Empty(Answerable(direct));
    }

    [Fact]
    public async Task Declining_asks_the_next_level_at_once_and_says_so_to_who_declined()
    {
        await using var bot = await StartAsync(
            ("Escalation:Policies:checkout:Levels:0:Targets", "slack:" + Lee), ("Escalation:Policies:checkout:Levels:1:Targets", "slack:" + Zoe));
        await LearnedAsync(bot.Services, "Lee Ng", "Zoe");
        var room = await bot.DeclareAsync();
        await bot.TypeAsync("/incident escalate checkout payments fail", room);
        await bot.DeliverAsync();
        var direct = bot.DirectOf(Lee);

        var said = await PressAsync(bot, direct.Messages[0], "Decline", direct, Lee);
        await bot.DeliverAsync();

        Assert.EndsWith(" @Zoe is asked instead.", said, StringComparison.Ordinal);
        var declined = Assert.Single(direct.Messages);
        Assert.StartsWith("*You declined. Others are asked.* Maria asked for help: payments fail", declined.Text, StringComparison.Ordinal);
        Assert.Empty(declined.Buttons());
        Assert.StartsWith($"<@{Zoe}>, Maria asks for your help with INC-1", Assert.Single(Answerable(room)).Text, StringComparison.Ordinal);
        Assert.Contains("level 2", Assert.Single(Answerable(bot.DirectOf(Zoe))).Text, StringComparison.Ordinal);
        Assert.Contains(Zoe, room.Members);
    }

    [Fact]
    public async Task Every_member_of_a_user_group_is_asked_in_person_and_one_of_them_answers_without_a_number()
    {
        await using var bot = await StartAsync();
        var room = await bot.DeclareAsync();
        await bot.TypeAsync("/incident escalate \"somebody else\" first", room);
        await bot.TypeAsync($"/incident escalate <!subteam^{Databases}|db-team> knows the database", room);
        await bot.DeliverAsync();
        Assert.All([RunningSlackBot.Li, RunningSlackBot.Teo], user => Assert.Single(Answerable(bot.DirectOf(user))));
        Assert.Superset(new HashSet<string> { RunningSlackBot.Li, RunningSlackBot.Teo }, room.Members);

        var answer = await bot.TypeAsync("/incident ack", room, RunningSlackBot.Teo);
        await bot.DeliverAsync();

        Assert.StartsWith("Recorded as #4", answer.Text, StringComparison.Ordinal);
        Assert.Equal([EscalationState.Open, EscalationState.Acknowledged], (await bot.ReadAsync()).Escalations.Select(e => e.State));
        Assert.All([RunningSlackBot.Li, RunningSlackBot.Teo], user => Assert.StartsWith("*Acknowledged by Teo", Assert.Single(bot.DirectOf(user).Messages).Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_types_the_answer_into_the_direct_messages_need_not_name_the_incident()
    {
        await using var bot = await StartAsync();
        var room = await bot.DeclareAsync();
        await bot.DeclareAsync();
        await bot.TypeAsync($"/incident escalate <!subteam^{Databases}|db-team> knows the database", room);
        await bot.DeliverAsync();

        var answer = await bot.TypeAsync("/incident ack", bot.DirectOf(RunningSlackBot.Teo), RunningSlackBot.Teo);

        Assert.StartsWith("Recorded as #3 of INC-1", answer.Text, StringComparison.Ordinal);
        Assert.Equal("Teo", (await bot.ReadAsync()).Escalations.Single().AnsweredBy?.Name);
    }

    [Fact]
    public async Task A_member_of_a_group_who_declines_makes_way_for_the_next_level_and_is_not_asked_again()
    {
        await using var bot = await StartAsync(
            ("Escalation:Policies:database:Levels:0:Targets", "slack:" + Databases), ("Escalation:Policies:database:Levels:1:Targets", "slack:" + Zoe), ("Escalation:Policies:database:Rounds", "2"));
        var room = await bot.DeclareAsync();
        await bot.TypeAsync("/incident escalate database please", room);
        await bot.DeliverAsync();
        var direct = bot.DirectOf(RunningSlackBot.Li);

        await PressAsync(bot, direct.Messages[0], "Decline", direct, RunningSlackBot.Li);
        await bot.DeliverAsync();

        Assert.Equal(EscalationState.Open, (await bot.ReadAsync()).Escalations.Single().State);
        Assert.Single(Answerable(bot.DirectOf(Zoe)));
        Assert.Single(Answerable(bot.DirectOf(RunningSlackBot.Teo)));
        await bot.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(2, bot.DirectOf(RunningSlackBot.Teo).Messages.Count);
        Assert.StartsWith("*You declined", Assert.Single(direct.Messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cannot_be_written_to_is_named_in_the_room_where_the_request_stays()
    {
        await using var bot = await StartAsync();
        var room = await bot.DeclareAsync();
        bot.Slack.FailAlways("conversations.open", SlackFault.Refused("user_disabled"));
        await bot.TypeAsync($"/incident escalate <@{RunningSlackBot.Li}|li> knows the database", room);
        await bot.DeliverAsync();
        await bot.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Single(room.Messages, m => m.Text.Contains("Li Wei got no message of their own. Slack refused conversations.open: that person's account is deactivated.", StringComparison.Ordinal));
        Assert.Single(Answerable(room));
    }

    [Fact]
    public async Task Of_the_tasks_of_somebody_who_cannot_be_written_to_the_room_is_reminded()
    {
        await using var bot = await StartAsync();
        var room = await bot.DeclareAsync();
        await bot.TypeAsync($"/incident task Test migrations <@{RunningSlackBot.Li}|li> due 2026-03-05", room);
        await bot.TypeAsync($"/incident task Alert on connections <@{RunningSlackBot.Li}|li> due 2026-03-05", room);
        bot.Slack.FailAlways("conversations.open", SlackFault.Refused("user_disabled"));

        await bot.PassAsync(TimeSpan.FromDays(1));

        Assert.Single(room.Messages, m => m.Text.Contains("Li Wei got no message of their own. Slack refused conversations.open: that person's account is deactivated.", StringComparison.Ordinal));
        var reminders = room.Messages.Where(m => m.Text.Contains("of INC-1 is due in 2 days, on 2026-03-05:*", StringComparison.Ordinal)).ToList();
        Assert.Equal(["*Task 1", "*Task 2"], reminders.Select(m => m.Text[..7]));
        Assert.StartsWith("Task 1 of INC-1 is done", await PressAsync(bot, reminders[0], "Done", room, RunningSlackBot.Teo), StringComparison.Ordinal);
        await bot.DeliverAsync();
        Assert.Empty(reminders[0].Buttons());
    }

    [Fact]
    public async Task Whoever_is_asked_for_help_with_a_private_incident_or_has_a_task_of_it_answers_from_direct_messages()
    {
        await using var bot = await StartAsync(("Escalation:Policies:security:Levels:0:Targets", "slack:" + Lee));
        var room = await bot.DeclareAsync("Leaked keys --private");
        await bot.TypeAsync("/incident escalate security look at the keys", room);
        await bot.TypeAsync($"/incident task Rotate the keys <@{RunningSlackBot.Teo}|teo> due 2026-03-04", room);
        await bot.DeliverAsync();
        var direct = bot.DirectOf(Lee);

        Assert.StartsWith("Recorded as #3", await PressAsync(bot, direct.Messages[0], "Acknowledge", direct, Lee), StringComparison.Ordinal);
        await bot.PassAsync(TimeSpan.FromDays(2));
        var other = bot.DirectOf(RunningSlackBot.Teo);
        Assert.StartsWith("Task 1 of INC-1 is done", await PressAsync(bot, other.Messages[^1], "Done", other, RunningSlackBot.Teo), StringComparison.Ordinal);
        Assert.StartsWith("There is no INC-1.", (await bot.TypeAsync("/incident show INC-1", user: "U77")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reminder_of_a_status_update_mentions_who_speaks_for_the_incident_and_its_button_keeps_the_next_one_back()
    {
        await using var bot = await StartAsync(("Reminders:UpdateSev2", "30m"));
        var room = await bot.DeclareAsync();
        await bot.TypeAsync($"/incident role comms <@{RunningSlackBot.Li}|li>", room);
        await bot.DeliverAsync();

        await bot.PassAsync(TimeSpan.FromMinutes(31));
        var reminder = room.Messages[^1];
        Assert.StartsWith($"<@{RunningSlackBot.Li}>, stakeholders of INC-1 have heard nothing for 30 min.", reminder.Text, StringComparison.Ordinal);
        var said = await PressAsync(bot, reminder, "Snooze 1 h", room, RunningSlackBot.Li);
        await bot.DeliverAsync();

        Assert.StartsWith("No reminders of INC-1 until ", said, StringComparison.Ordinal);
        Assert.StartsWith("*Snoozed* No reminders of INC-1 until ", room.Messages[^1].Text, StringComparison.Ordinal);
        await bot.PassAsync(TimeSpan.FromMinutes(55));
        Assert.StartsWith("*Snoozed*", room.Messages[^1].Text, StringComparison.Ordinal);
        await bot.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Contains("stakeholders of INC-1 have heard nothing for 1 h 3", room.Messages[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_prompt_for_what_is_missing_opens_the_form()
    {
        await using var bot = await StartAsync();
        var room = await bot.DeclareAsync();
        await bot.TypeAsync("/incident resolve rolled back", room);

        await bot.PassAsync(TimeSpan.FromMinutes(61));
        var prompt = room.Messages.Single(m => m.Text.Contains("the postmortem of *INC-1* lacks", StringComparison.Ordinal));
        Assert.StartsWith($"<@{RunningSlackBot.Maria}>, ", prompt.Text, StringComparison.Ordinal);
        var shown = bot.Workspace.Modals.Count;
        await bot.PressAsync(prompt, "Answer what is missing", room, RunningSlackBot.Li);

        Assert.Equal(shown + 1, bot.Workspace.Modals.Count);
        Assert.Equal((200, ""), await SubmitAsync(bot, new() { ["cause"] = "A column was dropped." }));
        Assert.Equal("A column was dropped.", (await bot.ReadAsync()).Incident.RootCause);
    }

    [Fact]
    public async Task A_task_is_put_off_by_its_date_picker_disowned_and_done_by_the_buttons_of_its_reminders()
    {
        await using var bot = await StartAsync();
        var room = await bot.DeclareAsync();
        await bot.TypeAsync("/incident task Another one", room);
        await bot.TypeAsync($"/incident task Test migrations <@{RunningSlackBot.Li}|li> due 2026-03-05", room);
        await bot.PassAsync(TimeSpan.FromDays(1));
        var direct = bot.DirectOf(RunningSlackBot.Li);
        var reminder = Assert.Single(direct.Messages);
        Assert.StartsWith("*Task 2 of INC-1 is due in 2 days, on 2026-03-05:* Test migrations", reminder.Text, StringComparison.Ordinal);

        await bot.PressAsync(reminder, "New date", direct, RunningSlackBot.Li);
        var picker = bot.Workspace.Modals.Single().Definition["blocks"]!.AsArray().Single(b => b!["type"]!.ToString() == "input")!;
        Assert.Equal("datepicker", picker["element"]!["type"]!.ToString());
        Assert.Equal(("errors", "due"), await RefusedAsync(bot, new() { ["due"] = "2020-01-01" }));
        // What the modal is about is in the modal itself.
        await bot.RestartAsync();
        Assert.Equal((200, ""), await SubmitAsync(bot, new() { ["due"] = "2026-03-12" }));
        await bot.DeliverAsync();
        Assert.Equal([null, new DateOnly(2026, 3, 12)], (await bot.ReadAsync()).ActionItems.Select(t => t.Due));
        Assert.StartsWith("*Task 2 of INC-1 is due in 9 days, on 2026-03-12:*", Assert.Single(direct.Messages).Text, StringComparison.Ordinal);

        Assert.StartsWith("Task 2 of INC-1 has no owner any more", await PressAsync(bot, reminder, "Not mine", direct, RunningSlackBot.Li), StringComparison.Ordinal);
        await bot.PassAsync(TimeSpan.FromDays(7));
        var inRoom = room.Messages.Last(m => m.Text.StartsWith("*Task 2 of INC-1 is due in 2 days", StringComparison.Ordinal));
        Assert.Equal(["Done", "New date"], inRoom.Buttons().Select(b => b["text"]!["text"]!.ToString()));
        await PressAsync(bot, inRoom, "Done", room, RunningSlackBot.Teo);
        await bot.DeliverAsync();
        Assert.All([reminder, inRoom], m => Assert.Empty(m.Buttons()));
        Assert.All([reminder, inRoom], m => Assert.StartsWith("*Task 2 of INC-1 is done:* Test migrations", m.Text, StringComparison.Ordinal));
        Assert.Empty(bot.Slack.Refusals);
    }

    [Fact]
    public async Task The_week_s_digest_is_posted_where_incidents_are_announced_with_links_to_their_channels()
    {
        await using var bot = await StartAsync(("Slack:AnnouncementChannel", "status"));
        var status = bot.Workspace.AddChannel("status");
        await bot.Services.GetRequiredService<ReminderDispatcher>().PrepareAsync(CancellationToken.None);
        var room = await bot.DeclareAsync();

        await bot.PassAsync(TimeSpan.FromDays(7));

        Assert.StartsWith("*Incidents: what is left to do*\n*Still open*\n• *INC-1 sev2 investigating* Checkout answers 500 · since 2026-03-02 09:15 UTC · <#" + room.Id, status.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Empty(bot.Slack.Refusals);
    }

    /// <summary>Waits until the policies have the names that the platforms tell.</summary>
    internal static Task LearnedAsync(IServiceProvider services, params string[] names) => RunningSlackBot.UntilAsync(() =>
        services.GetRequiredService<EscalationPolicies>().All.SelectMany(p => p.Levels).SelectMany(l => l.Targets).Select(t => t.Name).SequenceEqual(names));

    private static Task<RunningSlackBot> StartAsync(params (string Key, string? Value)[] settings) => RunningSlackBot.StartAsync(AddOnCall, [.. Quiet.ExceptBy(settings.Select(s => s.Key), q => q.Key), .. settings]);

    internal static void AddOnCall(FakeSlack slack)
    {
        slack.Workspace.AddMember(new SlackMember(Lee, "lee", "Lee Ng"));
        slack.Workspace.AddMember(new SlackMember(Zoe, "zoe", "Zoe"));
        slack.Workspace.Groups.Add(new SlackGroup(Databases, "db-team", [RunningSlackBot.Li, RunningSlackBot.Teo]));
    }

    private static List<FakeMessage> Answerable(FakeChannel channel) => [.. channel.Messages.Where(m => m.Json.Contains("\"Acknowledge\"", StringComparison.Ordinal))];

    /// <returns>What the person is answered.</returns>
    private static async Task<string> PressAsync(RunningSlackBot bot, FakeMessage message, string label, FakeChannel channel, string user)
    {
        var url = bot.Slack.NewResponseUrl();
        await bot.PressAsync(message, label, channel, user, url);
        await RunningSlackBot.UntilAsync(() => bot.Slack.ResponsesTo(url).Count == 1);
        return bot.Slack.ResponsesTo(url)[0]["text"]!.ToString();
    }

    private static async Task<(int Status, string Body)> SubmitAsync(RunningSlackBot bot, Dictionary<string, string> values)
    {
        var answer = await bot.SubmitAsync(bot.Workspace.Modals[^1], values, RunningSlackBot.Li);
        return (answer.Status, answer.Body);
    }

    private static async Task<(string Action, string Input)> RefusedAsync(RunningSlackBot bot, Dictionary<string, string> values)
    {
        var answer = (await bot.SubmitAsync(bot.Workspace.Modals[^1], values, RunningSlackBot.Li)).Json!;
        return (answer["response_action"]!.ToString(), answer["errors"]!.AsObject().Single().Key);
    }
}
