using IncidentBot.Incidents.Store;
using IncidentBot.Tests.Fakes.Teams;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentBot.Tests.Teams;

/// <summary>Where an incident is worked on: a thread of its own in a channel, or the chat where it was declared.</summary>
public sealed class RoomsTests
{
    private const string Status = "19:status@thread.tacv2";

    [Fact]
    public async Task The_room_is_a_new_thread_that_begins_with_the_status_card_which_is_kept_up_to_date_in_place()
    {
        await using var bot = await RunningTeamsBot.StartWholeAsync();
        var asked = await bot.SayAsync("@IncidentBot incident start sev2 Checkout answers 500");
        await bot.DeliverAsync();
        var thread = FakeConversation.ThreadOf((await bot.ReadAsync()).Incident.Room!.Id)!;

        await bot.SayAsync("@IncidentBot incident severity sev1", thread: thread);
        await bot.SayAsync("@IncidentBot incident status identified", thread: thread);
        await bot.DeliverAsync();

        var card = bot.Channel.Thread(thread)[0];
        Assert.Contains("Impact began", card.Text, StringComparison.Ordinal);
        Assert.Contains("identified", card.Text, StringComparison.Ordinal);
        Assert.Single(bot.Channel.Messages, m => m.Text.Contains("Impact began", StringComparison.Ordinal));
        var link = $"https://teams.microsoft.com/l/message/{Uri.EscapeDataString(bot.Channel.Id)}/{thread}?tenantId={FakeLogin.TenantId}&groupId=11111111-2222-3333-4444-555555555555&parentMessageId={thread}";
        Assert.Contains(bot.Channel.Thread(asked), m => m.Text.Contains($"[#inc-1]({link})", StringComparison.Ordinal));
        Assert.Empty(bot.Teams.Refusals);
    }

