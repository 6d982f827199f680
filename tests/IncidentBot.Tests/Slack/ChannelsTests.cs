using IncidentBot.Slack;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Slack;

/// <summary>Incident channels: their names, who is in them, and where incidents are announced.</summary>
public sealed class ChannelsTests
{
    [Theory]
    [InlineData("Checkout answers 500", "inc-7-checkout-answers-500")]
    [InlineData("  \"Zahlung\" für Kunden: 100% kaputt!", "inc-7-zahlung-fur-kunden-100-kaputt")]
    [InlineData("結帳失敗", "inc-7")]
    [InlineData("🔥", "inc-7")]
    [InlineData("İstanbul straße", "inc-7-istanbul-stra-e")]
    public void Channels_are_named_after_number_and_title(string title, string name) => Assert.Equal(name, ChannelNames.For("inc", 7, title, 0));

    [Fact]
    public void Long_titles_leave_names_of_80_characters_that_end_with_a_word()
    {
        var title = string.Join(' ', Enumerable.Repeat("checkout", 40));

        Assert.All(Enumerable.Range(0, 20), attempt => Assert.InRange(ChannelNames.For("inc", 12345, title, attempt).Length, 60, 80));
        Assert.EndsWith("-checkout", ChannelNames.For("inc", 7, title, 0), StringComparison.Ordinal);
        Assert.EndsWith("-checkout-3", ChannelNames.For("inc", 7, title, 2), StringComparison.Ordinal);
        Assert.Equal(80, ChannelNames.For("inc", 7, new string('x', 300), 0).Length);
    }

    [Fact]
    public async Task A_name_that_is_taken_also_by_an_archived_channel_gets_a_number()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Workspace.AddChannel("inc-1-checkout-answers-500").IsArchived = true;
        // Left by an earlier database: the bot's own, and another incident's.
        bot.Workspace.AddChannel("inc-1-checkout-answers-500-2", creator: SlackWorkspace.BotUserId);

        await bot.DeclareAsync();

