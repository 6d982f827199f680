using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Slack;

/// <summary>What leaves through the outbox while Slack limits, fails and forgets to answer.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private RunningSlackBot _bot = null!;
    private FakeChannel _room = null!;

    public async Task InitializeAsync()
    {
        _bot = await RunningSlackBot.StartAsync();
        _room = await _bot.DeclareAsync();
    }

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task A_channel_gets_one_message_a_second_in_order()
    {
        for (var i = 0; i < 10; i++)
            await _bot.TypeAsync($"/timeline note step {i}", _room);
        var before = _bot.Slack.CallsOf("chat.postMessage").Count;
        await _bot.DeliverAsync();

        Assert.Equal(Enumerable.Range(0, 10), Steps());
        var calls = _bot.Slack.CallsOf("chat.postMessage").Skip(before).ToList();
        Assert.All(calls.Zip(calls.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(null, 10)]
    public async Task A_pause_that_Slack_asks_for_is_kept_in_that_channel_only(int? retryAfter, int pause)
    {
        var other = await _bot.DeclareAsync("Search is slow");
        await _bot.TypeAsync("/timeline note step 0", _room);
        await _bot.TypeAsync("/timeline note step 1", _room);
        await _bot.TypeAsync("/timeline note step 2", other);
        _bot.Slack.FailNext("chat.postMessage", SlackFault.TooManyRequests(retryAfter is { } s ? TimeSpan.FromSeconds(s) : null), c => c["channel"] == _room.Id);
        await _bot.DeliverAsync();

        Assert.Empty(Steps());
        Assert.Contains(other.Messages, m => m.Text.Contains("step 2", StringComparison.Ordinal));
        var calls = _bot.Slack.CallsOf("chat.postMessage").Count;
        _bot.Clock.Advance(TimeSpan.FromSeconds(pause / 2));
        await _bot.DeliverAsync();
        Assert.Equal(calls, _bot.Slack.CallsOf("chat.postMessage").Count);
        _bot.Clock.Advance(TimeSpan.FromSeconds(pause));
        await _bot.DeliverAsync();
        Assert.Equal([0, 1], Steps());
    }

    public static TheoryData<SlackFault> Transient => new()
    {
        SlackFault.HttpStatus(500), SlackFault.HttpStatus(503), SlackFault.Reset, SlackFault.AnswerLost, SlackFault.Truncated,
        SlackFault.Refused("internal_error"), SlackFault.Refused("ratelimited"), SlackFault.Refused("service_unavailable"),
        SlackFault.Refused("org_login_required"), SlackFault.HttpStatus(403), SlackFault.HttpStatus(404), SlackFault.HttpStatus(407), SlackFault.HttpStatus(408),
    };

    [Theory]
    [MemberData(nameof(Transient), DisableDiscoveryEnumeration = true)]
    public async Task After_a_fault_everything_is_there_once_and_in_order(SlackFault fault)
    {
        for (var i = 0; i < 4; i++)
            await _bot.TypeAsync($"/timeline note step {i}", _room);
        _bot.Slack.FailNext("chat.postMessage", fault, c => c["text"]!.Contains("step 1", StringComparison.Ordinal));
        await _bot.DeliverAsync();
        _bot.Clock.Advance(TimeSpan.FromSeconds(15));
        await _bot.DeliverAsync();

        Assert.Equal([0, 1, 2, 3], Steps());
    }

    [Fact]
    public async Task A_Slack_that_does_not_answer_is_given_up_after_ten_seconds_and_asked_again()
    {
        await _bot.TypeAsync("/timeline note step 0", _room);
        foreach (var fault in new[] { SlackFault.Hanging(), SlackFault.Stalled() })
        {
            _bot.Slack.FailNext("chat.postMessage", fault);
            var sending = _bot.DeliverAsync();
            await fault.Reached;
            _bot.Clock.Advance(TimeSpan.FromSeconds(11));
            await sending;
            _bot.Clock.Advance(TimeSpan.FromSeconds(10));
        }
        await _bot.DeliverAsync();

        // The second one was posted before its answer stalled.
        Assert.Equal([0], Steps());
    }

    [Fact]
    public async Task A_draft_of_several_parts_of_which_one_was_lost_is_completed()
    {
        await _bot.TypeAsync("/incident cause " + string.Join(' ', Enumerable.Repeat("The column was dropped too early.", 600)), _room);
        await _bot.TypeAsync("/incident resolve rolled back", _room);
        var posts = 0;
        _bot.Slack.FailNext("chat.postMessage", SlackFault.AnswerLost, c => c["text"]!.Contains("column was dropped", StringComparison.Ordinal) && ++posts == 2);
        await _bot.DeliverAsync();
        _bot.Clock.Advance(TimeSpan.FromSeconds(15));
        await _bot.DeliverAsync();

        var parts = _room.Messages.Where(m => m.Content["metadata"]?["event_payload"]?["key"] is not null).Select(m => m.Content["metadata"]!["event_payload"]!["key"]!.ToString()).ToList();
        Assert.Equal(parts.Distinct(), parts);
        Assert.Equal(2, posts);

        // Now shorter: what is left over points to where it went.
        await _bot.TypeAsync("/incident cause A column was dropped too early.", _room);
        await _bot.DeliverAsync();
        Assert.Contains(_room.Messages, m => m.Text == "Now part of the message above.");
        Assert.Single(_room.Messages, m => m.Json.Contains("Issue summary", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_found_again_behind_all_that_was_said_since()
    {
        await _bot.TypeAsync("/timeline note step 0", _room);
        _bot.Slack.FailNext("chat.postMessage", SlackFault.AnswerLost);
        await _bot.DeliverAsync();
        for (var i = 0; i < 500; i++)
            _bot.Workspace.Say(_room, RunningSlackBot.Li, "Any news?");
        _bot.Clock.Advance(TimeSpan.FromSeconds(15));
        await _bot.DeliverAsync();

        Assert.Equal([0], Steps());
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_not_looked_for_among_all_that_was_said_before()
    {
        for (var i = 0; i < 500; i++)
            _bot.Workspace.Say(_room, RunningSlackBot.Li, "What happened?");
        // Longer than Slack's clock may be behind.
        _bot.Clock.Advance(TimeSpan.FromMinutes(2));
        await _bot.TypeAsync("/timeline note step 0", _room);
        _bot.Slack.FailNext("chat.postMessage", SlackFault.HttpStatus(503));
        await _bot.DeliverAsync();
        _bot.Clock.Advance(TimeSpan.FromSeconds(15));
        await _bot.DeliverAsync();

        Assert.Equal([0], Steps());
        Assert.Single(_bot.Slack.CallsOf("conversations.history"));
    }

    [Fact]
    public async Task What_was_sent_while_the_database_took_nothing_is_not_sent_once_more()
    {
        await _bot.TypeAsync("/timeline note step 0", _room);

        await _bot.DeliverWithoutMarkingAsync();
        await _bot.DeliverWithoutMarkingAsync();
        await _bot.DeliverAsync();

        Assert.Equal([0], Steps());
    }

    [Fact]
    public async Task A_draft_is_given_as_a_file_once_also_when_that_was_not_answered()
    {
        await _bot.TypeAsync("/incident resolve rolled back", _room);
        _bot.Slack.FailNext("files.completeUploadExternal", SlackFault.AnswerLost);
        await _bot.DeliverAsync();
        _bot.Clock.Advance(TimeSpan.FromSeconds(15));
        await _bot.DeliverAsync();

        Assert.Single(_room.Files);
    }

    [Fact]
    public async Task A_draft_that_says_more_is_given_as_a_file_again_though_the_one_before_is_just_above()
    {
        await _bot.TypeAsync("/incident resolve rolled back", _room);
        await _bot.DeliverAsync();
        await _bot.PressAsync("""{"command":"/incident cause A column was dropped too early."}""", _room);
        await _bot.PressAsync("""{"command":"/incident postmortem"}""", _room);
        _bot.Slack.FailNext("files.completeUploadExternal", SlackFault.HttpStatus(503));
        await _bot.DeliverAsync();
        _bot.Clock.Advance(TimeSpan.FromSeconds(15));
        await _bot.DeliverAsync();

        Assert.Equal(2, _room.Files.Count);
        Assert.Contains("dropped too early", _room.Files[1].Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_message_is_posted_although_the_bot_may_not_look_for_the_first()
    {
        await _bot.TypeAsync("/timeline note step 0", _room);
        _bot.Slack.FailNext("chat.postMessage", SlackFault.HttpStatus(503));
        _bot.Slack.FailNext("conversations.history", SlackFault.Refused("missing_scope", "channels:history"));
        await _bot.DeliverAsync();
        _bot.Clock.Advance(TimeSpan.FromSeconds(15));
        await _bot.DeliverAsync();

        Assert.Equal([0], Steps());
        Assert.Contains(_bot.Logged.Lines, l => l.Contains("is not looked for, so it may be there twice", StringComparison.Ordinal) && l.Contains("channels:history", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_of_a_draft_that_somebody_deleted_stays_away_and_the_others_follow()
    {
        await _bot.TypeAsync("/incident cause " + string.Join(' ', Enumerable.Repeat("The column was dropped too early.", 600)), _room);
        await _bot.TypeAsync("/incident resolve rolled back", _room);
        await _bot.DeliverAsync();
        var draft = _room.Messages.FindIndex(m => m.Json.Contains("Issue summary", StringComparison.OrdinalIgnoreCase));
        _room.Messages.RemoveAt(draft + 1);
        var posted = _bot.Slack.CallsOf("chat.postMessage").Count(c => c["text"]!.Contains("Issue summary", StringComparison.OrdinalIgnoreCase));

        await _bot.TypeAsync("/incident fix Added the column again.", _room);
        await _bot.DeliverAsync();

        Assert.Equal(posted, _bot.Slack.CallsOf("chat.postMessage").Count(c => c["text"]!.Contains("Issue summary", StringComparison.OrdinalIgnoreCase)));
        Assert.All(_room.Messages.Skip(draft).Take(2), m => Assert.True(m.Updates > 0));
    }

    [Theory]
    [InlineData("message_not_found")]
    [InlineData("cant_update_message")]
    [InlineData("edit_window_closed")]
    public async Task A_status_card_that_is_gone_or_takes_no_change_is_posted_again_and_followed(string why)
    {
        _room.Messages.RemoveAt(0);
        _bot.Slack.FailNext("chat.update", SlackFault.Refused(why));
        await _bot.TypeAsync("/incident severity sev1", _room);
        await _bot.DeliverAsync();

        var card = Assert.Single(_room.Messages, m => m.Json.Contains("*Impact began*", StringComparison.Ordinal));
        await _bot.TypeAsync("/incident status identified", _room);
        await _bot.DeliverAsync();
        Assert.Equal(1, card.Updates);
        Assert.Contains("identified", card.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_card_that_is_posted_again_is_pinned_again_and_not_posted_once_more_for_that()
    {
        _room.Messages.RemoveAt(0);
        _bot.Slack.FailNext("pins.add", SlackFault.HttpStatus(503));
        await _bot.TypeAsync("/incident severity sev1", _room);
        await _bot.DeliverAsync();
        _bot.Clock.Advance(TimeSpan.FromSeconds(15));
        await _bot.DeliverAsync();

        var card = Assert.Single(_room.Messages, m => m.Json.Contains("*Impact began*", StringComparison.Ordinal));
        Assert.Equal(card.Ts, _room.Pins[^1]);
    }

    private IEnumerable<int> Steps() => _room.Messages
        .Where(m => m.Text.Contains("step ", StringComparison.Ordinal))
        .Select(m => m.Text[m.Text.IndexOf("step ", StringComparison.Ordinal) + 5] - '0');
}
