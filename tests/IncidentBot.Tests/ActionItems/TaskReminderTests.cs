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
}
