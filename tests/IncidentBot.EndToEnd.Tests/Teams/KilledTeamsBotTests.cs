namespace IncidentBot.EndToEnd.Tests.Teams;

/// <summary>SIGKILL right after an acknowledgement, as an out-of-memory killer does it.</summary>
[Collection(AloneCollection.Name)]
public sealed class KilledTeamsBotTests
{
    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_posted_after_it_without_anything_being_heard_from_Teams_again()
    {
        await using var session = await TeamsSession.StartAsync();
        var status = await session.DeclareAsync();
        await session.Bot.DrainOutboxAsync();

        await session.SayAsync("timeline note restarted the gateway", status.Id);
        await session.Bot.KillAsync();
        await session.Bot.StartAgainAsync();

        await session.FindAsync("restarted the gateway", status.Id);
        await session.Bot.DrainOutboxAsync();
        Assert.Empty(session.Refusals);
    }
}
