using IncidentBot.Incidents.Overview;
using IncidentBot.Tests.Fakes;

namespace IncidentBot.Tests.Overview;

public sealed class ShowHomeTests
{
    [Fact]
    public async Task It_shows_open_incidents_and_what_waits_for_me()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Checkout answers 500");
        await chat.TypeAsync("maria", "/incident start sev1 Payroll --private");
        await chat.TypeAsync("maria", "/incident INC-1 escalate @li the pool is empty");
        await chat.TypeAsync("maria", "/incident INC-1 escalate @sam");
        await chat.TypeAsync("maria", "/incident INC-1 task Alert on the pool @li due friday");
        await chat.TypeAsync("maria", "/incident INC-1 task Test coupons @li");
        await chat.TypeAsync("maria", "/incident INC-1 task done 2");
        await chat.TypeAsync("maria", "/incident INC-1 task Nobody's yet");

        var text = (await chat.DoAsync("li", new ShowHome())).Message.ToPlainText();

        Assert.Contains("INC-1 sev2 investigating Checkout answers 500", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Payroll", text, StringComparison.Ordinal);
        Assert.Contains("maria asks for your help since 2026-03-02 09:17 UTC: the pool is empty", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("[Acknowledge]").Length - 1);
        Assert.Contains("Alert on the pool", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Test coupons", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody's", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/incident INC-1 resolve rolled back")]
    [InlineData("/incident INC-1 cancel false alarm")]
    public async Task Nobody_is_asked_for_help_with_an_incident_that_is_over(string end)
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev2 Checkout answers 500");
        await chat.TypeAsync("maria", "/incident INC-1 escalate @li the pool is empty");
        await chat.TypeAsync("maria", end);

        Assert.DoesNotContain("asks for your help", (await chat.DoAsync("li", new ShowHome())).Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_incident_is_shown_to_whoever_declared_it()
    {
        await using var chat = await TestChat.StartAsync();
        await chat.TypeAsync("maria", "/incident start sev1 Payroll --private");

        Assert.Contains("Payroll", (await chat.DoAsync("maria", new ShowHome())).Message.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_nothing_to_do_it_says_so()
    {
        await using var chat = await TestChat.StartAsync();

        var text = (await chat.DoAsync("li", new ShowHome())).Message.ToPlainText();

        Assert.Equal(
            ["Open incidents", "None.", "[Declare an incident]", "Waiting for your answer", "Nothing.", "Your tasks", "Nothing."], text.Split(Environment.NewLine));
    }
}
