using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Postmortems.Templates;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Tests.Postmortems.Templates;

/// <summary>Templates/README.md lists what a template can use: all of it, and nothing else.</summary>
public sealed partial class TemplateFieldsTests
{
    private static readonly ModelObject[] _models =
        [.. new[] { SampleIncident.Full, SampleIncident.Empty, SampleIncident.GoingOn, SampleIncident.Waived }.Select(m => PostmortemScript.From(m, new PostmortemOptions()))];

    private static readonly List<Field> _page = Read();

    [Fact]
    public void The_page_lists_every_field_of_the_model_and_no_other() => Assert.Equal(
        _models.SelectMany(Objects).SelectMany(o => o.Keys.Select(k => $"{o.Kind}.{k}")).Distinct().Order(),
        _page.Select(f => $"{f.Kind}.{f.Name}").Order());

    [Fact]
    public void Every_field_has_the_type_that_the_page_says() => Assert.All(_page, field =>
    {
        var values = Values(field);
        Assert.Equal(field.Type.TrimEnd('?'), Assert.Single(values.OfType<object>().Select(TypeOf).Distinct(), t => t != "[]"));
        Assert.Equal(field.Type.EndsWith('?'), values.Contains(null));
    });

    [Fact]
    public void The_examples_are_those_of_the_first_sample_that_has_any() => Assert.All(_page, field =>
    {
        var owner = _models.SelectMany(Objects).First(o => o.Kind == field.Kind && (!o.ContainsKey("number") || Equals(o["number"], NumberOf(field.Kind))));
        foreach (var (example, value) in field.Examples.Zip(owner[field.Name] is ScriptArray list ? list : (IEnumerable<object?>)[owner[field.Name]]))
        {
            var text = value is ModelObject moment ? moment["text"].ToString() : value is bool yes ? (yes ? "true" : "false") : value?.ToString();
            if (example.EndsWith('…'))
                Assert.StartsWith(example[..^1], text, StringComparison.Ordinal);
            else
                Assert.Equal(example, text);
        }
    });

    [Fact]
    public void Every_plain_field_has_an_example() => Assert.All(
        _page.Where(f => f.Type is "int" or "bool" or "string[]" or "moment" || f.Type.StartsWith("string", StringComparison.Ordinal)),
        f => Assert.NotEmpty(f.Examples));

    private static List<object?> Values(Field field) =>
        [.. _models.SelectMany(Objects).Where(o => o.Kind == field.Kind).Select(o => (object?)o[field.Name])];

    private static string TypeOf(object value) => value switch
    {
        ModelObject model => model.Kind,
        ScriptArray list => list.OfType<object>().Select(TypeOf).Distinct().SingleOrDefault() + "[]",
        bool => "bool",
        int => "int",
        _ => value.GetType().Name.ToLowerInvariant(),
    };

    /// <summary>Which entry and which task the page shows.</summary>
    private static int NumberOf(string kind) => int.Parse(_page.Single(f => f.Kind == kind && f.Name == "number").Examples.Single(), System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<ModelObject> Objects(object? value) => value switch
    {
        ModelObject model => model.Values.SelectMany(Objects).Prepend(model),
        ScriptArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static List<Field> Read([CallerFilePath] string here = "")
    {
        var root = here[..here.IndexOf(Path.Combine("tests", "IncidentBot.Tests"), StringComparison.Ordinal)];
        var fields = new List<Field>();
        var kind = "";
        foreach (var line in File.ReadLines(Path.Combine(root, "src", "IncidentBot.Incidents", "Postmortems", "Templates", "README.md")))
        {
            if (Heading().Match(line) is { Success: true } heading)
                kind = heading.Groups["kind"].Value;
            if (Row().Match(line) is { Success: true } row)
                fields.Add(new Field(kind, row.Groups["name"].Value, row.Groups["type"].Value, [.. Code().Matches(row.Groups["example"].Value).Select(c => c.Groups["text"].Value)]));
        }
        return fields;
    }

    [GeneratedRegex("^### `(?<kind>[a-z]+)`")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| `(?<name>[a-z_]+)` \| (?<type>[a-z]+(?:\[\])?\??) \|[^|]*\|(?<example>[^|]*)\|$")]
    private static partial Regex Row();

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex Code();

    private sealed record Field(string Kind, string Name, string Type, string[] Examples);
}
