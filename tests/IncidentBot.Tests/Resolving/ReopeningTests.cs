using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Resolving;

public sealed class ReopeningTests
{
    [Fact]
    public async Task An_escalation_that_was_open_at_the_end_says_that_nobody_is_asked_any_more_and_can_be_acknowledged()
    {
        await using var chat = await AskedAsync();
        await chat.TypeAsync("maria", "/incident resolve rolled back");
        await chat.DeliverAsync();
        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("No answer is needed any more: INC-1 is resolved.", StringComparison.Ordinal));

        await chat.TypeAsync("maria", "/incident reopen errors are back", room: "inc-1");
        await chat.DeliverAsync();

        Assert.DoesNotContain(chat.Platform.Messages, m => m.Message.ToPlainText().Contains("No answer is needed any more", StringComparison.Ordinal));
        foreach (var request in chat.Platform.Messages.Where(m => m.Message.ToPlainText().Contains("maria asks for your help", StringComparison.Ordinal)))
        {
            Assert.Contains("nobody is asked any more", request.Message.ToPlainText(), StringComparison.Ordinal);
            Assert.Single(request.Message.Blocks.OfType<ButtonsBlock>());
        }
        var open = await chat.TypeAsync("maria", "/incident escalations", room: "inc-1");
        Assert.Contains("help. Nobody is asked any more.", open.Message.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.Contains("1 to li", StringComparison.Ordinal) && t.Contains("investigating", StringComparison.Ordinal));
        Assert.False((await chat.TypeAsync("li", "/incident ack", room: "inc-1")).IsRefused);
        Assert.Equal(EscalationState.Acknowledged, (await chat.ReadAsync()).Escalations.Single().State);
    }

    [Fact]
    public async Task An_answer_that_was_taken_back_after_the_end_asks_nobody_either()
    {
        await using var chat = await AskedAsync();
        await chat.TypeAsync("li", "/incident ack", room: "inc-1");
        await chat.TypeAsync("maria", "/incident resolve rolled back");
        await chat.TypeAsync("maria", "/timeline remove 3", room: "inc-1");

        await chat.TypeAsync("maria", "/incident reopen errors are back", room: "inc-1");

        var open = await chat.TypeAsync("maria", "/incident escalations", room: "inc-1");
        Assert.Contains("help. Nobody is asked any more.", open.Message.ToPlainText(), StringComparison.Ordinal);
    }

    private static async Task<TestChat> AskedAsync()
    {
        var chat = await TestChat.StartAsync();
        chat.Platform.Capabilities |= ChatCapabilities.DirectMessages;
        chat.Knows("li");
        await chat.TypeAsync("maria", "/incident start sev4 Checkout is down");
        await chat.TypeAsync("maria", "/incident escalate @li help");
        await chat.DeliverAsync();
        return chat;
    }
}
