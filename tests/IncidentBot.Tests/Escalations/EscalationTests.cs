using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Escalations;

public sealed class EscalationTests
{
    [Fact]
    public async Task Who_is_asked_acknowledges_without_naming_the_number()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @teo the database");
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");

        var answer = await chat.TypeAsync("li", "/incident ack");

        Assert.False(answer.IsRefused, answer.Message.ToPlainText());
        var escalations = (await chat.ReadAsync()).Escalations;
        Assert.Equal([EscalationState.Open, EscalationState.Acknowledged], escalations.Select(e => e.State));
        Assert.Equal("li", escalations[1].AnsweredBy?.Name);
    }

    [Fact]
    public async Task A_team_is_answered_for_by_anybody()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident page \"network team\" links are down");

        await chat.TypeAsync("li", "/incident decline nobody is in");

        var escalation = (await chat.ReadAsync()).Escalations.Single();
        Assert.Equal((EscalationState.Declined, "nobody is in"), (escalation.State, escalation.AnswerReason));
    }

    [Fact]
    public async Task Nobody_asked_you_is_a_refusal_that_lists_what_is_open()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @teo the database");
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");

        var answer = await chat.TypeAsync("sam", "/incident ack");

        Assert.True(answer.IsRefused);
        Assert.Contains("Open: 1 to teo, 2 to li. Name it: /incident INC-1 ack 1", answer.Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_not_asked_declines_for_nobody_where_all_of_them_read_it_in_the_room()
    {
        await using var chat = await StartedAsync();
        chat.Knows("li", "teo");
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");

        var answer = await chat.TypeAsync("teo", "/incident decline 1 I cannot help");

        Assert.True(answer.IsRefused);
        Assert.Equal(EscalationState.Open, (await chat.ReadAsync()).Escalations.Single().State);
    }

    [Fact]
    public async Task Who_names_several_is_told_that_one_is_asked()
    {
        await using var chat = await StartedAsync();
        chat.Knows("li", "teo");

        var answer = await chat.TypeAsync("maria", "/incident escalate @li @teo the gateway");

        Assert.Contains("Only li is asked: for @teo type a request of their own.", answer.Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_escalation_is_answered_once()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");
        await chat.TypeAsync("li", "/incident ack");

        var answer = await chat.TypeAsync("sam", "/incident ack 1");

        Assert.Contains("already acknowledged by @li", answer.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Equal(3, (await chat.ReadAsync()).Entries.Count);
    }

    [Fact]
    public async Task Acknowledging_on_a_resolved_incident_is_refused()
    {
        await using var chat = await StartedAsync();
        chat.Platform.Capabilities = default;
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");
        await chat.TypeAsync("maria", "/incident INC-1 resolve");

        var answer = await chat.TypeAsync("li", "/incident INC-1 ack");

        Assert.Contains("INC-1 is resolved", answer.Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_room_shows_the_request_with_buttons_that_answer_it()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate \"network team\" links are down");
        await chat.DeliverAsync();

        var request = chat.Platform.Messages.Single(m => m.Message.Blocks.OfType<ButtonsBlock>().Any(b => b.Buttons.Any(x => x.Label == "Acknowledge")));
        var button = request.Message.Blocks.OfType<ButtonsBlock>().Single().Buttons[0];
        await chat.TypeAsync("li", button.Command!);

        Assert.Equal(EscalationState.Acknowledged, (await chat.ReadAsync()).Escalations.Single().State);
    }

    [Theory]
    [InlineData("/incident escalate \"network team\" links are down", "network team, maria asks for your help with INC-1: links are down\nThis chat does not reach them: whoever can, please call, and acknowledge here for them.")]
    [InlineData("/incident escalate @li", "@li, maria asks for your help with INC-1.\nescalation 1")]
    [InlineData("/incident escalate hosting", "@li, the data centre, maria asks for your help with INC-1.\nThis chat does not reach the data centre: whoever can, please call, and acknowledge here for them.")]
    public async Task Whom_the_chat_does_not_know_the_room_is_told_to_call(string text, string request)
    {
        await using var chat = await TestChat.StartAsync(platform: "local", settings: new()
        {
            ["Escalation:Policies:hosting:Levels:0:Targets:0"] = "local:li",
            ["Escalation:Policies:hosting:Levels:0:Targets:1"] = "the data centre",
        });
        chat.Knows("li");
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        await chat.TypeAsync("maria", text);
        await chat.DeliverAsync();

        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.StartsWith(request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_role_passes_from_one_to_another_and_both_stay_known()
    {
        await using var chat = await StartedAsync();

        await chat.TypeAsync("maria", "/incident role lead @maria");
        await chat.TypeAsync("maria", "/incident role commander @li");
        var again = await chat.TypeAsync("maria", "/incident role commander @li");

        var roles = (await chat.ReadAsync()).Roles;
        Assert.Equal(["maria", "li"], roles.Select(r => r.Holder.Name));
        Assert.NotNull(roles[0].EndedAt);
        Assert.False(again.IsRefused);
    }

    [Fact]
    public async Task Removing_a_role_gives_it_back_to_who_held_it_before()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident role lead @maria");
        await chat.TypeAsync("maria", "/incident role commander @li");

        await chat.TypeAsync("maria", "/timeline remove 3");

        Assert.Equal("maria", (await chat.ReadAsync()).Roles.Single(r => r.EndedAt is null).Holder.Name);
    }

    [Fact]
    public async Task Removing_an_older_answer_leaves_the_newer_one()
    {
        await using var chat = await StartedAsync();
        await chat.TypeAsync("maria", "/incident escalate @li the gateway");
        await chat.TypeAsync("li", "/incident decline busy");
        await chat.TypeAsync("li", "/incident ack 1");

        await chat.TypeAsync("maria", "/timeline remove 3");

        var escalation = (await chat.ReadAsync()).Escalations.Single();
        Assert.Equal((EscalationState.Acknowledged, "li"), (escalation.State, escalation.AnsweredBy?.Name));
    }

    private static async Task<TestChat> StartedAsync()
    {
        var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Checkout is down");
        return chat;
    }
}
