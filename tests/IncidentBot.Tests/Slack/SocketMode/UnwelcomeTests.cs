namespace IncidentBot.Tests.Slack.SocketMode;

/// <summary>A Slack that does not want the connection: when the bot tries again, and when it does not.</summary>
public sealed class UnwelcomeTests : IAsyncLifetime
{
    private static readonly TimeSpan LongerThanAPause = TimeSpan.FromSeconds(2.5);

    private FakeSocketMode _slack = null!;

    public async Task InitializeAsync() => _slack = await FakeSocketMode.StartAsync();

    public async Task DisposeAsync() => await _slack.DisposeAsync();

    [Fact]
    public async Task Sockets_that_end_at_once_are_not_opened_in_a_rush()
    {
        _slack.HangsUpAfterHello = true;
        await using var bot = await SocketModeBot.StartAsync(_slack);

        await Task.Delay(LongerThanAPause);

        Assert.InRange(_slack.CountCalls("apps.connections.open"), 1, 4);
    }

    [Fact]
    public async Task A_socket_without_a_hello_is_given_up()
    {
        _slack.SaysHello = false;
        await using var bot = await SocketModeBot.StartAsync(_slack);
        var silent = await _slack.NextAsync();
        Assert.False((await bot.ReadinessAsync()).IsReady);
        _slack.SaysHello = true;

        await silent.Closed.WaitAsync(TimeSpan.FromSeconds(25));
        await _slack.NextAsync();
        await bot.BecomesReadyAsync();
    }

    [Fact]
    public async Task Too_many_websockets_are_not_answered_with_yet_another_one()
    {
        await using var bot = await SocketModeBot.StartAsync(_slack);
        var socket = await _slack.NextAsync();

        await socket.SendAsync(new { type = "disconnect", reason = "too_many_websockets" });
        await socket.CloseAsync();

        await bot.BecomesUnreadyAsync();
        await Task.Delay(LongerThanAPause);
        Assert.Equal(1, _slack.CountCalls("apps.connections.open"));
    }

    [Fact]
    public async Task Socket_Mode_that_was_switched_off_is_told_and_tried_again()
    {
        await using var bot = await SocketModeBot.StartAsync(_slack);
        var socket = await _slack.NextAsync();

        await socket.SendAsync(new { type = "disconnect", reason = "link_disabled" });
        await socket.CloseAsync();

        await bot.SaysAsync("Socket Mode was switched off on the app's page");
        await _slack.NextAsync();
        await bot.BecomesReadyAsync();
    }

    [Theory]
    [InlineData("not_authed", "Slack:AppToken")]
    [InlineData("invalid_auth", "Slack:AppToken")]
    [InlineData("account_inactive", "switched off")]
    [InlineData("user_removed_from_team", "switched off")]
    [InlineData("team_disabled", "switched off")]
    public async Task A_fault_that_another_try_cannot_mend_ends_Socket_Mode_with_a_clear_word(string error, string word)
    {
        _slack.OpenError = error;
        await using var bot = await SocketModeBot.StartAsync(_slack, connections: 2);

        await bot.SaysAsync("Critical: Socket Mode stops for good");
        Assert.Single(bot.Log, l => l.StartsWith("Critical", StringComparison.Ordinal));

        var calls = _slack.CountCalls("apps.connections.open");
        var (isReady, text) = await bot.ReadinessAsync();
        Assert.False(isReady);
        Assert.Contains(error, text, StringComparison.Ordinal);
        Assert.Contains(word, text, StringComparison.Ordinal);
        await Task.Delay(LongerThanAPause);
        Assert.InRange(_slack.CountCalls("apps.connections.open"), 1, Math.Max(2, calls));
        Assert.DoesNotContain(bot.Log, l => l.Contains("very-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_keeps_every_slot_from_connecting_is_told_once()
    {
        _slack.OpenError = "internal_error";
        await using var bot = await SocketModeBot.StartAsync(_slack, connections: 3);

        await SocketModeBot.HappensAsync("the slots try again", () => Task.FromResult(_slack.CountCalls("apps.connections.open") > 4));

        Assert.Single(bot.Log, l => l.StartsWith("Warning: No connection to Slack", StringComparison.Ordinal));
        Assert.Contains("socket mode: Unhealthy: no connection to Slack: Slack refused apps.connections.open: internal_error.", (await bot.ReadinessAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_died_without_a_word_is_noticed_and_replaced()
    {
        _slack.IsDeaf = true;
        await using var bot = await SocketModeBot.StartAsync(_slack);
        await _slack.NextAsync();
        await bot.BecomesReadyAsync();
        _slack.OpenError = "internal_error";
        _slack.IsDeaf = false;

        await SocketModeBot.HappensAsync("the silence is noticed", async () => !(await bot.ReadinessAsync()).IsReady, TimeSpan.FromSeconds(45));

        _slack.OpenError = null;
        await _slack.NextAsync();
        await bot.BecomesReadyAsync();
    }
}
