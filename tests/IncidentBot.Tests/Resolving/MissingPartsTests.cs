using IncidentBot.Incidents;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Tests.Fakes;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Tests.Resolving;

/// <summary>Commands wait for whoever asks what is missing, so that reads no more than it needs.</summary>
public sealed class MissingPartsTests
{
    [Fact]
    public async Task What_is_missing_is_told_without_reading_the_timeline()
    {
        await using var chat = await TestChat.StartAsync();
        chat.Platform.AnnouncementConversation = new Conversation(chat.Platform.Name, "announcements");
        await chat.Reminders.PrepareAsync(CancellationToken.None);
        await chat.TypeAsync("maria", "/incident start sev4 Checkout is down");
        await chat.TypeAsync("maria", "/incident role commander @li");
        await chat.TypeAsync("maria", "/incident resolve rolled back");
        await chat.DeliverAsync();
        await chat.Store.WriteAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Entries RENAME TO Gone"), CancellationToken.None);

        var moved = await chat.TypeAsync("maria", "/incident due 2026-03-20", room: "inc-1");
        var waived = await chat.TypeAsync("maria", "/incident waive cause nobody knows", room: "inc-1");
        chat.Time.Advance(TimeSpan.FromHours(2));
        var due = await chat.Store.ReadAsync(db => db.Reminders.Where(r => r.State == ReminderState.Waiting).ToListAsync(), CancellationToken.None);
        var asked = due.Single(r => r.Kind == ReminderKind.MissingParts);
        await chat.Reminders.FireAsync(asked.Id, CancellationToken.None);
        var prompt = await chat.Reminders.ComposeAsync(asked.Id, CancellationToken.None);
        var digest = await chat.Reminders.ComposeAsync(due.Single(r => r.Kind == ReminderKind.Digest).Id, CancellationToken.None);

        Assert.Equal((false, false), (moved.IsRefused, waived.IsRefused));
        Assert.StartsWith("@li, the postmortem of INC-1 lacks the fix, the impact and the tasks.", prompt!.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("INC-1 Checkout is down: the fix, the impact, the tasks", digest!.ToPlainText(), StringComparison.Ordinal);
    }
}
