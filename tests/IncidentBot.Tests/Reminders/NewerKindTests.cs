using IncidentBot.Tests.Fakes;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Tests.Reminders;

/// <summary>A newer version of the bot wrote a reminder of a kind of its own, and was then taken back.</summary>
public sealed class NewerKindTests
{
    [Fact]
    public async Task It_waits_for_the_newer_version_and_the_others_come()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev1 Checkout is down");
        await chat.Store.WriteAsync(
            db => db.Database.ExecuteSqlRawAsync(
                "INSERT INTO Reminders (Id, Kind, IncidentNumber, Subject, DueAt, State, CreatedAt, Attempts) VALUES (99, 'Birthday', 1, 0, '2026-03-02 09:16:00', 'Waiting', '2026-03-02 09:15:00', 0)"),
            CancellationToken.None);

        // As a trigger of the newer version would.
        Assert.Null(await chat.Reminders.FireAsync(99, CancellationToken.None));
        await chat.PassAsync(TimeSpan.FromHours(1));

        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.Contains("takeholders of INC-1", StringComparison.Ordinal));
        Assert.Equal("Waiting 0", await chat.Store.ReadAsync(
            db => db.Database.SqlQueryRaw<string>("SELECT State || ' ' || Attempts AS Value FROM Reminders WHERE Id = 99").SingleAsync(), CancellationToken.None));
    }
}
