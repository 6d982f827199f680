using System.Text.RegularExpressions;
using System.Xml.Linq;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Tests;

/// <summary>
/// The documentation of the built-ins is their doc comments, and each example in it is a promise:
/// <c>&lt;example&gt;&lt;c&gt;template&lt;/c&gt; gives &lt;c&gt;output&lt;/c&gt;&lt;/example&gt;</c>. The compiler writes the
/// comments, also those of private members, into a file beside the assembly.
/// </summary>
public sealed class BuiltinExamplesTests
{
    private const int BuiltinCount = 128;
    private const string IncludeGroup = "include";

    /// <summary>The templates of which the comments of <c>include</c> and <c>include_join</c> tell.</summary>
    private static readonly NamedTemplates Included = new(new Dictionary<string, string>
    {
        ["owner"] = "The owner is {{ $1 }}.", ["cause"] = "a leak", ["fix"] = "a restart", ["comma"] = ", ",
    });

    private static readonly Lazy<Example[]> Examples = new(() => [.. ReadExamples()]);

    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var example in Examples.Value) data.Add(example.Template, example.Output);
        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_example_gives_what_its_comment_says(string template, string output)
    {
        var context = new TemplateContext { NewLine = "\n", TemplateLoader = Included };
        Assert.Equal(("output", output), LanguageCase.Run(template, context));
    }

    [Fact]
    public void Every_builtin_has_an_example_that_uses_it()
    {
        var builtins = Builtins().ToList();
        var missing = builtins.Where(name => !Examples.Value.Any(example => example.Uses(name)));
        Assert.Empty(missing);
        Assert.Equal(BuiltinCount, builtins.Count);
    }

    [Fact]
    public void No_example_is_outside_the_comment_of_what_it_shows()
    {
        // A comment of the array functions shows array functions first of all.
        var strays = Examples.Value.Where(example => !Builtins(example.Group).Any(example.Uses));
        Assert.Empty(strays);
    }

    private static IEnumerable<string> Builtins(string? only = null) =>
        from entry in new TemplateContext().BuiltinObject
        let members = entry.Value as ScriptObject
        where only is null || only == (members is null ? IncludeGroup : entry.Key)
        from name in members?.Keys.Select(member => $"{entry.Key}.{member}") ?? [entry.Key]
        select name;

    private static IEnumerable<Example> ReadExamples()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "IncidentBot.Templating.xml");
        foreach (var member in XDocument.Load(path).Descendants("member"))
        {
            foreach (var example in member.Elements("example"))
            {
                var parts = example.Elements("c").Select(part => part.Value).ToArray();
                var name = member.Attribute("name")!.Value;
                yield return parts.Length == 2
                    ? new Example(name, parts[0], parts[1])
                    : throw new InvalidDataException($"An example of {name} does not consist of a template and its output");
            }
        }
    }

    /// <param name="Member">The documented member, as in <c>M:Namespace.Type.Method(Parameter)</c>.</param>
    /// <param name="Template">What the example shows.</param>
    /// <param name="Output">What it renders to.</param>
    private sealed record Example(string Member, string Template, string Output)
    {
        public string Group => Regex.Match(Member, @"\.Functions\.(\w+?)Functions\.").Groups[1].Value switch
        {
            "Evaluate" or "Json" => "object",
            var type => type.ToLowerInvariant(),
        };

        public bool Uses(string builtin) => Regex.IsMatch(Template, $@"\b{Regex.Escape(builtin)}\b");
    }
}