    [Fact]
    public async Task A_configured_channel_gets_the_thread_also_when_nothing_was_heard_from_there()
    {
        await using var bot = await RunningTeamsBot.StartWholeAsync(("Teams:AnnouncementConversation", Status));
        var status = bot.Teams.AddChannel("status");
        var asked = await bot.SayAsync("@IncidentBot incident start sev2 Checkout answers 500");
        await bot.DeliverAsync();

        var thread = FakeConversation.ThreadOf((await bot.ReadAsync()).Incident.Room!.Id)!;
        Assert.Equal(thread, status.Thread(thread)[0].Id);
        Assert.Contains("Impact began", status.Thread(thread)[0].Text, StringComparison.Ordinal);
        Assert.Contains(bot.Channel.Thread(asked), m => m.Text.Contains("l/message/" + Uri.EscapeDataString(Status), StringComparison.Ordinal));

        await bot.SayAsync("@IncidentBot timeline note rolled back", status, bot.Li, thread);
        await bot.DeliverAsync();
        Assert.Contains(status.Thread(thread), m => m.Text.Contains("rolled back", StringComparison.Ordinal));
        Assert.Empty(bot.Teams.Refusals);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_incident_of_a_chat_is_worked_on_in_the_chat(bool isPrivate)
    {
        await using var bot = await RunningTeamsBot.StartWholeAsync();
        var chat = bot.Teams.AddGroupChat("night-shift");
        await bot.SayAsync("@IncidentBot incident start sev2 Checkout answers 500" + (isPrivate ? " --private" : ""), chat);
        await bot.SayAsync("@IncidentBot incident status identified", chat);
        await bot.DeliverAsync();

        Assert.Equal(chat.Id, (await bot.ReadAsync()).Incident.Room!.Id);
        var card = Assert.Single(chat.Messages, m => m.Text.Contains("Impact began", StringComparison.Ordinal));
        Assert.Contains("identified", card.Text, StringComparison.Ordinal);
        Assert.Empty(bot.Channel.Messages);
        Assert.Empty(bot.Teams.Refusals);
    }

    [Fact]
    public async Task An_incident_of_the_chat_with_the_bot_gets_its_thread_in_the_configured_channel_unless_it_is_private()
    {
        await using var bot = await RunningTeamsBot.StartWholeAsync(("Teams:AnnouncementConversation", Status));
        var status = bot.Teams.AddChannel("status");
        var own = bot.Teams.AddPersonal(bot.Maria);
        await bot.SayAsync("incident start sev2 Checkout answers 500", own);
        await bot.DeliverAsync();
        await bot.SayAsync("incident start sev1 Leaked keys --private", own);
        await bot.SayAsync("incident update The keys are revoked", own);
        await bot.DeliverAsync();

        Assert.Contains(status.Messages, m => m.Text.Contains("Checkout answers 500", StringComparison.Ordinal));
        Assert.Equal(own.Id, (await bot.ReadAsync(2)).Incident.Room!.Id);
        Assert.DoesNotContain(status.Messages, m => m.Text.Contains("keys", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(own.Messages, m => m.Text.Contains("INC-2 Leaked keys", StringComparison.Ordinal));
        Assert.Empty(bot.Teams.Refusals);
    }

    [Fact]
    public async Task A_private_incident_is_not_declared_in_a_channel_and_the_person_reads_why()
    {
        await using var bot = await RunningTeamsBot.StartWholeAsync();
        var asked = await bot.SayAsync("@IncidentBot incident start sev1 Leaked keys --private");
        await bot.DeliverAsync();

        var answer = bot.Channel.Thread(asked)[^1].Text;
        Assert.StartsWith("Everybody in a channel of Teams reads its threads.", answer, StringComparison.Ordinal);
        Assert.Equal(2, bot.Channel.Messages.Count);
        Assert.Equal(0, await bot.Services.GetRequiredService<IncidentStore>().ReadAsync(db => Task.FromResult(db.Incidents.Count()), CancellationToken.None));
    }

    [Fact]
    public async Task A_status_card_that_somebody_deleted_is_posted_again_and_followed()
    {
        await using var bot = await RunningTeamsBot.StartWholeAsync();
        var thread = await bot.DeclareAsync();
        bot.Channel.Delete(bot.Channel.Thread(thread)[0]);
        await bot.SayAsync("@IncidentBot incident severity sev1", thread: thread);
        await bot.DeliverAsync();

        var card = Assert.Single(bot.Channel.Thread(thread), m => m.Text.Contains("Impact began", StringComparison.Ordinal));
        await bot.SayAsync("@IncidentBot incident status identified", thread: thread);
        await bot.DeliverAsync();
        Assert.Equal(1, card.Updates);
        Assert.Contains("identified", card.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_writes_where_the_bot_may_not_gets_the_answer_in_private_with_the_reason()
    {
        await using var bot = await RunningTeamsBot.StartWholeAsync();
        bot.Channel.Refusal = "MessageWritesBlocked";
        await bot.SayAsync("@IncidentBot incident start sev2 Checkout answers 500");
        await bot.DeliverAsync();

        var own = Assert.Single(bot.Teams.Conversations.Values, c => c.Type == "personal");
        var answer = Assert.Single(own.Messages).Text;
        Assert.Contains("INC-1 is declared as sev2", answer, StringComparison.Ordinal);
        Assert.Contains("The bot could not answer where you wrote to it. Teams does not let the bot write into that conversation (MessageWritesBlocked)", answer, StringComparison.Ordinal);

        // The incident can be worked on from there.
        await bot.SayAsync("incident INC-1 severity sev1", own);
        await bot.DeliverAsync();
        Assert.Contains(own.Messages, m => m.Text.Contains("Recorded as #2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_no_thread_can_be_made_the_work_goes_on_where_the_incident_was_declared_and_the_reason_is_told_there()
    {
        await using var bot = await RunningTeamsBot.StartWholeAsync(("Teams:AnnouncementConversation", Status));
        bot.Teams.AddChannel("status").Refusal = "BotNotInConversationRoster";
        var asked = await bot.SayAsync("@IncidentBot incident start sev2 Checkout answers 500");
        await bot.DeliverAsync();

        var texts = RunningTeamsBot.TextsIn(bot.Channel, asked);
        Assert.Contains(texts, t => t.Contains("The incident has no room of its own. The bot is not in that conversation in Teams. Add the app", StringComparison.Ordinal));
        Assert.Contains(texts, t => t.Contains("Impact began", StringComparison.Ordinal));
        await bot.SayAsync("@IncidentBot timeline note looked at the logs", thread: asked);
        await bot.DeliverAsync();
        Assert.Equal(2, (await bot.ReadAsync()).Entries.Count);
    }
}
