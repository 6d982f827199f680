using IncidentBot.Incidents.Chat;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Resolving;

/// <summary>The day by which a postmortem is to be complete; the reminders that follow it are in AfterTheOutageTests.</summary>
public sealed class PostmortemDateTests
{
    [Fact]
    public async Task The_day_is_on_the_card_in_the_list_and_in_the_answer_to_postmortem()
    {
        await using var chat = await ResolvedAsync();

        // The fifth working day after a Monday.
        Assert.Contains("Postmortem due: 2026-03-09", Card(chat), StringComparison.Ordinal);
        Assert.Contains("Checkout is down · since 2026-03-02 09:15 UTC · postmortem due 2026-03-09", await ListAsync(chat), StringComparison.Ordinal);
        Assert.EndsWith("the form asks for what it lacks. It is due on 2026-03-09.", (await chat.TypeAsync("maria", "/incident INC-1 postmortem")).Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_moved_and_the_room_is_told()
    {
        await using var chat = await ResolvedAsync();

        var answer = await chat.TypeAsync("li", "/incident due 2026-03-20", room: "inc-1");
        await chat.DeliverAsync();

        Assert.Equal("The postmortem of INC-1 is now due on 2026-03-20.", answer.Message.ToPlainText());
        Assert.Contains("The postmortem of INC-1 is now due on 2026-03-20.\nby li", chat.Platform.TextsIn("inc-1").Select(t => t.ReplaceLineEndings("\n")));
        Assert.Contains("Postmortem due: 2026-03-20", Card(chat), StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 3, 20), (await chat.ReadAsync()).Incident.PostmortemDueOn);
    }

    [Fact]
    public async Task Once_nothing_is_missing_the_day_is_shown_nowhere_and_cannot_be_moved()
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", "/incident cause a leak", room: "inc-1");
        await chat.TypeAsync("maria", "/incident impact --service checkout --users 30% errors", room: "inc-1");
        await chat.TypeAsync("maria", "/incident waive tasks it is shut down", room: "inc-1");
        await chat.DeliverAsync();
        Assert.Contains("Postmortem due", Card(chat), StringComparison.Ordinal);

        await chat.TypeAsync("maria", "/incident fix rolled back", room: "inc-1");
        await chat.DeliverAsync();

        Assert.DoesNotContain("Postmortem due", Card(chat), StringComparison.Ordinal);
        Assert.DoesNotContain("postmortem due", await ListAsync(chat), StringComparison.Ordinal);
        Assert.DoesNotContain("It is due", (await chat.TypeAsync("maria", "/incident INC-1 postmortem")).Message.ToPlainText(), StringComparison.Ordinal);
        var answer = await chat.TypeAsync("maria", "/incident INC-1 due friday");
        Assert.True(answer.IsRefused);
        Assert.StartsWith("The postmortem of INC-1 lacks nothing any more, so it is due on no day.", answer.Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_task_takes_the_day_from_the_card_when_nothing_else_was_missing()
    {
        await using var chat = await ResolvedAsync();
        foreach (var part in new[] { "cause", "fix", "impact" })
            await chat.TypeAsync("maria", $"/incident waive {part} nobody knows", room: "inc-1");

        await chat.TypeAsync("maria", "/incident task ask them", room: "inc-1");
        await chat.DeliverAsync();

        Assert.DoesNotContain("Postmortem due", Card(chat), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/incident INC-1 reopen it is back", "INC-1 is still open (investigating)")]
    [InlineData("/incident INC-1 cancel a false alarm", "INC-1 was a false alarm, so no postmortem of it is due.")]
    public async Task It_cannot_be_moved_before_the_end_and_for_a_false_alarm(string before, string reason)
    {
        await using var chat = await ResolvedAsync();
        await chat.TypeAsync("maria", "/incident INC-1 reopen");
        await chat.TypeAsync("maria", before);

        var answer = await chat.TypeAsync("maria", "/incident INC-1 due friday");

        Assert.True(answer.IsRefused);
        Assert.StartsWith(reason, answer.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Null((await chat.ReadAsync()).Incident.PostmortemDueOn);
    }

    [Fact]
    public async Task The_day_is_read_where_the_person_is()
    {
        await using var chat = await ResolvedAsync();
        chat.Time.Advance(TimeSpan.FromHours(13));

        // 22:18 UTC on Monday is Tuesday in Auckland.
        await chat.TypeAsync("li", "/incident due tomorrow", room: "inc-1", zone: "Pacific/Auckland");

        Assert.Equal(new DateOnly(2026, 3, 4), (await chat.ReadAsync()).Incident.PostmortemDueOn);
    }

    private static async Task<string> ListAsync(TestChat chat) => (await chat.TypeAsync("maria", "/incident list resolved")).Message.ToPlainText();

    private static string Card(TestChat chat) => chat.Platform.Messages.First(m => m.Room == "inc-1" && m.Message.Blocks.OfType<FieldsBlock>().Any()).Message.ToPlainText();

    private static async Task<TestChat> ResolvedAsync()
    {
        var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        await chat.TypeAsync("maria", "/incident resolve");
        await chat.DeliverAsync();
        return chat;
    }
}
