using IncidentBot.Incidents.Timeline;
using IncidentBot.Tests.Fakes;
using static IncidentBot.Tests.Escalations.AskingChat;

namespace IncidentBot.Tests.Escalations;

/// <summary>Whom the bot asks by itself, as the severity is what a policy names.</summary>
public sealed class PagingTests
{
    [Fact]
    public async Task The_severity_that_a_policy_names_pages_it_once()
    {
        await using var chat = await StartedAsync(Checkout);

        await chat.TypeAsync("maria", "/incident severity sev1 nobody can pay");
        await chat.TypeAsync("maria", "/incident severity sev2 some can");
        await chat.TypeAsync("maria", "/incident severity sev1 nobody again");
        await chat.TypeAsync("maria", "/incident start sev1 Login is down");
        await chat.DeliverAsync();

        Assert.Equal("IncidentBot", Assert.Single((await chat.ReadAsync()).Escalations).RequestedBy.Name);
        Assert.Equal("checkout", Assert.Single((await chat.ReadAsync(2)).Escalations).Target);
        Assert.Equal(2, chat.Platform.TextsIn("li").Count);
    }

    [Theory]
    [InlineData("sev1", 0)]
    [InlineData("sev3", 1)]
    public async Task The_severity_that_a_policy_names_pages_it_where_it_gets_worse_and_not_where_it_gets_better(string declared, int paged)
    {
        await using var chat = await TestChat.StartAsync(platform: "local", settings: new(Checkout) { ["Escalation:Policies:checkout:PageOn"] = "sev2" });
        await chat.TypeAsync("maria", $"/incident start {declared} Checkout is down");

        await chat.TypeAsync("maria", "/incident severity sev2 some can pay");

        Assert.Equal(paged, (await chat.ReadAsync()).Escalations.Count);
    }

    [Theory]
    [InlineData("/incident start sev1 Login is down", 2, "declared as sev1")]
    [InlineData("/incident severity sev1 nobody can pay", 1, "raised to sev1")]
    public async Task What_the_bot_pages_by_itself_says_why_and_the_title_once(string text, int incident, string why)
    {
        await using var chat = await StartedAsync(Checkout);

        await chat.TypeAsync("maria", text);
        await chat.DeliverAsync();

        var snapshot = await chat.ReadAsync(incident);
        Assert.StartsWith($"IncidentBot asks for your help: {why}\nINC-{incident} sev1 {snapshot.Incident.Title} · ", Assert.Single(chat.Platform.TextsIn("li")), StringComparison.Ordinal);
        Assert.Contains(chat.Platform.TextsIn($"inc-{incident}"), t => t.StartsWith($"@li, IncidentBot asks for your help with INC-{incident}: {why}", StringComparison.Ordinal));
        Assert.Equal(why, snapshot.Entries.Single(e => e.Kind == EntryKind.Escalated).Text);
    }

    [Fact]
    public async Task Whoever_declared_the_incident_is_told_that_nobody_answered_where_the_bot_itself_had_asked()
    {
        await using var chat = await StartedAsync(Checkout);
        await chat.TypeAsync("maria", "/incident severity sev1");

        await chat.PassAsync(TimeSpan.FromHours(1));

        Assert.Contains(chat.Platform.TextsIn("inc-1"), t => t.StartsWith("@maria, nobody has acknowledged escalation 1 of INC-1 to checkout since", StringComparison.Ordinal));
    }
}
