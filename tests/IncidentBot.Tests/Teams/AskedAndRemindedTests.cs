using System.Text.Json.Nodes;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Tests.Fakes.Teams;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentBot.Tests.Teams;

/// <summary>Who is asked for help or reminded of something: in the thread, in the chat with the bot, and what the buttons there do.</summary>
public sealed class AskedAndRemindedTests
{
    /// <summary>A test switches on what it is about.</summary>
    private static readonly (string Key, string? Value)[] Quiet =
    [
        ("Reminders:DetectionAfter", "0"), ("Reminders:CommanderAfter", "0"), ("Reminders:ImpactAfter", "0"), ("Reminders:QuietAfter", "0"), ("Reminders:UpdateSev2", "0"),
    ];

    [Fact]
    public async Task Who_is_asked_acknowledges_in_the_chat_with_the_bot_and_no_button_is_left_anywhere()
    {
        await using var bot = await StartAsync();
        var thread = await bot.DeclareAsync();
        await EscalateAsync(bot, thread, bot.Li);
        var own = bot.Teams.AddPersonal(bot.Li);
        var (asked, call) = (Assert.Single(Answerable(bot.Channel)), Assert.Single(own.Messages));

        bot.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.StartsWith("Recorded as #3 of INC-1", await bot.PressAsync("Acknowledge", own, bot.Li), StringComparison.Ordinal);
        await bot.DeliverAsync();

        Assert.All([asked, call], m => Assert.Empty(m.Buttons()));
        Assert.Contains("**Acknowledged by Li Wei after 3 min.** Maria Garcia asked for help with INC-1: the database is slow", asked.Text, StringComparison.Ordinal);
        Assert.Contains("**Acknowledged by Li Wei after 3 min.** Maria Garcia asked for help: the database is slow", call.Text, StringComparison.Ordinal);
        Assert.Contains("**INC-1 sev2** Checkout answers 500 · [#inc-1](https://teams.microsoft.com/l/message/", call.Text, StringComparison.Ordinal);
        await bot.PassAsync(TimeSpan.FromHours(1));
        Assert.Single(own.Messages);
        Assert.Empty(bot.Teams.Refusals);
    }

