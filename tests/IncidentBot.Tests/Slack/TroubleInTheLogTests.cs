using IncidentBot.Incidents.Outbox;
using IncidentBot.Tests.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Tests.Slack;

/// <summary>A Slack that is away fills no log: one line says what is the matter, and how it is mended.</summary>
public sealed class TroubleInTheLogTests
{
    [Fact]
    public async Task A_room_in_the_making_is_waited_for_quietly()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Slack.FailAlways("conversations.create", SlackFault.HttpStatus(503));
        await bot.TypeAsync("/incident start sev2 Checkout answers 500");
        for (var i = 0; i < 3; i++)
        {
            await bot.DeliverAsync();
            bot.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await using var db = bot.Store.Read();
        var announcement = await db.Outbox.SingleAsync(m => m.Conversation != null);
        Assert.Equal((OutboxState.Pending, 0), (announcement.State, announcement.Attempts));
        Assert.Contains(bot.LoggedAt(LogLevel.Debug), l => l.Contains("for the room of INC-1", StringComparison.Ordinal));
        Assert.DoesNotContain(bot.LoggedAt(LogLevel.Warning), l => l.Contains("not there yet", StringComparison.Ordinal));
        Assert.Single(bot.LoggedAt(LogLevel.Warning), l => l.Contains("http_503", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_that_lasts_is_told_once_in_one_line_and_seldom_after_that()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        var room = await bot.DeclareAsync();
        bot.Slack.FailAlways("chat.postMessage", SlackFault.Reset);
        await bot.TypeAsync("/timeline note waits", room);
        for (var i = 0; i < 8; i++)
        {
            await bot.DeliverAsync();
            bot.Clock.Advance(TimeSpan.FromMinutes(7));
        }

        var line = Assert.Single(bot.LoggedAt(LogLevel.Warning), l => l.Contains("tried again", StringComparison.Ordinal));
        Assert.Contains("Slack did not answer chat.postMessage: ", line, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", line, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", line, StringComparison.Ordinal);
        Assert.InRange(bot.LoggedAt(LogLevel.Information).Count(l => l.Contains("waits since 2026-03-02 09:16", StringComparison.Ordinal)), 2, 4);

        bot.Slack.Recover();
        bot.Slack.FailNext("chat.postMessage", SlackFault.Refused("invalid_auth"));
        await bot.DeliverAsync();
        Assert.Single(bot.LoggedAt(LogLevel.Warning), l => l.Contains("tried again", StringComparison.Ordinal) && l.Contains("invalid_auth", StringComparison.Ordinal));
    }

    [Fact]
    public async Task People_whom_Slack_does_not_tell_are_one_line()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        bot.Slack.FailNext("users.info", SlackFault.HttpStatus(500));

        await bot.TypeAsync("/incident list");

        var line = Assert.Single(bot.LoggedAt(LogLevel.Warning), l => l.Contains("who U1 is", StringComparison.Ordinal));
        Assert.EndsWith("Slack did not tell who U1 is: Slack refused users.info: http_500.", line.Split(" in ConnectionId")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid_auth", "Slack:BotToken is not valid (invalid_auth). Copy the Bot User OAuth Token anew")]
    [InlineData(null, "Check this machine's network")]
    public async Task A_token_that_Slack_refuses_and_a_Slack_out_of_reach_are_told_at_the_start(string? code, string says)
    {
        await using var bot = await RunningSlackBot.StartAsync(slack => slack.FailAlways("auth.test", code is null ? SlackFault.Reset : SlackFault.Refused(code)), ("IncidentBot:PublicUrl", "https://bot.example"));

        await RunningSlackBot.UntilAsync(() => bot.LoggedAt(LogLevel.Warning).Count > 0);

        var line = Assert.Single(bot.LoggedAt(LogLevel.Warning));
        Assert.Contains("Nothing can be posted in Slack now", line, StringComparison.Ordinal);
        Assert.Contains(says, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_nobody_knows_the_address_by_which_Slack_calls_is_told_at_the_start()
    {
        await using var bot = await RunningSlackBot.StartAsync();

        await RunningSlackBot.UntilAsync(() => bot.LoggedAt(LogLevel.Warning).Any(l => l.Contains("IncidentBot:PublicUrl is empty", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_rejected_request_says_what_is_wrong_with_it_once_a_minute()
    {
        await using var bot = await RunningSlackBot.StartAsync();
        await SendAsync(signature: "v0=" + new string('0', 64));
        for (var i = 0; i < 3; i++)
            await SendAsync(seconds: -400);
        Assert.Contains("its signature is made with another secret", Assert.Single(Rejections()), StringComparison.Ordinal);

        bot.Clock.Advance(TimeSpan.FromSeconds(61));
        await SendAsync(seconds: -400);
        Assert.Contains("4 requests to Slack URLs were rejected", Rejections()[^1], StringComparison.Ordinal);
        Assert.Contains("it was signed 400 seconds ago", Rejections()[^1], StringComparison.Ordinal);

        bot.Clock.Advance(TimeSpan.FromSeconds(61));
        await SendAsync(seconds: 500);
        Assert.Contains("it was signed 500 seconds in the future", Rejections()[^1], StringComparison.Ordinal);

        bot.Clock.Advance(TimeSpan.FromSeconds(61));
        await SendAsync(signature: "");
        Assert.Contains("it has no signature", Rejections()[^1], StringComparison.Ordinal);
        Assert.Equal(4, Rejections().Count);

        List<string> Rejections() => [.. bot.LoggedAt(LogLevel.Warning).Where(l => l.Contains("rejected", StringComparison.Ordinal))];
        async Task SendAsync(int seconds = 0, string? signature = null) =>
            Assert.Equal(401, (await bot.SendAsync("/slack/events", "{}", "application/json", signature, bot.Clock.GetUtcNow().AddSeconds(seconds))).Status);
    }

    [Fact]
    public async Task A_signed_request_that_cannot_be_read_is_told_without_its_content()
    {
        await using var bot = await RunningSlackBot.StartAsync();

        await bot.SendAsync("/slack/commands", "text=a+secret", "application/x-www-form-urlencoded");

        var line = Assert.Single(bot.LoggedAt(LogLevel.Warning), l => l.Contains("cannot be read", StringComparison.Ordinal));
        Assert.Contains("A request to /slack/commands that Slack signed cannot be read: application/x-www-form-urlencoded, 13 bytes", line, StringComparison.Ordinal);
        Assert.DoesNotContain(bot.Logged.Lines, l => l.Contains("secret", StringComparison.Ordinal) && l.StartsWith("IncidentBot.", StringComparison.Ordinal));
    }
}
