using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.ActionItems;

/// <summary>A reminder of a task that does not reach its owner, or not in time.</summary>
public sealed class TaskReminderTests : IAsyncLifetime
{
    private TestChat _chat = null!;

    public async Task InitializeAsync()
    {
        _chat = await TestChat.StartAsync();
        _chat.Platform.Capabilities |= ChatCapabilities.DirectMessages;
        _chat.Knows("li", "teo");
        _chat.Mentions["databases"] = _chat.Platform.AddGroup("databases", "databases", "li", "teo");
        await _chat.TypeAsync("maria", "/incident start sev4 Checkout is down");
        await _chat.TypeAsync("maria", "/incident resolve");
        await _chat.DeliverAsync();
    }

    public Task DisposeAsync() => _chat.DisposeAsync().AsTask();

    [Theory]
    [InlineData("/incident task owner 1 @teo")]
    [InlineData("/incident task owner 1 @hosting")]
    [InlineData("/incident task not-mine 1")]
    [InlineData("/incident task due 1 2026-03-20")]
    [InlineData("/incident task done 1")]
    public async Task What_is_answered_while_its_reminder_waits_for_the_platform_is_not_asked_any_more(string answer)
    {
        await _chat.TypeAsync("maria", "/incident task alert on connections @li due 2026-03-12", room: "inc-1");
        await LetReminderWaitAsync();

        await _chat.TypeAsync("li", answer, room: "inc-1");
        await DeliverLateAsync();

        Assert.Empty(_chat.Platform.TextsIn("li"));
    }

    [Fact]
    public async Task What_nobody_answered_while_its_reminder_waited_is_asked_for_all_the_same()
    {
        await _chat.TypeAsync("maria", "/incident task alert on connections @li due 2026-03-12", room: "inc-1");
        await LetReminderWaitAsync();

        await _chat.TypeAsync("maria", "/incident cause the release leaked connections", room: "inc-1");
        await DeliverLateAsync();

        Assert.StartsWith("Task 1 of INC-1 is due in 2 days", Assert.Single(_chat.Platform.TextsIn("li")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/incident cause the release leaked connections", 1)]
    [InlineData("/incident task owner 1 @maria", 0)]
    public async Task A_member_of_a_group_is_reminded_late_as_long_as_the_task_is_the_group_s(string typed, int reminders)
    {
        await _chat.TypeAsync("maria", "/incident task alert on connections @databases due 2026-03-12", room: "inc-1");
        await LetReminderWaitAsync();

        await _chat.TypeAsync("maria", typed, room: "inc-1");
        await DeliverLateAsync();

        Assert.Equal((reminders, 1), (_chat.Platform.TextsIn("li").Count, _chat.Platform.TextsIn("teo").Count));
    }

    [Fact]
    public async Task Somebody_of_another_platform_who_has_the_owner_s_id_there_is_not_the_owner()
    {
        await _chat.TypeAsync("maria", "/incident task alert on connections @li due 2026-03-12", room: "inc-1");
        await _chat.TypeAsync("maria", "/incident start sev4 Leaked keys --private");
        await _chat.DeliverAsync();
        await _chat.TypeAsync("maria", "/incident task rotate the keys @li due 2026-03-12", room: "inc-2");

        Assert.StartsWith("Task 1 belongs to @li.", await TypeElsewhereAsync("/incident INC-1 task not-mine 1"), StringComparison.Ordinal);
        Assert.StartsWith("There is no INC-2.", await TypeElsewhereAsync("/incident INC-2 task done 1"), StringComparison.Ordinal);
        Assert.StartsWith("Task 1 of INC-2 is done.", (await _chat.TypeAsync("li", "/incident INC-2 task done 1", room: "li")).Message.ToPlainText(), StringComparison.Ordinal);

        async Task<string> TypeElsewhereAsync(string text) =>
            (await _chat.Dispatcher.HandleAsync(_chat.Message("li", text) with { By = new Person("elsewhere", "li", "li") }, CancellationToken.None)).Message.ToPlainText();
    }

    /// <summary>The first personal message of the morning is held up by the platform.</summary>
    private async Task LetReminderWaitAsync()
    {
        await _chat.PassUntilAsync("2026-03-10T08:59:00Z");
        _chat.Platform.FailNext(new ChatPlatformException("Too much at once.", isTransient: true, TimeSpan.FromHours(2)));
        await _chat.PassUntilAsync("2026-03-10T09:00:00Z");
        await _chat.DeliverAsync();
        Assert.Empty(_chat.Platform.TextsIn("li"));
    }

    private async Task DeliverLateAsync()
    {
        _chat.Time.Advance(TimeSpan.FromHours(3));
        await _chat.DeliverAsync();
    }
}
