using System.Reflection;
using IncidentBot.Incidents;
using IncidentBot.Templating;

namespace IncidentBot.Tests.Conventions;

public sealed class ArchitectureTests
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
    public void Classes_are_sealed_unless_they_are_meant_to_be_derived_from()
    {
        var open = typeof(Incident).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false, IsSealed: false } && t.Namespace?.Contains("Migrations", StringComparison.Ordinal) == false && !t.Name.Contains('<', StringComparison.Ordinal));

        Assert.Empty(open);
    }

    private static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);
}
