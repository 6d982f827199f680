using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Slack;

/// <summary>Messages between the bot and one person, and who is behind an id that an administrator wrote down.</summary>
public sealed class PersonalMessagesTests
{
    private static readonly Conversation Li = new("slack", RunningSlackBot.Li);

    private static readonly ChatMessage Request = new(new TextBlock("Please help"), new ButtonsBlock(new ChatButton("Acknowledge", "/incident INC-1 ack 1")));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_to_a_person_is_updated_in_its_place_also_after_a_restart(bool isRestarted)
    {
        await using var bot = await RunningSlackBot.StartAsync();
        var id = await bot.Platform.PostAsync(Li, Request, Key("1"), CancellationToken.None);
        if (isRestarted)
            await bot.RestartAsync();

        await bot.Platform.UpdateAsync(Li, id, ChatMessage.Of("You acknowledged it."), CancellationToken.None);

        var direct = bot.Workspace.Channel("D" + RunningSlackBot.Li);
        var message = Assert.Single(direct.Messages);
        Assert.Equal(("You acknowledged it.", 1), (message.Text, message.Updates));
        Assert.DoesNotContain("Acknowledge\"", message.Json, StringComparison.Ordinal);
        Assert.All(bot.Slack.CallsOf("chat.update"), c => Assert.Equal(direct.Id, c["channel"]));
        Assert.Equal(isRestarted ? 2 : 1, bot.Slack.CallsOf("conversations.open").Count);
        Assert.Empty(bot.Slack.Refusals);
    }

    [Theory]
    [InlineData("user_disabled", "Slack refused conversations.open: that person's account is deactivated.")]
    [InlineData("user_not_found", "Slack refused conversations.open: it knows no such person.")]
    [InlineData("user_not_visible", "Slack refused conversations.open: the bot and that person do not see each other (user_not_visible).")]
    [InlineData("cannot_dm_bot", "Slack refused conversations.open: that is a bot, to which nobody can write.")]
    [InlineData("channel_not_found", "Slack refused conversations.open: nobody can write to that person any more, whose account may be deactivated (channel_not_found).")]
    public async Task Who_cannot_be_written_to_is_a_fault_for_good_that_says_why(string code, string reason)
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Slack.FailAlways("conversations.open", SlackFault.Refused(code));

        var posting = await Assert.ThrowsAsync<ChatPlatformException>(() => bot.Platform.PostAsync(Li, Request, Key("1"), CancellationToken.None));
        var updating = await Assert.ThrowsAsync<ChatPlatformException>(() => bot.Platform.UpdateAsync(Li, "1.000001", Request, CancellationToken.None));

