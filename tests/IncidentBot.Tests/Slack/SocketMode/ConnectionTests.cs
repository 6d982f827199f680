using IncidentBot.Slack;

namespace IncidentBot.Tests.Slack.SocketMode;

/// <summary>How sockets come and go, and what the readiness probe says meanwhile.</summary>
public sealed class ConnectionTests : IAsyncLifetime
{
    private FakeSocketMode _slack = null!;

    public async Task InitializeAsync() => _slack = await FakeSocketMode.StartAsync();

    public async Task DisposeAsync() => await _slack.DisposeAsync();

    [Fact]
    public async Task Two_sockets_are_open_unless_configured_otherwise()
    {
        Assert.Equal(2, new SlackOptions().Connections);
        await using var bot = await SocketModeBot.StartAsync(_slack, connections: 2);

        await _slack.NextAsync();
        await _slack.NextAsync();

        await SocketModeBot.HappensAsync("both said hello", async () => (await bot.ReadinessAsync()).Text.Contains("2 connections to Slack", StringComparison.Ordinal));
        await Task.Delay(300);
        Assert.Equal(2, _slack.Open.Count);
        Assert.DoesNotContain(bot.Log, l => l.Contains("another process", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    [InlineData("a_reason_of_the_future")]
    public async Task Ahead_of_a_close_a_new_socket_is_open_before_the_old_one_ends_and_both_are_answered(string reason)
    {
        await using var bot = await SocketModeBot.StartAsync(_slack);
        var old = await _slack.NextAsync();
        await old.AskAsync(Envelopes.Declare());

        await old.SendAsync(new { type = "disconnect", reason, debug_info = new { host = "applink-1" } });
        var replacement = await _slack.NextAsync();

        Assert.False(old.Closed.IsCompleted);
        Assert.Equal("late", (await old.AskAsync(Envelopes.Note("over the old one", "late"))).GetProperty("envelope_id").GetString());
        Assert.Equal("new", (await replacement.AskAsync(Envelopes.Note("over the new one", "new"))).GetProperty("envelope_id").GetString());
        Assert.True((await bot.ReadinessAsync()).IsReady);
        await old.CloseAsync();
        await old.Closed.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True((await bot.ReadinessAsync()).IsReady);
        Assert.Single(_slack.Open);
        Assert.Equal(["over the old one", "over the new one"], (await bot.TimelineAsync()).Where(t => t.StartsWith("over", StringComparison.Ordinal)));
        Assert.DoesNotContain(bot.Log, l => l.Contains("another process", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_socket_that_Slack_never_closes_after_its_warning_is_closed_by_the_bot()
    {
        await using var bot = await SocketModeBot.StartAsync(_slack);
        var old = await _slack.NextAsync();

        await old.SendAsync(new { type = "disconnect", reason = "refresh_requested" });
        await _slack.NextAsync();

        await old.Closed.WaitAsync(TimeSpan.FromSeconds(25));
        Assert.Single(_slack.Open);
    }

    [Fact]
    public async Task When_the_connection_breaks_the_bot_is_not_ready_until_it_has_another()
    {
        await using var bot = await SocketModeBot.StartAsync(_slack);
        var socket = await _slack.NextAsync();
        await bot.BecomesReadyAsync();

        _slack.OpenError = "internal_error";
        socket.Abort();

        await bot.BecomesUnreadyAsync();
        Assert.Contains("no connection to Slack", (await bot.ReadinessAsync()).Text, StringComparison.Ordinal);
        await SocketModeBot.HappensAsync("it tries again", () => Task.FromResult(_slack.CountCalls("apps.connections.open") > 3));
        _slack.OpenError = null;
        var next = await _slack.NextAsync();
        await bot.BecomesReadyAsync();
        Assert.Equal("e-1", (await next.AskAsync(Envelopes.Command("/incident", "help", "e-1"))).GetProperty("envelope_id").GetString());
    }

    [Fact]
    public async Task One_of_two_sockets_may_break_without_anybody_noticing()
    {
        await using var bot = await SocketModeBot.StartAsync(_slack, connections: 2);
        var first = await _slack.NextAsync();
        var second = await _slack.NextAsync();
        await SocketModeBot.HappensAsync("both said hello", async () => (await bot.ReadinessAsync()).Text.Contains("2 connections", StringComparison.Ordinal));

        first.Abort();

        Assert.Equal("e-1", (await second.AskAsync(Envelopes.Command("/incident", "help", "e-1"))).GetProperty("envelope_id").GetString());
        Assert.True((await bot.ReadinessAsync()).IsReady);
        await _slack.NextAsync();
    }

    [Fact]
    public async Task Somebody_else_on_the_same_token_is_told()
    {
        _slack.Strangers = 1;
        await using var bot = await SocketModeBot.StartAsync(_slack, connections: 2);

        await bot.SaysAsync("The app has 3 sockets open, and this bot only 2: another process uses the same Slack:AppToken");
    }

    [Fact]
    public async Task What_is_under_way_is_answered_before_the_bot_stops()
    {
        await using var bot = await SocketModeBot.StartAsync(_slack);
        var socket = await _slack.NextAsync();
        await socket.AskAsync(Envelopes.Declare());
        var people = new TaskCompletionSource();
        _slack.PeopleAnswer = people.Task;
        // Somebody of whom the bot has not heard yet, so that it has to ask.
        await socket.SendAsync(Envelopes.Command("/timeline", "note escalated to <@U77>", "last"));
        await SocketModeBot.HappensAsync("the bot asks who that is", () => Task.FromResult(_slack.CountCalls("users.info") > 1));

        var stopping = bot.StopAsync();
        await Task.Delay(100);
        people.SetResult();

        Assert.Equal("last", (await socket.AnswerAsync()).GetProperty("envelope_id").GetString());
        await socket.Closed.WaitAsync(TimeSpan.FromSeconds(10));
        await stopping;
        // With the name, or on a slow machine the id.
        Assert.Contains(await bot.TimelineAsync(), text => text.StartsWith("escalated to @", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_comes_while_the_socket_is_closed_is_not_begun()
    {
        await using var bot = await SocketModeBot.StartAsync(_slack);
        var socket = await _slack.NextAsync();
        await socket.AskAsync(Envelopes.Declare());
        var people = new TaskCompletionSource();
        _slack.PeopleAnswer = people.Task;
        await socket.SendAsync(Envelopes.Command("/timeline", "note escalated to <@U77>", "first"));
        await SocketModeBot.HappensAsync("the bot asks who that is", () => Task.FromResult(_slack.CountCalls("users.info") > 1));

        var stopping = bot.StopAsync();
        await bot.SaysAsync("A socket to Slack is closed once 1 envelopes are answered");
        await socket.SendAsync(Envelopes.Note("too late", "second"));
        await bot.SaysAsync("An envelope was not acknowledged: the socket is about to be closed");
        people.SetResult();

        Assert.Equal("first", (await socket.AnswerAsync()).GetProperty("envelope_id").GetString());
        await stopping;
        Assert.False(socket.HasAnswer);
        Assert.DoesNotContain("too late", await bot.TimelineAsync());
    }

    [Fact]
    public async Task What_follows_an_answer_does_not_hold_up_the_end_of_its_socket()
    {
        await using var bot = await SocketModeBot.StartAsync(_slack);
        var socket = await _slack.NextAsync();
        var people = new TaskCompletionSource();
        _slack.PeopleAnswer = people.Task;
        await socket.AskAsync(Envelopes.HomeOpened());
        await SocketModeBot.HappensAsync("the bot asks whose it is", () => Task.FromResult(_slack.CountCalls("users.info") > 0));

        var stopping = bot.StopAsync();

        await bot.SaysAsync("A socket to Slack is closed once 0 envelopes are answered");
        people.SetResult();
        await stopping;
    }
}
