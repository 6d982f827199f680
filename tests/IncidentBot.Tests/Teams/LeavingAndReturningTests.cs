using System.Text.Json.Nodes;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Store;
using IncidentBot.Teams.Inbound;
using IncidentBot.Tests.Fakes.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentBot.Tests.Teams;

/// <summary>The bot starts anew, is removed and added again, and Teams moves.</summary>
public sealed class LeavingAndReturningTests : IAsyncLifetime
{
    private const string Status = "19:status@thread.tacv2";

    private RunningTeamsBot _bot = null!;

    public async Task InitializeAsync() => _bot = await RunningTeamsBot.StartWholeAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task After_a_restart_everything_is_reached_without_a_word_from_Teams()
    {
        var thread = await _bot.DeclareAsync();
        await _bot.SayAsync("hello", _bot.Teams.AddPersonal(_bot.Li), _bot.Li);
        await _bot.SayAsync("@IncidentBot incident resolve rolled back", thread: thread);
        await _bot.RestartAsync();
        await _bot.DeliverAsync();

        var texts = RunningTeamsBot.TextsIn(_bot.Channel, thread);
        Assert.Contains("resolved", texts[0], StringComparison.Ordinal);
        Assert.Contains(texts, t => t.StartsWith("postmortem-1.md", StringComparison.Ordinal));

        await _bot.RestartAsync();
        await _bot.SayAsync("@IncidentBot incident cause The column was dropped too early.", thread: thread);
        await _bot.DeliverAsync();
        Assert.Single(_bot.Channel.Messages, m => m.Text.Contains("Impact began", StringComparison.Ordinal));
        Assert.Single(_bot.Channel.Messages, m => m.Text.StartsWith("postmortem-1.md", StringComparison.Ordinal) && m.Text.Contains("dropped too early", StringComparison.Ordinal));
        Assert.DoesNotContain(_bot.Teams.Calls, c => c.Path.Length == 0 && c.Body["isGroup"]!.GetValue<bool>() == false);
        Assert.Empty(_bot.Teams.Refusals);
    }

    [Fact]
    public async Task The_tenant_stays_known_when_an_activity_does_not_say_it()
    {
        await _bot.SayAsync("@IncidentBot incident list");
        await _bot.SayAsync("@IncidentBot incident list", change: a =>
        {
            a["conversation"]!.AsObject().Remove("tenantId");
            a.Remove("channelData");
        });

        var service = await _bot.Services.GetRequiredService<TeamsConversations>().ServiceAsync(CancellationToken.None);
        Assert.Equal(FakeLogin.TenantId, service.TenantId);
    }

    [Fact]
    public async Task Where_Teams_moved_to_is_used_once_it_said_so_itself()
    {
        var thread = await _bot.DeclareAsync();
        var moved = _bot.Connector.Url + "/amer/";
        var stranger = _bot.NewActivity("message", _bot.Channel, _bot.Maria, thread, _bot.Teams.NextId());
        stranger["serviceUrl"] = _bot.Connector.Url + "/evil/";
        stranger["text"] = "hello";
        Assert.Equal(401, (await _bot.SendAsync(stranger, _bot.Token)).Status);
        Assert.Equal(401, (await _bot.SendAsync(stranger.ToJsonString(), null)).Status);
        var before = _bot.Teams.Calls.Count;
        await _bot.SayAsync("@IncidentBot timeline note step 0", thread: thread);
        await _bot.DeliverAsync();
        Assert.All(_bot.Teams.Calls.Skip(before), c => Assert.Equal("/emea", c.Service));

        before = _bot.Teams.Calls.Count;
        _bot.ServiceUrl = moved;
        await _bot.SayAsync("@IncidentBot timeline note step 1", thread: thread);
        await _bot.DeliverAsync();
        Assert.All(_bot.Teams.Calls.Skip(before), c => Assert.Equal("/amer", c.Service));
        Assert.True(_bot.Teams.Calls.Count > before);
    }