        Assert.All([posting, updating], fault => Assert.Equal((reason, false, false), (fault.Message, fault.IsTransient, fault.IsMessageGone)));
    }

    [Fact]
    public async Task Who_was_deactivated_meanwhile_is_a_fault_for_good()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        var id = await bot.Platform.PostAsync(Li, Request, Key("1"), CancellationToken.None);
        bot.Workspace.AddMember(bot.Workspace.Members[RunningSlackBot.Li] with { IsDeleted = true });
        bot.Slack.FailNext("chat.update", SlackFault.Refused("is_archived"));

        var before = await Assert.ThrowsAsync<ChatPlatformException>(() => bot.Platform.UpdateAsync(Li, id, Request, CancellationToken.None));
        await bot.RestartAsync();
        var after = await Assert.ThrowsAsync<ChatPlatformException>(() => bot.Platform.UpdateAsync(Li, id, Request, CancellationToken.None));

        Assert.Equal((false, "Slack refused chat.update: nobody can write to that person any more, whose account may be deactivated (is_archived)."), (before.IsTransient, before.Message));
        Assert.Equal((false, "Slack refused conversations.open: that person's account is deactivated."), (after.IsTransient, after.Message));
    }

    [Fact]
    public async Task A_personal_message_that_was_deleted_is_gone()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        var id = await bot.Platform.PostAsync(Li, Request, Key("1"), CancellationToken.None);
        bot.Workspace.Channel("D" + RunningSlackBot.Li).Messages.Clear();

        Assert.True((await Assert.ThrowsAsync<ChatPlatformException>(() => bot.Platform.UpdateAsync(Li, id, Request, CancellationToken.None))).IsMessageGone);
    }

    [Fact]
    public async Task A_person_is_found_with_name_and_zone_and_a_group_by_its_handle()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Workspace.Groups.Add(new SlackGroup("S1", "dba", [RunningSlackBot.Li]));

        Assert.Equal(new PersonProfile(new Person("slack", "U2", "Li Wei"), "Asia/Shanghai"), await FindAsync(bot, "U2"));
        Assert.Equal(new PersonProfile(new Person("slack", "S1", "dba"), null) { IsGroup = true }, await FindAsync(bot, "S1"));
    }

    [Theory]
    [InlineData("U999")]
    [InlineData("U4")]
    [InlineData("S999")]
    [InlineData("S2")]
    [InlineData("C1")]
    [InlineData("@maria")]
    [InlineData("maria@example.com")]
    [InlineData("")]
    public async Task Nobody_is_found_by_what_is_no_id_or_was_switched_off(string id)
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Workspace.AddMember(new SlackMember("U4", "zoe", "Zoe", IsDeleted: true));
        bot.Workspace.Groups.Add(new SlackGroup("S2", "old", [RunningSlackBot.Li], IsOff: true));

        Assert.Null(await FindAsync(bot, id));
    }

    [Fact]
    public async Task Who_it_is_cannot_be_told_while_Slack_is_away_or_the_scope_is_missing()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Slack.FailNext("users.info", SlackFault.HttpStatus(503));
        bot.Slack.FailNext("usergroups.list", SlackFault.Refused("missing_scope", "usergroups:read"));

        Assert.True((await Assert.ThrowsAsync<ChatPlatformException>(() => FindAsync(bot, "U2"))).IsTransient);
        var refused = await Assert.ThrowsAsync<ChatPlatformException>(() => FindAsync(bot, "S1"));
        Assert.Contains("the app lacks the scope usergroups:read", refused.Message, StringComparison.Ordinal);
        Assert.Equal("Li Wei", (await FindAsync(bot, "U2"))?.Person.Name);
    }

    [Fact]
    public async Task Behind_a_group_are_its_members_as_they_are_now_and_behind_a_person_is_that_person()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Workspace.AddMember(new SlackMember("U4", "zoe", "Zoe", IsDeleted: true));
        bot.Workspace.Groups.Add(new SlackGroup("S1", "dba", [RunningSlackBot.Li, "U4", RunningSlackBot.Teo]));
        bot.Workspace.Groups.Add(new SlackGroup("S2", "empty", []));
        bot.Workspace.Groups.Add(new SlackGroup("S3", "off", [RunningSlackBot.Li], IsOff: true));

        Assert.Equal([new Person("slack", "U2", "Li Wei"), new Person("slack", "U3", "Teo")], await MembersAsync(bot, "S1"));
        Assert.Empty(await MembersAsync(bot, "S2"));
        Assert.Empty(await MembersAsync(bot, "S3"));
        Assert.Equal([new Person("slack", "U2", "as given")], await MembersAsync(bot, "U2"));

        bot.Workspace.Groups[0] = bot.Workspace.Groups[0] with { Members = [RunningSlackBot.Maria] };
        Assert.Equal([new Person("slack", "U1", "Maria")], await MembersAsync(bot, "S1"));
    }

    [Fact]
    public async Task Members_go_by_their_ids_from_the_first_one_on_whom_Slack_does_not_tell()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Workspace.Groups.Add(new SlackGroup("S1", "dba", [RunningSlackBot.Li, RunningSlackBot.Teo, RunningSlackBot.Maria]));
        bot.Slack.FailNext("users.info", SlackFault.HttpStatus(503), c => c["user"] == RunningSlackBot.Teo);

        Assert.Equal(["Li Wei", "U3", "U1"], (await MembersAsync(bot, "S1")).Select(p => p.Name));

        bot.Slack.FailNext("usergroups.list", SlackFault.HttpStatus(503));
        Assert.True((await Assert.ThrowsAsync<ChatPlatformException>(() => MembersAsync(bot, "S1"))).IsTransient);
    }

    private static Task<PersonProfile?> FindAsync(RunningSlackBot bot, string id) => bot.Platform.FindPersonAsync(id, CancellationToken.None);

    private static Task<IReadOnlyList<Person>> MembersAsync(RunningSlackBot bot, string id) =>
        bot.Platform.MembersAsync(new Person("slack", id, "as given"), CancellationToken.None);

    private static DeliveryKey Key(string value) => new(value, MayBeRepeated: false, DateTimeOffset.UnixEpoch);
}
