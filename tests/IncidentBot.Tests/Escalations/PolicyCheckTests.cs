using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Escalations;
using Microsoft.Extensions.Options;

namespace IncidentBot.Tests.Escalations;

/// <summary>What <c>doctor</c> says of the escalation policies.</summary>
public sealed class PolicyCheckTests
{
    private readonly Dictionary<string, string> _people = new() { ["slack:U012ABC"] = "ana", ["slack:S012ABC"] = "on-call", ["local:ben"] = "ben" };
    private readonly EscalationOptions _options = new();
    private readonly List<string> _served = ["slack", "local"];

    [Fact]
    public async Task Without_a_policy_it_says_what_happens_to_those_who_are_asked_directly()
    {
        Assert.Equal(["none is configured; who is asked directly is asked again after 5m"], await OkAsync());

        _options.Repeats = 0;
        Assert.Equal(["none is configured; who is asked directly is not asked again"], await OkAsync());
    }

    [Fact]
    public async Task A_policy_that_reaches_somebody_on_each_level_is_told_with_their_names()
    {
        Add("checkout", [Severity.Sev2, Severity.Sev1], ["slack:U012ABC", "Database team"], ["slack:S012ABC"]);
        Add("search", [], ["local:ben"]);

        Assert.Equal(
            ["policy checkout: level 1 ana, Database team; level 2 on-call; paged by sev1, sev2", "policy search: level 1 ben"],
            await OkAsync());
    }

    [Fact]
    public async Task A_level_whose_people_are_all_unknown_is_a_fault()
    {
        Add("checkout", [Severity.Sev1], ["slack:U012ABC"], ["slack:U0XX", "local:zoe", "Database team"]);

        Assert.Equal(
            [Diagnosis.Fault("policy checkout: level 1 ana; level 2 Database team (slack:U0XX is unknown to Slack; local:zoe is unknown to the local chat; only named in the room, so nobody is notified in person); paged by sev1")],
            await RunAsync());
    }

    [Fact]
    public async Task Somebody_unknown_beside_somebody_who_is_reached_is_a_warning()
    {
        Add("checkout", [], ["slack:U012ABC", "slack:U0XX"]);

        Assert.Equal([Diagnosis.Warning("policy checkout: level 1 ana (slack:U0XX is unknown to Slack)")], await RunAsync());
    }

    [Fact]
    public async Task A_target_on_a_platform_that_is_not_served_is_a_fault_even_beside_somebody_who_is_reached()
    {
        Add("checkout", [], ["slack:U012ABC", "teams:29:1AbC"], ["teams:29:1AbC"]);

        Assert.Equal(
            [Diagnosis.Fault("policy checkout: level 1 ana (teams:29:1AbC is of Teams, which is not served); level 2 nobody (teams:29:1AbC is of Teams, which is not served)")],
            await RunAsync());
    }

    [Fact]
    public async Task A_level_of_plain_names_only_is_a_warning()
    {
        Add("checkout", [], ["Database team"], ["Night shift", "Vendor"]);

        Assert.Equal(
            [Diagnosis.Warning("policy checkout: level 1 Database team (only named in the room, so nobody is notified in person); level 2 Night shift, Vendor (only named in the room, so nobody is notified in person)")],
            await RunAsync());
    }

    [Fact]
    public async Task Somebody_whom_the_platform_does_not_tell_of_is_not_checked()
    {
        Add("checkout", [], ["slack:U012DOWN"]);

        Assert.Equal([Diagnosis.NotChecked("policy checkout: level 1 somebody (slack:U012DOWN cannot be looked up: Slack is out of reach.)")], await RunAsync());
    }

    private void Add(string name, HashSet<Severity> pageOn, params List<string>[] levels) =>
        _options.Policies[name] = new EscalationPolicyOptions { Levels = [.. levels.Select(targets => new EscalationLevelOptions { Targets = targets })], PageOn = pageOn };

    private async Task<IEnumerable<string>> OkAsync()
    {
        var lines = await RunAsync();
        Assert.All(lines, line => Assert.Equal("ok", line.Mark));
        return lines.Select(l => l.Text);
    }

    private Task<IReadOnlyList<Diagnosis>> RunAsync() => new PolicyCheck(
        new EscalationPolicies(Options.Create(_options)),
        _served,
        (platform, id, _) => id == "U012DOWN"
            ? throw new ChatPlatformException("Slack is out of reach.", isTransient: true)
            : Task.FromResult(_people.GetValueOrDefault($"{platform}:{id}"))).RunAsync(CancellationToken.None);
}