        Assert.NotEmpty(bot.Workspace.Channel("inc-1-checkout-answers-500-3").Messages);
    }

    [Fact]
    public async Task A_channel_whose_making_was_not_answered_is_found_again()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Slack.FailNext("conversations.create", SlackFault.AnswerLost);
        await bot.TypeAsync("/incident start sev2 Checkout answers 500");
        await bot.DeliverAsync();
        bot.Clock.Advance(TimeSpan.FromSeconds(10));
        await bot.DeliverAsync();

        Assert.Single(bot.Workspace.Channels.Values, c => c.Name.StartsWith("inc-1", StringComparison.Ordinal));
        Assert.NotEmpty(bot.Workspace.Channel("inc-1-checkout-answers-500").Messages);
    }

    [Fact]
    public async Task A_channel_that_was_made_while_the_database_took_nothing_is_found_again()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        await bot.TypeAsync("/incident start sev2 Checkout answers 500");

        await bot.DeliverWithoutMarkingAsync();
        await bot.DeliverAsync();

        Assert.Single(bot.Workspace.Channels.Values, c => c.Name.StartsWith("inc-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_channel_that_the_bot_made_for_an_earlier_database_is_left_alone_also_when_the_making_was_not_answered()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        var earlier = bot.Workspace.AddChannel("inc-1-checkout-answers-500", creator: SlackWorkspace.BotUserId);
        bot.Clock.Advance(TimeSpan.FromDays(1));
        bot.Slack.FailNext("conversations.create", SlackFault.AnswerLost, c => c["name"] == "inc-1-checkout-answers-500-2");
        await bot.TypeAsync("/incident start sev2 Checkout answers 500");
        await bot.DeliverAsync();
        bot.Clock.Advance(TimeSpan.FromSeconds(10));
        await bot.DeliverAsync();

        Assert.Empty(earlier.Messages);
        Assert.NotEmpty(bot.Workspace.Channel("inc-1-checkout-answers-500-2").Messages);
        Assert.DoesNotContain(bot.Workspace.Channels.Values, c => c.Name.EndsWith("-3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_group_is_invited_with_all_its_members_and_who_cannot_come_is_named_once()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Workspace.AddMember(new SlackMember("U7", "ex", "Ex Colleague", IsDeleted: true));
        bot.Workspace.AddMember(new SlackMember("U8", "guest", "A Guest", IsGuest: true));
        bot.Workspace.AddMember(new SlackMember("U9", "ext", "Somebody Else", IsStranger: true));
        bot.Workspace.Groups.Add(new SlackGroup("S1", "db-team", [RunningSlackBot.Maria, RunningSlackBot.Li, "U7", "U8", "U9", SlackWorkspace.BotUserId]));
        var room = await bot.DeclareAsync();

        await bot.TypeAsync("/incident escalate <!subteam^S1|@db-team> the database is slow", room);
        await bot.DeliverAsync();

        Assert.Contains(RunningSlackBot.Li, room.Members);
        var told = Assert.Single(room.Messages, m => m.Text.Contains("Not everybody was brought into this room", StringComparison.Ordinal));
        Assert.Contains("Ex Colleague (deactivated), A Guest (a guest), Somebody Else (of another workspace)", told.Text, StringComparison.Ordinal);
        Assert.Contains(room.Messages, m => m.Text.Contains("<!subteam^S1>, Maria asks for your help", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_large_group_is_invited_by_the_hundred()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        var room = await bot.DeclareAsync();
        var members = Enumerable.Range(100, 250).Select(n => bot.Workspace.AddMember(new SlackMember($"U{n}", $"p{n}", $"P{n}")).Id).ToList();
        bot.Workspace.Groups.Add(new SlackGroup("S1", "everybody", members));

        await bot.TypeAsync("/incident escalate <!subteam^S1>", room);
        await bot.DeliverAsync();

        Assert.Superset(members.ToHashSet(), room.Members);
        Assert.Equal(4, bot.Slack.CallsOf("conversations.invite").Count);
        Assert.Equal("everybody", (await bot.ReadAsync()).Escalations.Single().Target);
    }

    [Fact]
    public async Task A_reporter_who_cannot_be_invited_keeps_nobody_else_from_the_channel()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Workspace.AddMember(new SlackMember("U8", "guest", "A Guest", IsGuest: true));

        await bot.TypeAsync("/incident start sev2 Checkout answers 500", user: "U8");
        await bot.DeliverAsync();

        var room = bot.Workspace.Channel("inc-1-checkout-answers-500");
        Assert.Contains("A Guest was not brought into this channel", room.Messages[0].Text, StringComparison.Ordinal);
        Assert.Contains(room.Messages, m => m.Json.Contains("Declared", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_channel_that_cannot_be_told_what_is_amiss_serves_all_the_same()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Workspace.AddMember(new SlackMember("U8", "guest", "A Guest", IsGuest: true));
        bot.Slack.FailNext("chat.postMessage", SlackFault.Refused("restricted_action"), c => c["text"]!.Contains("A Guest was not", StringComparison.Ordinal));

        await bot.TypeAsync("/incident start sev2 Checkout answers 500", user: "U8");
        await bot.DeliverAsync();

        Assert.NotEmpty(bot.Workspace.Channel("inc-1-checkout-answers-500").Messages);
        Assert.Contains(bot.Logged.Lines, l => l.Contains("was not told what is amiss with it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_amiss_with_a_channel_is_told_once_though_its_making_is_repeated()
    {
        await using var bot = await RunningSlackBot.StartAsync(("IncidentBot:PublicUrl", "https://bot.example"));
        bot.Workspace.AddMember(new SlackMember("U8", "guest", "A Guest", IsGuest: true));
        bot.Slack.FailAlways("bookmarks.add", SlackFault.Refused("missing_scope", "bookmarks:write"));
        bot.Slack.FailNext("chat.postMessage", SlackFault.AnswerLost, c => c["text"]!.Contains("no bookmark", StringComparison.Ordinal));

        await bot.TypeAsync("/incident start sev2 Checkout answers 500", user: "U8");
        await bot.DeliverAsync();
        bot.Clock.Advance(TimeSpan.FromSeconds(15));
        await bot.DeliverAsync();

        var room = bot.Workspace.Channel("inc-1-checkout-answers-500");
        Assert.Single(room.Messages, m => m.Text.Contains("A Guest was not", StringComparison.Ordinal));
        Assert.Single(room.Messages, m => m.Text.Contains("no bookmark", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_scope_is_told_once_with_its_remedy_and_the_rest_goes_on()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Slack.FailAlways("conversations.setTopic", SlackFault.Refused("missing_scope", "channels:manage"));
        var room = await bot.DeclareAsync();

        await bot.TypeAsync("/incident severity sev1", room);
        await bot.DeliverAsync();
        await bot.TypeAsync("/incident status identified", room);
        await bot.DeliverAsync();

        var told = Assert.Single(room.Messages, m => m.Text.Contains("missing", StringComparison.Ordinal) || m.Text.Contains("lacks the scope", StringComparison.Ordinal));
        Assert.Contains("channels:manage", told.Text, StringComparison.Ordinal);
        Assert.Contains("OAuth &amp; Permissions", told.Text, StringComparison.Ordinal);
        Assert.Contains("identified", room.Messages[0].Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bookmark_that_the_bot_may_not_make_is_told_once_with_its_remedy()
    {
        await using var bot = await RunningSlackBot.StartAsync(("IncidentBot:PublicUrl", "https://bot.example"));
        bot.Slack.FailAlways("bookmarks.add", SlackFault.Refused("missing_scope", "bookmarks:write"));
        var room = await bot.DeclareAsync();

        await bot.TypeAsync("/incident severity sev1", room);
        await bot.DeliverAsync();

        var told = Assert.Single(room.Messages, m => m.Text.Contains("bookmark", StringComparison.Ordinal));
        Assert.Contains("lacks the scope bookmarks:write", told.Text, StringComparison.Ordinal);
        Assert.Contains("OAuth &amp; Permissions", told.Text, StringComparison.Ordinal);
        Assert.Contains(room.Messages, m => m.Json.Contains("*Impact began*", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bookmark_that_Slack_fails_to_make_just_now_is_told_to_nobody()
    {
        await using var bot = await RunningSlackBot.StartAsync(("IncidentBot:PublicUrl", "https://bot.example"));
        bot.Slack.FailAlways("bookmarks.add", SlackFault.HttpStatus(503));

        var room = await bot.DeclareAsync();

        Assert.DoesNotContain(room.Messages, m => m.Text.Contains("bookmark", StringComparison.Ordinal));
        Assert.Contains(room.Messages, m => m.Json.Contains("*Impact began*", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_right_to_make_channels_the_work_goes_on_where_it_was_declared()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Slack.FailAlways("conversations.create", SlackFault.Refused("missing_scope", "channels:manage"));

        await bot.TypeAsync("/incident start sev2 Checkout answers 500");
        await bot.DeliverAsync();

        Assert.Contains(bot.General.Messages, m => m.Text.Contains("channels:manage", StringComparison.Ordinal));
        Assert.Contains(bot.General.Messages, m => m.Json.Contains("Status", StringComparison.Ordinal));
        Assert.StartsWith("Recorded as #2", (await bot.TypeAsync("/timeline note looked at the logs")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_same_channel_nothing_is_made_and_no_topic_is_changed()
    {
        await using var bot = await RunningSlackBot.StartAsync(("Slack:IncidentRoom", "SameChannel"));
        bot.General.Members.Remove(SlackWorkspace.BotUserId);

        await bot.TypeAsync("/incident start sev2 Checkout answers 500");
        await bot.DeliverAsync();

        Assert.Empty(bot.Slack.CallsOf("conversations.create"));
        Assert.Empty(bot.Slack.CallsOf("conversations.setTopic"));
        // It joined a public channel by itself.
        Assert.Equal(2, bot.General.Messages.Count);
        Assert.Equal([bot.General.Messages[0].Ts], bot.General.Pins);
    }

    [Fact]
    public async Task Incidents_are_announced_in_the_channel_with_that_id()
    {
        await using var bot = await RunningSlackBot.StartAsync(("Slack:AnnouncementChannel", "CSTATUS"));
        var status = bot.Workspace.AddChannel("status", id: "CSTATUS");
        for (var i = 0; i < 5; i++)
            bot.Workspace.AddChannel($"other-{i}");

        await bot.DeclareAsync();

        Assert.Single(status.Messages);
        Assert.Empty(bot.General.Messages);
    }

    [Fact]
    public async Task An_incident_declared_in_the_announcement_channel_itself_is_not_announced_there_once_more()
    {
        await using var bot = await RunningSlackBot.StartAsync(("Slack:AnnouncementChannel", "#general"), ("Slack:IncidentRoom", "SameChannel"));
        await RunningSlackBot.UntilAsync(() => bot.Platform.AnnouncementConversation!.Id == bot.General.Id);

        await bot.TypeAsync("/incident start sev2 Checkout answers 500");
        await bot.TypeAsync("/incident update We roll back");
        await bot.DeliverAsync();

        // The status card, the entry, the update.
        Assert.Equal(3, bot.General.Messages.Count);
    }

    [Fact]
    public async Task The_bot_starts_though_Slack_does_not_tell_where_to_announce_and_asks_again()
    {
        await using var bot = await RunningSlackBot.StartAsync(
            slack => slack.FailNext("conversations.list", SlackFault.Hanging()), ("Slack:AnnouncementChannel", "general"), ("Slack:IncidentRoom", "SameChannel"));
        Assert.StartsWith("INC-1 is declared", (await bot.TypeAsync("/incident start sev2 Checkout answers 500")).Text, StringComparison.Ordinal);

        await RunningSlackBot.UntilAsync(() =>
        {
            bot.Clock.Advance(TimeSpan.FromSeconds(10));
            return bot.Platform.AnnouncementConversation!.Id == bot.General.Id;
        });
    }

    [Fact]
    public async Task The_bot_goes_on_whatever_keeps_it_from_finding_where_to_announce()
    {
        await using var bot = await RunningSlackBot.StartAsync(
            slack => slack.Methods["conversations.list"] = _ => new() { ["channels"] = new System.Text.Json.Nodes.JsonArray((System.Text.Json.Nodes.JsonNode?)null) },
            ("Slack:AnnouncementChannel", "general"));

        await RunningSlackBot.UntilAsync(() => bot.Logged.Lines.Any(l => l.Contains("Slack:AnnouncementChannel was not looked for", StringComparison.Ordinal)));
        Assert.StartsWith("INC-1 is declared", (await bot.TypeAsync("/incident start sev2 Checkout answers 500")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(bot.Logged.Lines, l => l.Contains("BackgroundService failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_announcement_channel_that_is_not_there_is_told_in_the_room()
    {
        await using var bot = await RunningSlackBot.StartAsync(("Slack:AnnouncementChannel", "#nowhere"));

        var room = await bot.DeclareAsync();

        Assert.Contains(room.Messages, m => m.Text.Contains("An announcement was not posted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_private_incident_is_announced_nowhere_and_has_a_private_channel()
    {
        await using var bot = await RunningSlackBot.StartAsync(("Slack:AnnouncementChannel", "status"));
        var status = bot.Workspace.AddChannel("status");

        await bot.TypeAsync("/incident start sev2 Leaked keys --private");
        await bot.DeliverAsync();
        var room = bot.Workspace.Channels.Values.Single(c => c.Creator == SlackWorkspace.BotUserId);
        await bot.TypeAsync("/incident update The keys are revoked", room);
        await bot.TypeAsync("/incident resolve revoked", room);
        await bot.DeliverAsync();

        Assert.True(room.IsPrivate);
        Assert.Empty(status.Messages);
        Assert.Empty(bot.General.Messages);
    }
}
