using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Tests.Fakes;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Tests.Outbox;

public sealed class OutboxTests
{
    [Fact]
    public async Task What_was_typed_appears_in_the_room_in_order()
    {
        await using var chat = await StartedAsync();
        for (var i = 1; i <= 100; i++)
            await chat.TypeAsync("maria", $"/timeline note number {i}");

        await chat.DeliverAsync();

        var notes = chat.Platform.TextsIn("inc-1").Where(t => t.StartsWith("Note", StringComparison.Ordinal)).Select(t => t.Split('\n')[0]);
        Assert.Equal(Enumerable.Range(1, 100).Select(i => $"Note number {i}"), notes);
    }

    [Fact]
    public async Task The_same_request_delivered_five_times_at_once_counts_once_and_gets_one_answer()
    {
        await using var chat = await StartedAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(
            _ => chat.Dispatcher.HandleAsync(chat.Message("maria", "/timeline note once", key: "same"), CancellationToken.None)));
        await chat.DeliverAsync();

        Assert.Single((await chat.ReadAsync()).Entries, e => e.Text == "once");
        Assert.Single(answers.Select(a => a.Message.ToPlainText()).Distinct());
        Assert.Single(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("Note once", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_passing_fault_keeps_the_order_and_loses_nothing()
    {
        await using var chat = await StartedAsync();
        await chat.DeliverAsync();
        await chat.TypeAsync("maria", "/timeline note first");
        await chat.TypeAsync("maria", "/timeline note second");
        chat.Platform.FailNext(new ChatPlatformException("try later", isTransient: true, TimeSpan.FromSeconds(30)));

        await chat.DeliverAsync();
        Assert.DoesNotContain(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("Note", StringComparison.Ordinal));
        chat.Time.Advance(TimeSpan.FromSeconds(29));
        await chat.DeliverAsync();
        Assert.DoesNotContain(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("Note", StringComparison.Ordinal));
        chat.Time.Advance(TimeSpan.FromSeconds(2));
        await chat.DeliverAsync();

        Assert.Equal(["Note first", "Note second"], chat.Platform.TextsIn("inc-1").Where(t => t.StartsWith("Note", StringComparison.Ordinal)).Select(t => t.Split('\n')[0]));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(7, 7)]
    [InlineData(300, 30)]
    public async Task A_room_in_the_making_is_waited_for_ever_less_often_and_that_is_no_try(int age, int pause)
    {
        await using var chat = await StartedAsync();
        await chat.DeliverAsync();
        await chat.TypeAsync("maria", "/timeline note waits");
        chat.Time.Advance(TimeSpan.FromSeconds(age));
        chat.Platform.FailNext(new ChatPlatformException("not yet", isTransient: true) { AwaitsRoom = true });

        await chat.DeliverAsync();

        await using var db = chat.Store.Read();
        var message = await db.Outbox.SingleAsync(m => m.State == OutboxState.Pending);
        Assert.Equal((0, chat.Time.GetUtcNow() + TimeSpan.FromSeconds(pause)), (message.Attempts, message.NotBefore!.Value));
    }

    [Fact]
    public async Task A_message_that_the_platform_will_never_take_does_not_hold_up_the_others()
    {
        await using var chat = await StartedAsync();
        await chat.DeliverAsync();
        await chat.TypeAsync("maria", "/timeline note first");
        await chat.TypeAsync("maria", "/timeline note second");
        chat.Platform.FailNext(new ChatPlatformException("never", isTransient: false));

        await chat.DeliverAsync();

        Assert.Single(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("Note second", StringComparison.Ordinal));
        await using var db = chat.Store.Read();
        var dead = await db.Outbox.SingleAsync(m => m.State == OutboxState.Dead);
        Assert.Equal("never", dead.Error);
    }

    [Fact]
    public async Task A_platform_that_is_down_for_a_day_gets_everything_afterwards()
    {
        await using var chat = await StartedAsync();
        await chat.DeliverAsync();
        await chat.TypeAsync("maria", "/timeline note waits");
        for (var i = 0; i < 300; i++)
        {
            chat.Platform.FailNext(new ChatPlatformException("down", isTransient: true));
            await chat.DeliverAsync();
            chat.Time.Advance(TimeSpan.FromMinutes(7));
        }

        await chat.DeliverAsync();

        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("Note waits", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_delivered_long_ago_is_forgotten_and_what_was_recorded_is_not()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/timeline note kept");
        await chat.DeliverAsync();
        chat.Time.Advance(TimeSpan.FromDays(8));
        var housekeeping = new Incidents.Store.Housekeeping(chat.Store, chat.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<Incidents.Store.Housekeeping>.Instance);

        Assert.True(await housekeeping.CleanAsync(CancellationToken.None) > 0);
        Assert.Equal(0, await housekeeping.CleanAsync(CancellationToken.None));

        await using var db = chat.Store.Read();
        Assert.Equal((0, 0), (await db.Inbox.CountAsync(), await db.Outbox.CountAsync()));
        Assert.Equal(2, (await chat.ReadAsync()).Entries.Count);
    }

    [Fact]
    public async Task A_slow_room_does_not_hold_up_another()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Second");
        await chat.DeliverAsync();
        chat.Platform.FailNext(new ChatPlatformException("busy", isTransient: true, TimeSpan.FromHours(1)));
        await chat.TypeAsync("maria", "/timeline INC-1 note waits");
        await chat.DeliverAsync();

        await chat.TypeAsync("maria", "/timeline INC-2 note goes");
        await chat.DeliverAsync();

        Assert.Contains(chat.Platform.TextsIn("inc-2"), t => t.StartsWith("Note goes", StringComparison.Ordinal));
        Assert.DoesNotContain(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("Note waits", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_status_card_is_one_message_that_follows_the_incident()
    {
        await using var chat = await StartedAsync();
        await chat.DeliverAsync();
        await chat.TypeAsync("maria", "/incident severity sev1");
        await chat.TypeAsync("maria", "/incident role commander @li");
        await chat.DeliverAsync();

        var card = Assert.Single(chat.Platform.Messages, m => m.Message.ToPlainText().Contains("Impact began", StringComparison.Ordinal));
        Assert.Contains("Severity: sev1", card.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("Commander: @li", card.Message.ToPlainText(), StringComparison.Ordinal);
        // Two changes that wait together are one update.
        Assert.Equal(1, card.Updates);
    }

    private static async Task<TestChat> StartedAsync()
    {
        var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        return chat;
    }
}
