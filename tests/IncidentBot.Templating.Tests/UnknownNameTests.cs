using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Tests;

/// <summary>What a host is told of names that are read as null.</summary>
public sealed class UnknownNameTests
{
    [Theory]
    [InlineData("{{ nothing }}", "(1,4) nothing")]
    [InlineData("a\n  {{ o.x }}{{ o.y }}", "(2,17) o.y")]
    [InlineData("{{ for i in list; i.size; i.length; end }}", "(1,29) i.length")]
    [InlineData("{{ with o; x; z; end }}", "(1,15) z")]
    [InlineData("{{ o.y ?? o?.w }}", "(1,6) o.y", "(1,14) o.w")]
    public void An_unknown_variable_or_member_is_told_with_its_place(string template, params string[] told) =>
        Assert.Equal(told, Render(template));

    [Theory]
    [InlineData("{{ o.none ?? 1 }}{{ x = 1; x }}{{ list.size }}{{ none?.a }}")]
    [InlineData("{{ f(x) = x + 1; f 1; for i in list; for.index; end; true; null; empty; this }}")]
    public void What_is_known_is_not_told_also_when_it_is_null(string template) => Assert.Empty(Render(template));

    private static List<string> Render(string template)
    {
        var told = new List<string>();
        var context = new TemplateContext
        {
            UnknownNameRead = u => told.Add($"({u.Span.Start.Line + 1},{u.Span.Start.Column + 1}) {(u.Owner is null ? "" : u.OwnerText + ".")}{u.Name}"),
        };
        context.PushGlobal(new ScriptObject { ["o"] = new ScriptObject { ["x"] = 1, ["none"] = null }, ["list"] = new ScriptArray { "a" }, ["none"] = null });
        Template.Parse(template).Render(context);
        return told;
    }
}
