using IncidentBot.Tests.Fakes.Teams;

namespace IncidentBot.Tests.Teams;

/// <summary>What leaves through the outbox while Teams limits, fails and forgets to answer.</summary>
public sealed class DeliveryToTeamsTests : IAsyncLifetime
{
    private RunningTeamsBot _bot = null!;
    private string _thread = "";

    public async Task InitializeAsync()
    {
        _bot = await RunningTeamsBot.StartWholeAsync();
        _thread = await _bot.DeclareAsync();
    }

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task Many_messages_are_sent_as_fast_as_Teams_takes_them_and_in_order()
    {
        await NoteAsync(0, 80);
        var begun = _bot.Clock.GetUtcNow();
        while (Steps().Count() < 80)
        {
            await _bot.DeliverAsync();
            _bot.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_bot.Clock.GetUtcNow() - begun, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        Assert.Equal(Enumerable.Range(0, 80), Steps());
        Assert.Empty(_bot.Teams.Refusals);
    }

    [Fact]
    public async Task Many_conversations_at_once_are_no_more_than_the_tenant_may_have()
    {
        var chats = Enumerable.Range(0, 45).Select(n => _bot.Teams.AddGroupChat($"chat-{n}")).ToList();
        foreach (var chat in chats)
            await _bot.SayAsync("@IncidentBot help", chat);
        await _bot.DeliverAsync();

        Assert.All(chats, c => Assert.Equal(2, c.Messages.Count));
        Assert.Empty(_bot.Teams.Refusals);
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(null, 1)]
    [InlineData(0, 1)]
    public async Task A_pause_that_Teams_asks_for_is_kept_in_that_conversation_only(int? retryAfter, int pause)
    {
        var chat = _bot.Teams.AddGroupChat("night-shift");
        await NoteAsync(0, 2);
        await _bot.SayAsync("@IncidentBot help", chat);
        _bot.Teams.FailNext(new TeamsFault(429, "Throttled", retryAfter is { } s ? TimeSpan.FromSeconds(s) : null), c => c.Method == "POST" && c.Path[0].StartsWith(_bot.Channel.Id, StringComparison.Ordinal));
        var before = _bot.Teams.Calls.Count;
        await _bot.DeliverAsync();

        Assert.Equal(2, chat.Messages.Count);
        Assert.Empty(Steps());
        var calls = _bot.Teams.Calls.Count;
        Assert.True(calls - before < 5);
        _bot.Clock.Advance(TimeSpan.FromSeconds(pause / 2.0));
        await _bot.DeliverAsync();
        Assert.Equal(calls, _bot.Teams.Calls.Count);
        _bot.Clock.Advance(TimeSpan.FromSeconds(pause));
        await _bot.DeliverAsync();
        Assert.Equal([0, 1], Steps());
    }

    public static TheoryData<TeamsFault> Transient => new()
    {
        new TeamsFault(408), new TeamsFault(412, "PreconditionFailed"), new TeamsFault(429), new TeamsFault(500, "ServiceError"), new TeamsFault(502, "ServiceError"), new TeamsFault(503), new TeamsFault(504), TeamsFault.Reset,
    };

    [Theory]
    [MemberData(nameof(Transient), DisableDiscoveryEnumeration = true)]
    public async Task After_a_fault_everything_is_there_once_and_in_order(TeamsFault fault)
    {
        await NoteAsync(0, 4);
        _bot.Teams.FailNext(fault, c => c.Body.ToJsonString().Contains("step 1", StringComparison.Ordinal));
        _bot.Teams.FailNext(fault, c => c.Method == "PUT");
        await DeliverSlowlyAsync();

        Assert.True(fault.IsTaken);
        Assert.Equal([0, 1, 2, 3], Steps());
        Assert.Single(_bot.Channel.Messages, m => m.Text.Contains("Impact began", StringComparison.Ordinal));
    }

    /// <summary>Teams knows no key by which a repeated message could be told.</summary>
    [Fact]
    public async Task Only_the_message_whose_answer_was_lost_is_there_twice()
    {
        await NoteAsync(0, 4);
        _bot.Teams.FailNext(TeamsFault.AnswerLost, c => c.Body.ToJsonString().Contains("step 1", StringComparison.Ordinal));
        await DeliverSlowlyAsync();

        Assert.Equal([0, 1, 1, 2, 3], Steps());
    }

    [Theory]
    [InlineData("""{"id":"17""")]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"id":""}""")]
    [InlineData("")]
    public async Task A_message_that_Teams_took_is_not_sent_again_though_the_answer_makes_no_sense(string answer)
    {
        await NoteAsync(0, 3);
        var fault = _bot.Teams.FailNext(TeamsFault.Answered(answer), c => c.Method == "POST" && c.Body.ToJsonString().Contains("step 1", StringComparison.Ordinal));
        await DeliverSlowlyAsync();

        Assert.True(fault.IsTaken);
        Assert.Equal([0, 1, 2], Steps());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task A_thread_that_is_made_without_an_id_is_told_as_what_it_is_and_not_made_again(string answer)
    {
        var fault = _bot.Teams.FailNext(TeamsFault.Answered(answer), c => c.Path.Length == 0);
        await _bot.SayAsync("@IncidentBot incident start sev2 Search is slow");
        await DeliverSlowlyAsync();

        Assert.True(fault.IsTaken);
        Assert.Single(_bot.Teams.Calls, c => c.Path.Length == 0 && c.Body.ToJsonString().Contains("INC-2", StringComparison.Ordinal));
        Assert.Contains(_bot.Log, line => line.Contains("Teams' answer to POST v3/conversations could not be read.", StringComparison.Ordinal));
        Assert.DoesNotContain(_bot.Log, line => line.Contains(nameof(NullReferenceException), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_thread_whose_making_was_not_answered_the_second_one_is_the_room()
    {
        var fault = _bot.Teams.FailNext(TeamsFault.AnswerLost, c => c.Path.Length == 0);
        await _bot.SayAsync("@IncidentBot incident start sev2 Search is slow");
        await DeliverSlowlyAsync();

        Assert.True(fault.IsTaken);
        var cards = _bot.Channel.Messages.Where(m => m.Text.StartsWith("INC-2 Search is slow", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, cards.Count);
        Assert.Equal(cards[1].Id, FakeConversation.ThreadOf((await _bot.ReadAsync(2)).Incident.Room!.Id));
        Assert.Single(_bot.Channel.Thread(cards[0].Id));
        Assert.True(_bot.Channel.Thread(cards[1].Id).Count > 1);
    }

    [Fact]
    public async Task What_was_sent_while_the_database_took_nothing_is_not_sent_once_more()
    {
        await NoteAsync(0, 1);

        await _bot.DeliverWithoutMarkingAsync();
        await _bot.DeliverWithoutMarkingAsync();
        await _bot.DeliverAsync();

        Assert.Equal([0], Steps());
    }

    [Fact]
    public async Task A_draft_that_was_given_while_the_database_took_nothing_is_brought_up_to_date_later()
    {
        await _bot.SayAsync("@IncidentBot incident resolve rolled back", thread: _thread);

        await _bot.DeliverWithoutMarkingAsync();
        await _bot.DeliverWithoutMarkingAsync();
        await _bot.DeliverAsync();

        Assert.Single(_bot.Channel.Messages, m => m.Text.StartsWith("postmortem-1.md", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_thread_that_was_made_while_the_database_took_nothing_is_the_room()
    {
        await _bot.SayAsync("@IncidentBot incident start sev2 Search is slow");

        await _bot.DeliverWithoutMarkingAsync();
        await _bot.DeliverAsync();

        Assert.Single(_bot.Channel.Messages, m => m.Text.StartsWith("INC-2 Search is slow", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_others_talk_too_a_text_that_names_a_command_names_the_bot_as_it_is_called_there()
    {
        await _bot.SayAsync("@IncidentBot timeline note", thread: _thread, change: a => a["recipient"]!["name"] = "Pager of Operations");
        await _bot.DeliverAsync();

        Assert.Contains("@Pager of Operations incident", _bot.Channel.Thread(_thread)[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Teams_that_does_not_answer_is_given_up_after_fifteen_seconds_and_asked_again()
    {
        await NoteAsync(0, 1);
        var fault = _bot.Teams.FailNext(TeamsFault.Hanging, c => c.Method == "POST");
        var sending = _bot.DeliverAsync();
        await fault.Reached;
        _bot.Clock.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal(1, _bot.Teams.InFlight);
        _bot.Clock.Advance(TimeSpan.FromSeconds(2));
        await sending;
        await DeliverSlowlyAsync();

        Assert.Equal([0], Steps());
    }

    [Fact]
    public async Task A_token_that_Teams_refuses_before_its_end_is_replaced()
    {
        _bot.Login.RevokedTokens = 1;
        await NoteAsync(0, 2);
        await DeliverSlowlyAsync();

        Assert.Equal([0, 1], Steps());
        Assert.Equal(2, _bot.Login.TokenRequests.Count);
        Assert.Single(_bot.Teams.Refusals);
    }

    [Fact]
    public async Task What_waits_for_a_right_secret_is_sent_once_there_is_one()
    {
        _bot.Clock.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < 3; i++)
            _bot.Login.FailNextToken(i == 0 ? 503 : 401, """{"error":"invalid_client","error_codes":[7000215]}""");
        await NoteAsync(0, 2);
        for (var i = 0; i < 3; i++)
        {
            await _bot.DeliverAsync();
            Assert.Empty(Steps());
            _bot.Clock.Advance(TimeSpan.FromSeconds(15));
        }
        await _bot.DeliverAsync();

        Assert.Equal([0, 1], Steps());
        Assert.Contains(_bot.Log, l => l.Contains("AADSTS7000215", StringComparison.Ordinal) && l.Contains("is tried again", StringComparison.Ordinal));
        Assert.DoesNotContain(_bot.Log, l => l.Contains(FakeLogin.Secret, StringComparison.Ordinal) || l.Contains("bot-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_slow_Teams_slows_nobody_who_writes_to_the_bot()
    {
        await NoteAsync(0, 1);
        var fault = _bot.Teams.FailNext(TeamsFault.Hanging);
        var sending = _bot.DeliverAsync();
        await fault.Reached;

        // Time stands still: an answer that waited for Teams would never come.
        await NoteAsync(1, 1).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(3, (await _bot.ReadAsync()).Entries.Count);
        fault.Release();
        await sending;
        await DeliverSlowlyAsync();
        Assert.Equal([0, 1], Steps());
    }

    private IEnumerable<int> Steps() => _bot.Channel.Thread(_thread)
        .Where(m => m.Content["from"]!["id"]!.ToString() == FakeTeams.BotId && m.Text.Contains("step ", StringComparison.Ordinal))
        .Select(m => int.Parse(m.Text[(m.Text.IndexOf("step ", StringComparison.Ordinal) + 5)..].Split('\n', ' ')[0], System.Globalization.CultureInfo.InvariantCulture));

    private async Task NoteAsync(int first, int count)
    {
        for (var i = first; i < first + count; i++)
            await _bot.SayAsync($"@IncidentBot timeline note step {i}", thread: _thread);
    }

    private async Task DeliverSlowlyAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            await _bot.DeliverAsync();
            _bot.Clock.Advance(TimeSpan.FromSeconds(40));
        }
    }
}
