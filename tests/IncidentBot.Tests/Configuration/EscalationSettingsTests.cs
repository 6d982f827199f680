using IncidentBot.Incidents;
using IncidentBot.Incidents.Configuration;
using IncidentBot.Incidents.Escalations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IncidentBot.Tests.Configuration;

public sealed class EscalationSettingsTests
{
    private const string Level = "Escalation:Policies:checkout:Levels:0";

    private static readonly (string, string?) Ana = ($"{Level}:Targets:0", "local:ana");

    [Fact]
    public void Without_a_configuration_there_is_no_policy_and_who_is_asked_is_asked_twice_again_after_five_minutes()
    {
        using var services = Settings.Of();

        services.GetRequiredService<IStartupValidator>().Validate();

        var policies = services.GetRequiredService<EscalationPolicies>();
        Assert.Empty(policies.All);
        var direct = policies.Direct(EscalationTarget.Read("Database team"));
        Assert.Equal(("Database team", 1, false), (direct.Name, direct.Rounds, direct.QuietRepeats));
        var level = Assert.Single(direct.Levels);
        Assert.Equal((TimeSpan.FromMinutes(5), 2, new EscalationTarget("Database team", null, null)), (level.Wait, level.Repeats, level.Targets.Single()));
    }

    [Fact]
    public void A_policy_is_read_from_json()
    {
        using var services = Settings.OfJson("""
            {
              "Escalation": {
                "Wait": "10m",
                "Repeats": 3,
                "Policies": {
                  "Checkout": {
                    "Levels": [
                      { "Targets": [ "slack:U012ABC", "Database team" ], "Wait": "90s", "Repeats": 1 },
                      { "Targets": "teams:29:1AbC, local:Ana" }
                    ],
                    "Rounds": 2,
                    "QuietRepeats": true,
                    "PageOn": [ "sev1", "SEV-2" ]
                  }
                }
              }
            }
            """);

        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Empty(services.DescribeUnknownSettings());
        var policies = services.GetRequiredService<EscalationPolicies>();
        var policy = policies.Find("@checkout");
        Assert.NotNull(policy);
        Assert.Equal(("Checkout", 2, true), (policy.Name, policy.Rounds, policy.QuietRepeats));
        Assert.Equal([Severity.Sev1, Severity.Sev2], policy.PageOn.Order());
        Assert.Equal([(TimeSpan.FromSeconds(90), 1), (TimeSpan.FromMinutes(5), 0)], policy.Levels.Select(l => (l.Wait, l.Repeats)));
        Assert.Equal(
            [
                new("slack:U012ABC", "slack", "U012ABC"), new("Database team", null, null),
                new("teams:29:1AbC", "teams", "29:1AbC"), new("Ana", "local", "ana"),
            ],
            policy.Levels.SelectMany(l => l.Targets));
        Assert.Equal((TimeSpan.FromMinutes(10), 3), policies.Direct(EscalationTarget.Read("ana")).Levels.Select(l => (l.Wait, l.Repeats)).Single());
    }