    [Fact]
    public async Task Who_does_not_answer_is_asked_anew_below_and_the_older_messages_point_there()
    {
        await using var bot = await StartAsync();
        var thread = await bot.DeclareAsync();
        await EscalateAsync(bot, thread, bot.Li);
        var own = bot.Teams.AddPersonal(bot.Li);
        var (asked, call) = (Assert.Single(Answerable(bot.Channel)), Assert.Single(own.Messages));

        await bot.PassAsync(TimeSpan.FromMinutes(6));

        Assert.All([asked, call], m => Assert.StartsWith("Escalation 1 of INC-1: nobody had acknowledged it. It is repeated below.", m.Text, StringComparison.Ordinal));
        Assert.All([asked, call], m => Assert.Empty(m.Buttons()));
        Assert.All([bot.Channel.Thread(thread)[^1], own.Messages[^1]], m => Assert.Contains("asked 2 times", m.Text, StringComparison.Ordinal));
        await bot.PressAsync("Acknowledge", bot.Channel, bot.Teo, thread);
        await bot.DeliverAsync();
        Assert.Equal(2, own.Messages.Count);
        Assert.Contains("**Acknowledged by Teo after 7 min.**", own.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Empty(Answerable(bot.Channel));
        Assert.Empty(bot.Teams.Refusals);
    }

    [Fact]
    public async Task A_policy_that_names_people_by_the_directory_s_id_knows_them_when_they_decline()
    {
        await using var bot = await StartAsync();
        await bot.SayAsync("@IncidentBot incident help");
        await bot.DeliverAsync();
        await bot.RestartAsync(("Escalation:Policies:checkout:Levels:0:Targets", "teams:" + bot.Li.AadObjectId), ("Escalation:Policies:checkout:Levels:1:Targets", "teams:" + bot.Teo.AadObjectId));
        await Slack.AskedAndRemindedTests.LearnedAsync(bot.Services, "Li Wei", "Teo");
        var thread = await bot.DeclareAsync();
        await bot.SayAsync("@IncidentBot incident escalate checkout payments fail", thread: thread);
        await bot.DeliverAsync();
        var own = bot.Teams.AddPersonal(bot.Li);
        Assert.Contains("<at>Li Wei</at>, Maria Garcia asks for your help with INC-1", Assert.Single(Answerable(bot.Channel)).Text, StringComparison.Ordinal);

        Assert.EndsWith(" @Teo is asked instead.", await bot.PressAsync("Decline", own, bot.Li), StringComparison.Ordinal);
        await bot.DeliverAsync();

        Assert.Contains("**You declined. Others are asked.**", Assert.Single(own.Messages).Text, StringComparison.Ordinal);
        Assert.Empty(own.Messages[0].Buttons());
        Assert.Contains("level 2", Assert.Single(Answerable(bot.Teams.AddPersonal(bot.Teo))).Text, StringComparison.Ordinal);
        Assert.Contains("<at>Teo</at>", Assert.Single(Answerable(bot.Channel)).Text, StringComparison.Ordinal);
        Assert.Empty(bot.Teams.Refusals);
    }

    [Fact]
    public async Task A_reminder_of_a_status_update_mentions_who_commands_and_its_button_keeps_the_next_one_back()
    {
        await using var bot = await StartAsync(("Reminders:UpdateSev2", "30m"));
        var thread = await bot.DeclareAsync();
        await bot.SayAsync("@IncidentBot incident role commander <at>Li Wei</at>", thread: thread, change: a => a["entities"]!.AsArray().Add((JsonNode)RunningTeamsBot.MentionOf(bot.Li.Id, "Li Wei")));
        await bot.DeliverAsync();

        await bot.PassAsync(TimeSpan.FromMinutes(31));
        Assert.Contains("<at>Li Wei</at>, stakeholders of INC-1 have heard nothing for 30 min.", bot.Channel.Thread(thread)[^1].Text, StringComparison.Ordinal);
        var said = await bot.PressAsync("Snooze 1 h", bot.Channel, bot.Li, thread);
        await bot.DeliverAsync();

        Assert.StartsWith("No reminders of INC-1 until ", said, StringComparison.Ordinal);
        await bot.PassAsync(TimeSpan.FromMinutes(55));
        Assert.Contains("**Snoozed** No reminders of INC-1 until ", bot.Channel.Thread(thread)[^1].Text, StringComparison.Ordinal);
        await bot.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Contains("stakeholders of INC-1 have heard nothing for 1 h 3", bot.Channel.Thread(thread)[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_prompt_for_what_is_missing_opens_the_dialog()
    {
        await using var bot = await StartAsync();
        var thread = await bot.DeclareAsync();
        await bot.SayAsync("@IncidentBot incident resolve rolled back", thread: thread);

        await bot.PassAsync(TimeSpan.FromMinutes(61));
        Assert.Contains("the postmortem of **INC-1** lacks", bot.Channel.Thread(thread)[^1].Text, StringComparison.Ordinal);
        var dialog = await bot.OpenAsync("Answer what is missing", bot.Channel, bot.Li, thread);
        await bot.SubmitAsync(dialog, new() { ["cause"] = "A column was dropped." }, bot.Channel, bot.Li, thread);

        Assert.Equal("A column was dropped.", (await bot.ReadAsync()).Incident.RootCause);
    }

    [Fact]
    public async Task A_task_is_put_off_by_a_dialog_disowned_and_done_by_the_buttons_of_its_reminders()
    {
        await using var bot = await StartAsync();
        var thread = await bot.DeclareAsync();
        await bot.SayAsync("@IncidentBot incident task Another one", thread: thread);
        await bot.SayAsync("@IncidentBot incident task Test migrations <at>Li Wei</at> due 2026-03-05", thread: thread, change: a => a["entities"]!.AsArray().Add((JsonNode)RunningTeamsBot.MentionOf(bot.Li.Id, "Li Wei")));
        await bot.PassAsync(TimeSpan.FromDays(1));
        var own = bot.Teams.AddPersonal(bot.Li);
        var reminder = Assert.Single(own.Messages);
        Assert.Contains("**Task 2 of INC-1 is due in 2 days, on 2026-03-05:** Test migrations", reminder.Text, StringComparison.Ordinal);

        var dialog = await bot.OpenAsync("New date", own, bot.Li);
        Assert.Equal("Input.Date", dialog.Input("due")["type"]!.ToString());
        var again = TeamsDialog.Of(await bot.SubmitAsync(dialog, new() { ["due"] = "2020-01-01" }, own, bot.Li));
        Assert.Contains("has passed", again.TextBehind("due"), StringComparison.Ordinal);
        await bot.RestartAsync();
        Assert.Contains("Task 2 of INC-1 is now due on 2026-03-12", TeamsDialog.MessageOf(await bot.SubmitAsync(again, new() { ["due"] = "2026-03-12" }, own, bot.Li)), StringComparison.Ordinal);
        await bot.DeliverAsync();
        Assert.Equal([null, new DateOnly(2026, 3, 12)], (await bot.ReadAsync()).ActionItems.Select(t => t.Due));
        Assert.Contains("**Task 2 of INC-1 is due in 9 days, on 2026-03-12:**", Assert.Single(own.Messages).Text, StringComparison.Ordinal);

        Assert.StartsWith("Task 2 of INC-1 has no owner any more", await bot.PressAsync("Not mine", own, bot.Li), StringComparison.Ordinal);
        await bot.PassAsync(TimeSpan.FromDays(7));
        var inRoom = bot.Channel.Thread(thread).Last(m => m.Text.Contains("**Task 2 of INC-1 is due in 2 days", StringComparison.Ordinal));
        Assert.Equal(["Done", "New date"], inRoom.Buttons().Select(b => b["title"]!.ToString()));
        await bot.PressAsync("Done", bot.Channel, bot.Teo, thread);
        await bot.DeliverAsync();
        Assert.All([reminder, inRoom], m => Assert.Contains("**Task 2 of INC-1 is done:** Test migrations", m.Text, StringComparison.Ordinal));
        Assert.All([reminder, inRoom], m => Assert.Empty(m.Buttons()));
        Assert.Empty(bot.Teams.Refusals);
    }

    [Fact]
    public async Task The_week_s_digest_is_posted_where_incidents_are_announced()
    {
        const string status = "19:status@thread.tacv2";
        await using var bot = await StartAsync(("Teams:AnnouncementConversation", status));
        var channel = bot.Teams.AddChannel("status");
        await bot.Services.GetRequiredService<ReminderDispatcher>().PrepareAsync(CancellationToken.None);
        await bot.SayAsync("@IncidentBot incident start sev2 Checkout answers 500");
        await bot.DeliverAsync();

        await bot.PassAsync(TimeSpan.FromDays(7));

        var digest = channel.Messages[^1];
        Assert.Null(digest.Thread);
        Assert.Contains("Incidents: what is left to do", digest.Text, StringComparison.Ordinal);
        Assert.Contains("**INC-1 sev2 investigating** Checkout answers 500 · since 2026-03-02 09:15 UTC · [#inc-1](https://teams.microsoft.com/l/message/", digest.Text, StringComparison.Ordinal);
        Assert.Empty(bot.Teams.Refusals);
    }

    private static Task<RunningTeamsBot> StartAsync(params (string Key, string? Value)[] settings) => RunningTeamsBot.StartWholeAsync([.. Quiet.ExceptBy(settings.Select(s => s.Key), q => q.Key), .. settings]);

    private static List<FakeTeamsMessage> Answerable(FakeConversation place) => [.. place.Messages.Where(m => m.Buttons().Any(b => b["title"]!.ToString() == "Acknowledge"))];

    private static async Task EscalateAsync(RunningTeamsBot bot, string thread, FakePerson person)
    {
        await bot.SayAsync(
            $"@IncidentBot incident escalate <at>{person.Name}</at> the database is slow", thread: thread, change: a => a["entities"]!.AsArray().Add((JsonNode)RunningTeamsBot.MentionOf(person.Id, person.Name)));
        await bot.DeliverAsync();
    }
}
