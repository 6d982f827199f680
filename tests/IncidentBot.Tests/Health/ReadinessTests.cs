using IncidentBot.Tests.Fakes;
using IncidentBot.Tests.Slack;

namespace IncidentBot.Tests.Health;

/// <summary>What <c>/healthz/ready</c> says of the chat platforms.</summary>
public sealed class ReadinessTests : IAsyncLifetime
{
    private RunningSlackBot _bot = null!;

    public async Task InitializeAsync() => _bot = await RunningSlackBot.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task All_is_well_in_one_line_a_check()
    {
        await _bot.DeclareAsync();

        Assert.Equal((200, "text/plain", "store: Healthy\nslack: Healthy: nothing waits to be sent\n"), await AskAsync());
    }

    [Fact]
    public async Task A_platform_that_takes_nothing_shows_with_what_waits_and_why_and_the_bot_stays_in_service()
    {
        var room = await _bot.DeclareAsync();
        _bot.Slack.FailAlways("chat.postMessage", SlackFault.Refused("invalid_auth"));
        for (var i = 0; i < 3; i++)
        {
            await _bot.TypeAsync("/timeline note waits", room);
            await _bot.DeliverAsync();
        }

        var (status, _, text) = await AskAsync();

        Assert.Equal(200, status);
        Assert.StartsWith(
            "store: Healthy\nslack: Degraded: 3 messages wait since 2026-03-02 09:16 UTC: Slack refused chat.postMessage: Slack:BotToken is not valid (invalid_auth).",
            text,
            StringComparison.Ordinal);

        _bot.Slack.Recover();
        _bot.Clock.Advance(TimeSpan.FromMinutes(10));
        await _bot.DeliverAsync();
        Assert.Equal((200, "text/plain", "store: Healthy\nslack: Healthy: nothing waits to be sent\n"), await AskAsync());
    }

    [Fact]
    public async Task What_was_given_up_is_counted_with_its_last_fault()
    {
        var room = await _bot.DeclareAsync();
        _bot.Slack.FailNext("chat.postMessage", SlackFault.Refused("is_archived"));
        await _bot.TypeAsync("/timeline note lost", room);
        await _bot.DeliverAsync();

        var (status, _, text) = await AskAsync();

        Assert.Equal(200, status);
        Assert.Equal(
            "store: Healthy\nslack: Healthy: 1 message was given up, the last one at 2026-03-02 09:16 UTC: Slack refused chat.postMessage: the channel is archived.\n", text);
    }

    private async Task<(int Status, string? ContentType, string Text)> AskAsync()
    {
        using var answer = await _bot.Http.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }
}