    [Fact]
    public void A_policy_is_read_from_environment_variables()
    {
        using var services = Settings.Of(
            ("Escalation:Policies:checkout:Levels:0:Targets:0", "local:ana"),
            ("ESCALATION:POLICIES:CHECKOUT:LEVELS:0:WAIT", "2s"),
            ("Escalation:Policies:checkout:Levels:1:Targets", "local:ben, Database team"),
            ("Escalation:Policies:checkout:PageOn", "sev1, sev2"));

        services.GetRequiredService<IStartupValidator>().Validate();

        var policy = services.GetRequiredService<EscalationPolicies>().Find("checkout");
        Assert.NotNull(policy);
        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5)], policy.Levels.Select(l => l.Wait));
        Assert.Equal(["ana", "ben", "Database team"], policy.Levels.SelectMany(l => l.Targets).Select(t => t.Name));
        Assert.Equal([Severity.Sev1, Severity.Sev2], policy.PageOn.Order());
    }

    [Fact]
    public void An_incident_pages_the_policies_of_its_severity()
    {
        using var services = Settings.Of(
            Ana, ("Escalation:Policies:checkout:PageOn", "sev1,sev2"), ("Escalation:Policies:search:Levels:0:Targets", "local:ben"), ("Escalation:Policies:search:PageOn", "sev1"));
        var policies = services.GetRequiredService<EscalationPolicies>();

        Assert.Equal(["checkout", "search"], policies.PagedOn(Severity.Sev1).Select(p => p.Name));
        Assert.Equal(["checkout"], policies.PagedOn(Severity.Sev2).Select(p => p.Name));
        Assert.Empty(policies.PagedOn(Severity.Sev3));
    }

    [Theory]
    [InlineData("CHECKOUT", true)]
    [InlineData(" @Checkout ", true)]
    [InlineData("@@checkout", false)]
    [InlineData("check", false)]
    [InlineData("", false)]
    public void A_policy_is_found_by_its_name_in_any_case(string name, bool isFound)
    {
        using var services = Settings.Of(Ana);

        Assert.Equal(isFound, services.GetRequiredService<EscalationPolicies>().Find(name) is not null);
    }

    [Theory]
    [InlineData("slack:U012ABC", "slack", "U012ABC")]
    [InlineData("Slack: S012ABC", "slack", "S012ABC")]
    [InlineData("teams:3f2f7f4e-5d1c-4a53-9f43-0d0f6a6f5b11", "teams", "3f2f7f4e-5d1c-4a53-9f43-0d0f6a6f5b11")]
    [InlineData("pager:ana", null, null)]
    [InlineData("slack:general", null, null)]
    [InlineData("Database team", null, null)]
    public void What_is_asked_directly_is_an_account_or_a_plain_name(string target, string? platform, string? id)
    {
        using var services = Settings.Of();

        Assert.Equal(new EscalationTarget(target, platform, id), services.GetRequiredService<EscalationPolicies>().Direct(EscalationTarget.Read(target)).Levels[0].Targets[0]);
    }

    [Theory]
    [InlineData("Escalation:Wait", "5", "Escalation:Wait is \"5\". Use a duration such as 5m, 1h30m or 2 days.")]
    [InlineData("Escalation:Wait", "0", "Escalation:Wait must be from 1s to 1 day, for example 5m.")]
    [InlineData("Escalation:Wait", "25h", "Escalation:Wait must be from 1s to 1 day, for example 5m.")]
    [InlineData("Escalation:Wait:Minutes", "5", "Escalation:Wait:Minutes stands below a single value. Write it as Escalation:Wait itself.")]
    [InlineData("Escalation:Repeats", "often", "Escalation:Repeats is \"often\". Use a number, for example 2.")]
    [InlineData("Escalation:Repeats", "21", "Escalation:Repeats must be from 0 to 20.")]
    [InlineData("Escalation:Policies", "ana", "Escalation:Policies is \"ana\". Use keys below it, for example Escalation:Policies:NAME:Levels:0:Targets:0.")]
    [InlineData("Escalation:Policies:search", "ana", "Escalation:Policies:search is \"ana\". Use keys below it, for example Escalation:Policies:search:Levels:0:Targets:0.")]
    [InlineData("Escalation:Policies:search:Rounds", "2", "Escalation:Policies:search:Levels is empty. Say who is asked, for example Escalation:Policies:search:Levels:0:Targets:0 = local:ana.")]
    [InlineData("Escalation:Policies:search:Levels", "ana", "Escalation:Policies:search:Levels is \"ana\". Use keys below it, for example Escalation:Policies:search:Levels:0:Targets:0.")]
    [InlineData("Escalation:Policies:search:Levels:Wait", "5m", "Escalation:Policies:search:Levels:Wait stands where a list begins. Number its entries, for example Escalation:Policies:search:Levels:0:Targets:0.")]
    [InlineData("Escalation:Policies:search:Levels:0", "ana", "Escalation:Policies:search:Levels:0 is \"ana\". Use keys below it, for example Escalation:Policies:search:Levels:0:Targets:0.")]
    [InlineData("Escalation:Policies:search:Levels:0:Wait", "5m", "Escalation:Policies:search:Levels:0:Targets is empty. Say who is asked, for example Escalation:Policies:search:Levels:0:Targets:0 = local:ana.")]
    [InlineData("Escalation:Policies:checkout:Rounds", "0", "Escalation:Policies:checkout:Rounds must be from 1 to 10.")]
    [InlineData("Escalation:Policies:checkout:QuietRepeats", "maybe", "Escalation:Policies:checkout:QuietRepeats is \"maybe\". Use true or false.")]
    [InlineData("Escalation:Policies:checkout:PageOn", "sev1, sev9", "Escalation:Policies:checkout:PageOn has \"sev9\". Use sev1, sev2, sev3 or sev4, with commas between several.")]
    [InlineData("Escalation:Policies:checkout:PageOn:1", "high", "Escalation:Policies:checkout:PageOn:1 is \"high\". Use sev1, sev2, sev3 or sev4.")]
    [InlineData(Level + ":Wait", "5", Level + ":Wait is \"5\". Use a duration such as 5m, 1h30m or 2 days.")]
    [InlineData(Level + ":Wait", "2 days", Level + ":Wait must be from 1s to 1 day, for example 5m.")]
    [InlineData(Level + ":Repeats", "-1", Level + ":Repeats must be from 0 to 20.")]
    [InlineData(Level + ":Targets:1", " ", Level + ":Targets has an empty target. Remove it, or say who is asked, for example local:ana.")]
    [InlineData(Level + ":Targets:1", "pager:U012ABC", Level + ":Targets has \"pager:U012ABC\", and there is no chat \"pager\". Begin with slack:, teams: or local:, or use a plain name without a colon.")]
    [InlineData(Level + ":Targets:1", "slack:@ana", Level + ":Targets has \"slack:@ana\". Use slack:U012ABC for a person or slack:S012ABC for a user group.")]
    [InlineData(Level + ":Targets:1", "slack:C012ABC", Level + ":Targets has \"slack:C012ABC\". Use slack:U012ABC for a person or slack:S012ABC for a user group.")]
    [InlineData(Level + ":Targets:1", "teams:ana@example.com", Level + ":Targets has \"teams:ana@example.com\". Use teams: and the person's Entra object id or 29:…")]
    [InlineData(Level + ":Targets:1", "local:", Level + ":Targets has \"local:\". Use local:ana.")]
    [InlineData("Escalation:Policies:@night:Levels:0:Targets:0", "local:ana", "Escalation:Policies has a policy named \"@night\". Use a name without @, quotes and blanks around it, for example checkout.")]
    [InlineData("Escalation:Policies:the \"best\":Levels:0:Targets:0", "local:ana", "Escalation:Policies has a policy named \"the \"best\"\"")]
    [InlineData("Escalation:Policies::Levels:0:Targets:0", "local:ana", "Escalation:Policies has a policy named \"\"")]
    public void A_wrong_value_stops_the_start_with_key_fault_and_fix(string key, string value, string message)
    {
        var faults = Settings.FaultsOf(Ana, (key, value));

        Assert.StartsWith(message, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var faults = Settings.FaultsOf(
            Ana, ("Escalation:Wait", "5"), ("Escalation:Policies:checkout:Levels:1:Wait", "7"), ("Escalation:Policies:checkout:Levels:2", "ben"), ("Escalation:Policies:checkout:Levels:3:Targets:0", "pager:ben"));

        Assert.Equal(
            [
                "Escalation:Wait is", "Escalation:Policies:checkout:Levels:2 is",
                "Escalation:Policies:checkout:Levels:1:Targets is", "Escalation:Policies:checkout:Levels:1:Wait is", "Escalation:Policies:checkout:Levels:3:Targets has",
            ],
            faults.Select(f => string.Join(' ', f.Split(' ').Take(2))));
    }

    [Theory]
    [InlineData("Escalation:Teams:checkout:Rounds", "Escalation:Teams is no setting. Known are: Wait, Repeats, Policies.")]
    [InlineData("Escalation:Policies:checkout:Round", "Escalation:Policies:checkout:Round is no setting; did you mean Escalation:Policies:checkout:Rounds?")]
    [InlineData(Level + ":Target", Level + ":Target is no setting; did you mean " + Level + ":Targets?")]
    [InlineData(Level + ":Channel", Level + ":Channel is no setting. Known are: Targets, Wait, Repeats.")]
    public void A_key_that_is_no_setting_is_told_at_any_depth(string key, string sentence)
    {
        using var services = Settings.Of(Ana, (key, "1"));

        Assert.Equal([sentence], services.DescribeUnknownSettings());
    }
}
