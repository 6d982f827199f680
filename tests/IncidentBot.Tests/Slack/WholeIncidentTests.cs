using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Tests.Slack;

public sealed class WholeIncidentTests
{
    [Fact]
    public async Task An_incident_is_worked_on_by_slash_commands_from_its_start_to_the_draft()
    {
        await using var bot = await RunningSlackBot.StartAsync(("Slack:AnnouncementChannel", "status"), ("IncidentBot:PublicUrl", "https://bot.example"));
        var status = bot.Workspace.AddChannel("status", hasBot: false);

        var started = await bot.TypeAsync("/incident start sev2 Checkout answers 500 --service checkout");
        Assert.Equal(200, started.Status);
        Assert.Equal("ephemeral", started.Json!["response_type"]!.ToString());
        Assert.StartsWith("INC-1 is declared as sev2.", started.Text, StringComparison.Ordinal);
        await bot.DeliverAsync();

        var room = bot.Workspace.Channel("inc-1-checkout-answers-500");
        Assert.Contains(RunningSlackBot.Maria, room.Members);
        Assert.Equal("INC-1 sev2 investigating: Checkout answers 500", room.Topic);
        Assert.Matches("^https://bot[.]example/incidents/1/[A-Za-z0-9_-]{22}$", Assert.Single(room.Bookmarks)["link"]!.ToString());
        var card = room.Messages[0];
        Assert.Equal([card.Ts], room.Pins);
        var announcement = Assert.Single(status.Messages);
        Assert.Contains($"<#{room.Id}>", announcement.Text, StringComparison.Ordinal);

        await bot.TypeAsync("/incident detected at 09:12 UTC by monitoring error-rate alert fired", room);
        await bot.TypeAsync("/incident impact --users 30% customers see an error page", room);
        await bot.TypeAsync("/timeline hypothesis the last release broke it", room);
        await bot.TypeAsync("/timeline misleading restarted the payment gateway, errors went on", room);
        await bot.TypeAsync($"/incident escalate <@{RunningSlackBot.Li}|li> knows the database", room);
        await bot.TypeAsync("/incident ack", room, RunningSlackBot.Li);
        await bot.TypeAsync("/incident status identified", room);
        await bot.TypeAsync("/incident update Half of the servers are back", room);
        var resolved = await bot.TypeAsync("/incident resolve rolled the release back", room);
        Assert.StartsWith("INC-1 is resolved", resolved.Text, StringComparison.Ordinal);
        await bot.DeliverAsync();

        Assert.Contains(RunningSlackBot.Li, room.Members);
        Assert.Single(bot.Workspace.Modals);
        Assert.True(card.Updates > 0);
        Assert.Contains("resolved", card.Json, StringComparison.Ordinal);
        Assert.Contains(status.Messages, m => m.Text.Contains("Half of the servers are back", StringComparison.Ordinal));
        Assert.Contains(status.Messages, m => m.Text.Contains("INC-1 is resolved", StringComparison.Ordinal));
        var draft = Assert.Single(room.Messages, m => m.Json.Contains("Issue summary", StringComparison.OrdinalIgnoreCase));
        var file = Assert.Single(room.Files);
        Assert.Equal("postmortem-1.md", file.Name);
        Assert.Contains("rolled the release back", file.Content, StringComparison.Ordinal);

        await bot.TypeAsync("/incident cause a column was dropped while the old release still read it", room);
        await bot.DeliverAsync();

        Assert.Equal(1, draft.Updates);
        Assert.Contains("a column was dropped", draft.Json, StringComparison.Ordinal);
        var incident = await bot.ReadAsync();
        Assert.Equal(
            [EntryKind.Declared, EntryKind.Detected, EntryKind.Impact, EntryKind.Hypothesis, EntryKind.Misleading, EntryKind.Escalated, EntryKind.Acknowledged, EntryKind.Status, EntryKind.Update, EntryKind.Resolved],
            incident.Entries.OrderBy(e => e.Number).Select(e => e.Kind));
    }

    [Fact]
    public async Task Whoever_asks_for_an_incident_gets_the_link_of_its_page_and_the_card_has_none()
    {
        await using var bot = await RunningSlackBot.StartAsync(("IncidentBot:PublicUrl", "https://bot.example"));
        var room = await bot.DeclareAsync();

        var page = $"https://bot.example/incidents/1/{(await bot.ReadAsync()).Incident.PageKey}";
        Assert.Contains(page, (await bot.TypeAsync("/incident show INC-1")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(room.Messages, m => m.Json.Contains(page, StringComparison.Ordinal));
    }
}
