using IncidentBot.Incidents.Chat;
using IncidentBot.Teams.Connector;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Teams;

public sealed class ConversationPaceTests
{
    private readonly SteppedTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 14, 0, TimeSpan.Zero));

    [Fact]
    public async Task Every_limit_of_a_conversation_is_kept_and_none_is_wasted()
    {
        var pace = new ConversationPace(_clock);
        var turns = new List<DateTimeOffset>();
        for (var i = 0; i < 200; i++)
            turns.Add(await TakeAsync(pace, "a"));

        foreach (var (most, seconds) in new[] { (7, 1), (8, 2), (60, 30) })
            Assert.All(turns.Zip(turns.Skip(most)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(seconds)));
        Assert.InRange(turns[^1] - turns[0], TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(105));
    }

    [Fact]
    public async Task A_tenant_has_thirty_a_second_however_many_conversations_there_are()
    {
        var pace = new ConversationPace(_clock);
        var turns = new List<DateTimeOffset>();
        for (var i = 0; i < 100; i++)
            turns.Add(await TakeAsync(pace, "c" + i));

        Assert.All(turns.Zip(turns.Skip(30)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_conversation_that_waits_holds_up_no_other()
    {
        var pace = new ConversationPace(_clock);
        // As many as go in a second, and the clock stands still.
        for (var i = 0; i < 7; i++)
            (await pace.TakeAsync("a", "t", CancellationToken.None)).Dispose();
        var waiting = pace.TakeAsync("a", "t", CancellationToken.None);

        for (var i = 0; i < 20; i++)
            Assert.True(pace.TakeAsync("c" + i, "t", CancellationToken.None).IsCompletedSuccessfully);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task After_1800_messages_in_an_hour_the_outbox_is_told_when_to_come_again()
    {
        var pace = new ConversationPace(_clock);
        var first = _clock.GetUtcNow();
        for (var i = 0; i < 1800; i++)
            await TakeAsync(pace, "a");

        _clock.Advance(TimeSpan.FromSeconds(30));
        var told = await Assert.ThrowsAsync<ChatPlatformException>(() => pace.TakeAsync("a", "t", CancellationToken.None));
        Assert.True(told.IsTransient);
        Assert.Equal(first.AddHours(1), _clock.GetUtcNow() + told.RetryAfter);
    }

    [Fact]
    public async Task Who_would_wait_longer_than_two_seconds_makes_way_unless_something_is_begun()
    {
        var pace = new ConversationPace(_clock);
        for (var i = 0; i < 60; i++)
            await TakeAsync(pace, "a");

        var told = await Assert.ThrowsAsync<ChatPlatformException>(() => pace.TakeAsync("a", "t", CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(5)));
        var begun = pace.TakeAsync("a", "t", CancellationToken.None, isBegun: true);
        Assert.True(told.IsTransient && told.RetryAfter > TimeSpan.FromSeconds(2));
        Assert.False(begun.IsCompleted);
        _clock.Advance(told.RetryAfter!.Value);
        await begun.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Conversations_where_nothing_was_sent_for_an_hour_are_forgotten()
    {
        var pace = new ConversationPace(_clock);
        for (var i = 0; i < 20; i++)
            await TakeAsync(pace, "c" + i);
        using var lasting = await pace.TakeAsync("lasting", "t", CancellationToken.None);

        _clock.Advance(TimeSpan.FromMinutes(61));
        await TakeAsync(pace, "a");

        Assert.Equal(3, pace.Count);
    }

    [Fact]
    public async Task A_turn_counts_from_when_its_call_was_answered()
    {
        var pace = new ConversationPace(_clock);
        var slow = await pace.TakeAsync("a", "t", CancellationToken.None);
        for (var i = 0; i < 6; i++)
            await TakeAsync(pace, "a");
        _clock.Advance(TimeSpan.FromSeconds(2));
        slow.Dispose();
        for (var i = 0; i < 6; i++)
            Assert.True(pace.TakeAsync("a", "t", CancellationToken.None).IsCompleted);
        Assert.False(pace.TakeAsync("a", "t", CancellationToken.None).IsCompleted);
    }

    private async Task<DateTimeOffset> TakeAsync(ConversationPace pace, string conversation)
    {
        var turn = pace.TakeAsync(conversation, "t", CancellationToken.None, isBegun: true);
        while (!turn.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            // Whoever waited goes on, or waits again, before more time passes.
            while (!turn.IsCompleted && !_clock.HasTimers)
                await Task.Yield();
        }
        (await turn).Dispose();
        return _clock.GetUtcNow();
    }
}
