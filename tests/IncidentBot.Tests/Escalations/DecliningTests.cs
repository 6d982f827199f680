using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Timeline;
using static IncidentBot.Tests.Escalations.AskingChat;

namespace IncidentBot.Tests.Escalations;

public sealed class DecliningTests
{
    [Fact]
    public async Task Declining_goes_to_the_next_level_at_once_and_who_declined_is_not_asked_again()
    {
        await using var chat = await StartedAsync(new(Checkout) { ["Escalation:Policies:checkout:Rounds"] = "2" });
        await chat.TypeAsync("maria", "/incident escalate @checkout");
        await chat.DeliverAsync();

        var answer = await chat.TypeAsync("li", "/incident INC-1 decline 1 on a plane", room: "li");
        await chat.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal("1 to checkout: @li declined, went to level 2: @teo, @ana", EntryText.Describe((await chat.ReadAsync()).Entries.First(e => e.Kind == EntryKind.FollowUp)).ToPlainText());
        Assert.Contains("@teo, @ana are asked instead", answer.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Single(chat.Platform.TextsIn("li"));
        Assert.Equal(2, chat.Platform.TextsIn("teo").Count);
        var escalation = (await chat.ReadAsync()).Escalations.Single();
        Assert.Equal(EscalationState.Open, escalation.State);
        Assert.Equal([1, 2, 2], escalation.Steps.Select(s => s.Level));
    }

    [Fact]
    public async Task One_of_two_who_declines_before_the_other_one_was_reached_ends_nothing()
    {
        var both = new Dictionary<string, string?>
        {
            ["Escalation:Policies:checkout:Levels:0:Targets:0"] = "local:li",
            ["Escalation:Policies:checkout:Levels:0:Targets:1"] = "local:teo",
        };
        await using var chat = await StartedAsync(both);
        await chat.TypeAsync("maria", "/incident escalate @checkout");

        await chat.TypeAsync("li", "/incident decline on a plane");
        await chat.DeliverAsync();

        Assert.Equal(EscalationState.Open, (await chat.ReadAsync()).Escalations.Single().State);
        Assert.Single(Answerable(chat, "teo"));
        Assert.Empty(Answerable(chat, "li"));
    }

    [Fact]
    public async Task A_decline_that_was_a_mistake_is_taken_back_by_removing_its_entry()
    {
        await using var chat = await StartedAsync(new(Checkout) { ["Escalation:Policies:checkout:Rounds"] = "2" });
        await chat.TypeAsync("maria", "/incident escalate @checkout");
        await chat.DeliverAsync();
        await chat.TypeAsync("li", "/incident INC-1 decline 1 wrong button", room: "li");
        await chat.DeliverAsync();
        Assert.Empty(Answerable(chat, "li"));

        var entry = (await chat.ReadAsync()).Entries.Single(e => e.Kind == EntryKind.Declined);
        await chat.TypeAsync("li", $"/timeline remove {entry.Number}");
        await chat.DeliverAsync();

        Assert.Single(Answerable(chat, "li"));
        await chat.PassAsync(TimeSpan.FromMinutes(18));
        Assert.Equal([1, 2, 1, 1], (await chat.ReadAsync()).Escalations.Single().Steps.Select(s => s.Level));
    }

    [Fact]
    public async Task The_last_one_who_declines_ends_it()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");

        await chat.TypeAsync("li", "/incident decline no access");
        await chat.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(EscalationState.Declined, (await chat.ReadAsync()).Escalations.Single().State);
        Assert.DoesNotContain((await chat.ReadAsync()).Entries, e => e.Kind == EntryKind.FollowUp);
        Assert.Single(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("@maria, escalation 1 of INC-1 to li is declined, and nobody is asked any more. Ask somebody else:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_declines_when_it_was_given_up_still_hands_on_to_the_next_level()
    {
        await using var chat = await StartedAsync(new(Checkout));
        await chat.TypeAsync("maria", "/incident escalate @checkout");
        await chat.DeliverAsync();
        chat.Time.Advance(TimeSpan.FromHours(30));
        await chat.PassAsync(TimeSpan.FromMinutes(1));

        await chat.TypeAsync("li", "/incident INC-1 decline 1 on a plane", room: "li");
        await chat.DeliverAsync();

        Assert.Single(Answerable(chat, "teo"));
        Assert.Null((await chat.ReadAsync()).Escalations.Single().ExhaustedAt);
        Assert.DoesNotContain("nobody is asked", Answerable(chat, "inc-1").Single().Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decline 1 I cannot help")]
    [InlineData("decline I cannot help")]
    public async Task Who_was_not_asked_cannot_decline_for_who_was(string answer)
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");
        await chat.DeliverAsync();

        var refused = await chat.TypeAsync("teo", "/incident " + answer);
        await chat.DeliverAsync();

        Assert.True(refused.IsRefused);
        Assert.Contains("li", refused.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Single(Answerable(chat, "li"));
        await chat.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(2, chat.Platform.TextsIn("li").Count);
    }

    [Fact]
    public async Task Who_declines_after_the_next_level_was_asked_wakes_nobody_else()
    {
        var three = new Dictionary<string, string?>(Checkout) { ["Escalation:Policies:checkout:Levels:2:Targets:0"] = "local:sam", ["Escalation:Policies:checkout:Rounds"] = "2" };
        await using var chat = await StartedAsync(three);
        await chat.TypeAsync("maria", "/incident escalate @checkout");
        await chat.PassAsync(TimeSpan.FromMinutes(12));
        Assert.Single(Answerable(chat, "teo"));

        var answer = await chat.TypeAsync("li", "/incident INC-1 decline 1 just woke up", room: "li");
        await chat.DeliverAsync();

        Assert.Contains("Others who were asked have not answered yet", answer.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Empty(chat.Platform.TextsIn("sam"));
        Assert.Empty(Answerable(chat, "li"));
        Assert.Single(Answerable(chat, "teo"));
        // Its time comes all the same, and of the first level nobody is left.
        await chat.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal([1, 1, 2, 3, 2, 3], (await chat.ReadAsync()).Escalations.Single().Steps.Select(s => s.Level));
    }

    [Fact]
    public async Task One_of_the_last_level_who_declines_does_not_hurry_the_other_one()
    {
        var both = new Dictionary<string, string?>
        {
            ["Escalation:Policies:checkout:Levels:0:Targets:0"] = "local:teo",
            ["Escalation:Policies:checkout:Levels:0:Targets:1"] = "local:ana",
            ["Escalation:Policies:checkout:Levels:0:Wait"] = "10m",
            ["Escalation:Policies:checkout:Rounds"] = "2",
        };
        await using var chat = await StartedAsync(both);
        await chat.TypeAsync("maria", "/incident escalate @checkout");
        await chat.DeliverAsync();

        await chat.TypeAsync("teo", "/incident INC-1 decline 1", room: "teo");
        await chat.DeliverAsync();
        Assert.Single(chat.Platform.TextsIn("ana"));
        await chat.PassAsync(TimeSpan.FromMinutes(11));
        Assert.Equal(2, chat.Platform.TextsIn("ana").Count);
        await chat.TypeAsync("ana", "/incident INC-1 decline 1", room: "ana");

        Assert.Equal(EscalationState.Declined, (await chat.ReadAsync()).Escalations.Single().State);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_group_has_declined_when_the_last_of_its_members_has(int rounds)
    {
        var group = new Dictionary<string, string?> { ["Escalation:Policies:checkout:Levels:0:Targets:0"] = "local:databases", ["Escalation:Policies:checkout:Rounds"] = $"{rounds}" };
        await using var chat = await StartedAsync(group);
        chat.Platform.AddGroup("databases", "databases", "li", "teo");
        await chat.TypeAsync("maria", "/incident escalate @checkout");
        await chat.DeliverAsync();

        var first = await chat.TypeAsync("li", "/incident INC-1 decline 1", room: "li");
        var last = await chat.TypeAsync("teo", "/incident INC-1 decline 1", room: "teo");
        await chat.PassAsync(TimeSpan.FromHours(2));

        Assert.Contains("Others who were asked have not answered yet", first.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Others", last.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Equal(EscalationState.Declined, (await chat.ReadAsync()).Escalations.Single().State);
        Assert.Single(chat.Platform.TextsIn("inc-1"), t => t.Contains("Declined by teo", StringComparison.Ordinal));
        Assert.Single(chat.Platform.TextsIn("li"));
    }

    [Fact]
    public async Task Who_declined_one_and_is_asked_again_in_another_one_answers_that()
    {
        await using var chat = await StartedAsync(new(Checkout));
        await chat.TypeAsync("maria", "/incident escalate @checkout");
        await chat.DeliverAsync();
        await chat.TypeAsync("li", "/incident decline on a plane");
        await chat.TypeAsync("maria", "/incident escalate @li you alone know the gateway");
        await chat.DeliverAsync();

        var answer = await chat.TypeAsync("li", "/incident ack");

        Assert.Contains("You acknowledged escalation 2 to li.", answer.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Equal([EscalationState.Open, EscalationState.Acknowledged], (await chat.ReadAsync()).Escalations.Select(e => e.State));
    }
}