    [Fact]
    public async Task What_is_announced_before_Teams_ever_wrote_waits_says_so_and_is_sent_then()
    {
        await using var bot = await RunningTeamsBot.StartWholeAsync(("Teams:AnnouncementConversation", Status));
        var status = bot.Teams.AddChannel("status");
        await bot.Services.GetRequiredService<IncidentStore>().WriteAsync(
            async db =>
            {
                db.Add(new OutboxMessage("teams:" + Status, "teams", new(TeamsName, Status), null, new PostMessage(IncidentBot.Incidents.Chat.ChatMessage.Of("INC-1 of another platform")), bot.Clock.GetUtcNow()));
                await db.SaveChangesAsync();
                return true;
            },
            CancellationToken.None);
        await bot.DeliverAsync();

        Assert.Empty(bot.Teams.Calls);
        Assert.Contains(bot.Log, l => l.Contains("Teams has not written to the bot yet", StringComparison.Ordinal) && l.Contains("tried again", StringComparison.Ordinal));
        await bot.SayAsync("hello", bot.Teams.AddPersonal(bot.Maria));
        bot.Clock.Advance(TimeSpan.FromMinutes(1));
        await bot.DeliverAsync();
        Assert.Contains("INC-1 of another platform", Assert.Single(status.Messages).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("installationUpdate", "BotNotInConversationRoster")]
    [InlineData("conversationUpdate", "BotNotInConversationRoster")]
    [InlineData(null, "BotNotInConversationRoster")]
    [InlineData(null, "BotDisabledByAdmin")]
    [InlineData(null, "MessageWritesBlocked")]
    [InlineData(null, "ConversationNotFound")]
    public async Task A_bot_that_was_removed_asks_once_for_each_message_and_works_again_when_it_is_back(string? said, string refusal)
    {
        var thread = await _bot.DeclareAsync();
        if (said is not null)
            await SendRemovalAsync(said);
        _bot.Channel.Refusal = refusal;
        var own = _bot.Teams.AddPersonal(_bot.Maria);
        await _bot.SayAsync("incident INC-1 update We roll back", own);
        await _bot.DeliverAsync();
        var refusals = _bot.Teams.Refusals.Count;
        _bot.Clock.Advance(TimeSpan.FromHours(1));
        await _bot.DeliverAsync();
        Assert.InRange(refusals, 1, 4);
        Assert.Equal(refusals, _bot.Teams.Refusals.Count);
        Assert.Contains(own.Messages, m => m.Text.StartsWith("Recorded as #2", StringComparison.Ordinal));
        Assert.Contains(_bot.Log, l => l.Contains("is given up", StringComparison.Ordinal));

        // Nobody has to write in the channel first.
        _bot.Channel.Refusal = null;
        await _bot.SayAsync("incident INC-1 status identified", own);
        await _bot.DeliverAsync();
        Assert.Contains("identified", _bot.Channel.Thread(thread)[0].Text, StringComparison.Ordinal);
        Assert.Equal(refusals, _bot.Teams.Refusals.Count);
    }

    [Fact]
    public async Task What_waits_for_a_Teams_that_was_switched_off_is_given_up_with_the_reason()
    {
        var thread = await _bot.DeclareAsync();
        await _bot.SayAsync("@IncidentBot incident resolve rolled back", thread: thread);
        await _bot.RestartAsync(("Teams:MicrosoftAppId", ""), ("Teams:MicrosoftAppPassword", ""), ("Teams:MicrosoftAppTenantId", ""), ("Teams:TokenUrl", ""));
        await _bot.DeliverAsync();

        var left = await _bot.Services.GetRequiredService<IncidentStore>().ReadAsync(db => db.Outbox.Where(m => m.State != OutboxState.Sent).ToListAsync(), CancellationToken.None);
        Assert.NotEmpty(left);
        Assert.All(left, m => Assert.Equal((OutboxState.Dead, "The platform teams is not configured."), (m.State, m.Error)));
    }

    [Fact]
    public async Task A_bot_that_is_added_again_says_hello_again_and_once()
    {
        var own = _bot.Teams.AddPersonal(_bot.Maria);
        foreach (var days in new[] { 0, 1, 2 })
        {
            _bot.Clock.Advance(TimeSpan.FromDays(days));
            await AddAsync("installationUpdate");
            _bot.Clock.Advance(TimeSpan.FromMinutes(days * 4));
            await AddAsync("conversationUpdate");
        }
        await _bot.DeliverAsync();

        Assert.Equal(3, own.Messages.Count);

        async Task AddAsync(string type)
        {
            var activity = _bot.NewActivity(type, own, _bot.Maria, null, _bot.Teams.NextId());
            if (type == "installationUpdate")
                activity["action"] = "add";
            else
                activity["membersAdded"] = new JsonArray(new JsonObject { ["id"] = FakeTeams.BotId });
            Assert.Equal(200, (await _bot.SendAsync(activity, _bot.Token)).Status);
        }
    }

    [Fact]
    public async Task What_was_asked_for_in_vain_is_not_kept()
    {
        var conversations = _bot.Services.GetRequiredService<TeamsConversations>();
        Assert.Null(await conversations.FindFileAsync("a", "b", CancellationToken.None));
        await _bot.Services.GetRequiredService<IncidentStore>().WriteAsync(
            async db =>
            {
                db.Add(new PlatformState(TeamsName, "file:a:b", "\"1\""));
                return await db.SaveChangesAsync();
            },
            CancellationToken.None);

        Assert.Equal("1", await conversations.FindFileAsync("a", "b", CancellationToken.None));
    }

    private const string TeamsName = IncidentBot.Teams.TeamsPlatform.PlatformName;

    private async Task SendRemovalAsync(string type)
    {
        var activity = _bot.NewActivity(type, _bot.Channel, _bot.Maria, null, _bot.Teams.NextId());
        if (type == "installationUpdate")
            activity["action"] = "remove";
        else
            activity["membersRemoved"] = new JsonArray(new JsonObject { ["id"] = FakeTeams.BotId });
        Assert.Equal(200, (await _bot.SendAsync(activity, _bot.Token)).Status);
        Assert.Contains(_bot.Log, l => l.Contains("The bot was removed from a conversation of Teams", StringComparison.Ordinal));
    }
}
