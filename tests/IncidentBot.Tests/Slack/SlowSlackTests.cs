using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Slack;

/// <summary>Slack gives up on a request after three seconds; a Slack that is slow itself must not bring that about.</summary>
public sealed class SlowSlackTests : IAsyncLifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2.5);

    private RunningSlackBot _bot = null!;

    public async Task InitializeAsync() => _bot = await RunningSlackBot.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task Nobody_waits_for_who_they_are_however_many_are_named()
    {
        var room = await _bot.DeclareAsync();
        _bot.Slack.FailAlways("users.info", SlackFault.Hanging());
        _bot.Slack.FailAlways("usergroups.list", SlackFault.Hanging());

        var mentions = string.Concat(Enumerable.Range(10, 5).Select(n => $" <@U{n}> <!subteam^S{n}>"));
        var answer = await WithinAsync(TimeSpan.FromSeconds(1.5), _bot.TypeAsync("/timeline note looked at it with" + mentions, room, RunningSlackBot.Teo));

        Assert.StartsWith("Recorded as #2", answer.Text, StringComparison.Ordinal);
        var entry = (await _bot.ReadAsync()).Entries[^1];
        Assert.Equal("teo", entry.Author.Name);
        Assert.StartsWith("looked at it with @U10 @S10", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_hangs_is_replaced_by_the_commands_in_time_also_when_the_directory_hung_before()
    {
        _bot.Slack.FailAlways("users.info", SlackFault.Hanging());
        _bot.Slack.FailAlways("views.open", SlackFault.Hanging());

        var answer = await WithinAsync(Longest, _bot.TypeAsync("/incident start"));

        Assert.Contains("/incident start sev2 Checkout answers 500", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shortcut_and_a_button_are_acknowledged_in_time()
    {
        var room = await _bot.DeclareAsync();
        var said = _bot.Workspace.Say(room, RunningSlackBot.Li, "With <@U10> and <@U11>");
        foreach (var method in new[] { "users.info", "auth.test", "views.open", "chat.postEphemeral", "response_url" })
            _bot.Slack.FailAlways(method, SlackFault.Hanging());

        Assert.Equal(200, (await WithinAsync(Longest, _bot.UseShortcutAsync(room, said, RunningSlackBot.Teo))).Status);
        Assert.Equal(200, (await WithinAsync(Longest, _bot.PressAsync("""{"form":{"form_id":"declare"}}""", room, RunningSlackBot.Teo))).Status);
    }

    [Fact]
    public async Task A_reaction_whose_message_hangs_is_asked_for_again_in_time()
    {
        var room = await _bot.DeclareAsync();
        var said = _bot.Workspace.Say(room, RunningSlackBot.Li, "The disk is full");
        _bot.Slack.FailNext("conversations.history", SlackFault.Hanging());

        var answer = await WithinAsync(TimeSpan.FromSeconds(2.6), _bot.ReactAsync(room, said, eventId: "Ev1"));
        Assert.Equal(424, answer.Status);
        Assert.Equal(200, (await _bot.ReactAsync(room, said, eventId: "Ev1")).Status);
        Assert.Equal("The disk is full", (await _bot.ReadAsync()).Entries[^1].Text);
    }

    [Fact]
    public async Task What_follows_an_answer_holds_up_no_other_request_on_that_connection()
    {
        var room = await _bot.DeclareAsync();
        for (var i = 0; i < 30; i++)
            await _bot.TypeAsync("/timeline note " + new string('x', 2000), room);
        var hanging = _bot.Slack.FailNext("response_url", SlackFault.Hanging());

        await _bot.TypeAsync("/timeline show", room);
        await hanging.Reached;

        var other = await _bot.SendEventAsync([]).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(200, other.Status);
        Assert.Equal(1, _bot.Slack.InFlight);
    }

    /// <summary>Lets that time pass once the bot waits for Slack, and wants the answer then.</summary>
    private async Task<SlackAnswer> WithinAsync(TimeSpan patience, Task<SlackAnswer> answer)
    {
        var passed = TimeSpan.Zero;
        var step = TimeSpan.FromSeconds(0.1);
        while (passed < patience && !answer.IsCompleted)
        {
            await RunningSlackBot.UntilAsync(() => answer.IsCompleted || _bot.Slack.InFlight > 0);
            await Task.WhenAny(answer, Task.Delay(20));
            _bot.Clock.Advance(step);
            passed += step;
        }
        return await answer.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
