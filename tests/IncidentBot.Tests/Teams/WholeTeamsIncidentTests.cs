using IncidentBot.Incidents;
using IncidentBot.Tests.Fakes.Teams;

namespace IncidentBot.Tests.Teams;

/// <summary>An outage from the first word to the draft, as people in a channel of Teams see it.</summary>
public sealed class WholeTeamsIncidentTests : IAsyncLifetime
{
    private RunningTeamsBot _bot = null!;

    public async Task InitializeAsync() => _bot = await RunningTeamsBot.StartWholeAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task An_incident_is_worked_on_in_a_thread_of_its_own_until_its_draft_is_there()
    {
        var asked = await _bot.SayAsync("@IncidentBot incident start sev2 Checkout answers 500 --service checkout --at 10:05 Europe/Berlin");
        await _bot.DeliverAsync();

        var incident = (await _bot.ReadAsync()).Incident;
        var thread = FakeConversation.ThreadOf(incident.Room!.Id)!;
        Assert.NotEqual(asked, thread);
        var card = _bot.Channel.Thread(thread)[0];
        Assert.Contains("Checkout answers 500", card.Json, StringComparison.Ordinal);
        Assert.Contains(_bot.Channel.Thread(asked), m => m.Json.Contains("INC-1 is declared as sev2", StringComparison.Ordinal));

        await _bot.SayAsync("@IncidentBot incident detected at 10:12 by monitoring error-rate alert fired", thread: thread);
        await _bot.SayAsync("@IncidentBot incident impact --users 30% customers cannot pay", thread: thread);
        await _bot.SayAsync("@IncidentBot timeline misleading restarted the payment gateway, errors went on", by: _bot.Li, thread: thread);
        await _bot.SayAsync("@IncidentBot incident resolve rolled back the release", thread: thread);
        await _bot.DeliverAsync();

        Assert.Contains("resolved", card.Json, StringComparison.Ordinal);
        Assert.True(card.Updates > 0);
        var snapshot = await _bot.ReadAsync();
        Assert.Equal(IncidentStatus.Resolved, snapshot.Incident.Status);
        Assert.Equal(["Maria Garcia", "Maria Garcia", "Maria Garcia", "Li Wei", "Maria Garcia"], snapshot.Entries.Select(e => e.Author.Name));
        var messages = _bot.Channel.Thread(thread);
        Assert.Contains(messages, m => m.Json.Contains("Issue summary", StringComparison.Ordinal));
        Assert.Contains(messages, m => m.Content["text"]?.ToString().StartsWith("postmortem-1.md", StringComparison.Ordinal) == true);
        Assert.Empty(_bot.Teams.Refusals);
    }
}
