using System.Reflection;
using System.Text.RegularExpressions;
using IncidentBot.Incidents;
using IncidentBot.Slack;
using IncidentBot.Teams;
using IncidentBot.Templating;
using IncidentBot.Tests.Slack;

namespace IncidentBot.Tests.Conventions;

public sealed partial class ArchitectureTests
{
    [Fact]
    public void References_form_one_direction()
    {
        Assert.DoesNotContain("IncidentBot", ReferencesOf(typeof(Incident).Assembly));
        Assert.DoesNotContain(ReferencesOf(typeof(Template).Assembly), name => name.StartsWith("IncidentBot", StringComparison.Ordinal));
    }

    [Fact]
    public void The_domain_and_the_templates_know_neither_HTTP_nor_Quartz()
    {
        foreach (var assembly in new[] { typeof(Incident).Assembly, typeof(Template).Assembly })
            Assert.DoesNotContain(ReferencesOf(assembly), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("Quartz", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_host_knows_Quartz()
    {
        foreach (var assembly in new[] { typeof(SlackSetup).Assembly, typeof(TeamsSetup).Assembly })
            Assert.DoesNotContain(ReferencesOf(assembly), name => name.StartsWith("Quartz", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("IncidentBot.Incidents")]
    [InlineData("IncidentBot.Templating")]
    public void The_domain_and_the_templates_do_not_name_the_chats_that_are_served(string project)
    {
        var naming = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file => ChatName().IsMatch(File.ReadAllText(file)));

        Assert.Empty(naming);
    }

    [Fact]
    public void Classes_are_sealed_unless_they_are_meant_to_be_derived_from()
    {
        var open = typeof(Incident).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false, IsSealed: false } && t.Namespace?.Contains("Migrations", StringComparison.Ordinal) == false && !t.Name.Contains('<', StringComparison.Ordinal));

        Assert.Empty(open);
    }

    [GeneratedRegex(@"\b(Slack|Teams)\b")]
    private static partial Regex ChatName();

    private static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);
}
