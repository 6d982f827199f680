using System.Text;
using System.Text.RegularExpressions;
using IncidentBot.Cli;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Configuration;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Reminders;
using IncidentBot.LocalChat;
using IncidentBot.Slack;
using IncidentBot.Teams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IncidentBot.Tests.Conventions;

public sealed partial class ConfigurationTests
{
    [Fact]
    public void The_example_configuration_is_valid_and_names_every_option()
    {
        var example = new ConfigurationBuilder().AddJsonFile(Path.Combine(Root(), "appsettings.example.json")).Build();

        using var services = Services(example);
        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.All(
            new (string Section, Type Options)[]
            {
                ("IncidentBot", typeof(IncidentBotOptions)), ("Postmortem", typeof(PostmortemOptions)), ("LocalChat", typeof(LocalChatOptions)),
                ("Slack", typeof(SlackOptions)), ("Teams", typeof(TeamsOptions)), ("Escalation", typeof(EscalationOptions)), ("Reminders", typeof(RemindersOptions)),
            },
            section => Assert.Equal(
                section.Options.GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Order(),
                example.GetSection(section.Section).GetChildren().Select(c => c.Key).Order()));
    }

    [Fact]
    public void A_copy_of_the_example_configuration_changes_nothing()
    {
        var example = new ConfigurationBuilder().AddJsonFile(Path.Combine(Root(), "appsettings.example.json")).Build();
        var withSlack = new ConfigurationBuilder().AddConfiguration(example).AddInMemoryCollection([new("Slack:BotToken", "xoxb-1")]).Build();

        Assert.True(LocalChatOptions.IsEnabled(example));
        Assert.False(LocalChatOptions.IsEnabled(withSlack));
    }

    [Fact]
    public void The_escalation_policy_in_the_comments_of_the_example_is_valid_and_names_every_setting()
    {
        var lines = File.ReadLines(Path.Combine(Root(), "appsettings.example.json")).Select(l => ExampleOfPolicy().Replace(l, "$1"));
        using var services = Services(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)))).Build());

        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Empty(services.DescribeUnknownSettings());
        var policy = services.GetRequiredService<IOptions<EscalationOptions>>().Value.Policies["checkout"];
        Assert.Equal([2, 2], policy.Levels.Select(l => l.Targets.Count));
        var section = services.GetRequiredService<IConfiguration>().GetSection("Escalation:Policies:checkout");
        Assert.Equal(NamesOf(typeof(EscalationPolicyOptions)), section.GetChildren().Select(c => c.Key).Order());
        Assert.Equal(NamesOf(typeof(EscalationLevelOptions)), section.GetSection("Levels:0").GetChildren().Select(c => c.Key).Order());
    }

    [Fact]
    public void The_readme_has_every_setting_of_escalations_and_reminders()
    {
        var readme = File.ReadAllText(Path.Combine(Root(), "README.md"));

        Assert.All(
            new (string Section, Type Options)[]
            {
                ("Escalation", typeof(EscalationOptions)), ("Escalation:Policies:NAME", typeof(EscalationPolicyOptions)),
                ("Escalation:Policies:NAME:Levels:0", typeof(EscalationLevelOptions)), ("Reminders", typeof(RemindersOptions)),
            },
            section => Assert.All(NamesOf(section.Options), name => Assert.Matches($"`{section.Section}:{name}[`:]", readme)));
    }

    [Theory]
    [InlineData("--Escalation:Wait")]
    [InlineData("--escalation:policies:checkout:levels:0:targets=local:ana")]
    [InlineData("--Reminders:UpdateSev1=1h")]
    public void The_sections_may_stand_on_the_command_line(string argument) => Assert.True(CommandLine.IsSetting(argument));

    [Fact]
    public void A_key_that_is_no_setting_is_told_with_the_one_that_was_meant()
    {
        using var services = Services(new ConfigurationBuilder().AddInMemoryCollection([new("Postmortem:MinWord", "1"), new("IncidentBot:publicurl", "")]).Build());

        Assert.Equal(["Postmortem:MinWord is no setting; did you mean Postmortem:MinWords?"], services.DescribeUnknownSettings());
    }

    [Theory]
    [InlineData("IncidentBot:TimeZone", "Mars/Olympus", "IncidentBot:TimeZone is \"Mars/Olympus\", which is no time zone")]
    [InlineData("IncidentBot:PublicUrl", "incidents", "IncidentBot:PublicUrl is \"incidents\", which is no web address")]
    [InlineData("Postmortem:MinWords", "700", "Postmortem:MinWords (700) must be less than Postmortem:MaxWords (600)")]
    public void A_wrong_value_stops_the_start_with_key_fault_and_fix(string key, string value, string message)
    {
        using var services = Services(new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build());

        var fault = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> NamesOf(Type options) => options.GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Order();

    [GeneratedRegex("^ *// +(//|[\"{}\\]].*)$")]
    private static partial Regex ExampleOfPolicy();

    private static ServiceProvider Services(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddLogging();
        services.AddIncidents();
        return services.BuildServiceProvider();
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IncidentBot.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("IncidentBot.sln was not found above the tests.");
        return folder;
    }
}
