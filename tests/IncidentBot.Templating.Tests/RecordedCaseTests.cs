using System.Text;

namespace IncidentBot.Templating.Tests;

public sealed class RecordedCaseTests
{
    private static readonly Dictionary<string, TemplateCase> Golden = Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Cases"), "*.jsonl")
        .SelectMany(TemplateCase.Read)
        .ToDictionary(recorded => recorded.Name);

    public static TheoryData<string> GoldenNames => [.. Golden.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(GoldenNames))]
    public void A_golden_case_renders_as_it_was_recorded(string name) =>
        Assert.Null(Describe(Golden[name]));

    /// <summary>The whole corpus stays outside the repository; where it is not there, the golden cases above are the test.</summary>
    [Fact]
    public void All_cases_of_the_corpus_render_as_they_were_recorded()
    {
        var path = FindCorpus();
        var cases = path is null ? [.. Golden.Values] : TemplateCase.Read(path);
        var failures = new List<string>();
        foreach (var recorded in cases)
        {
            if (Describe(recorded) is { } failure)
            {
                failures.Add(failure);
            }
        }

        if (Environment.GetEnvironmentVariable("TEMPLATING_REPORT") is { Length: > 0 } report)
        {
            File.WriteAllLines(report, failures);
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {cases.Count} cases differ:\n{string.Join("\n", failures)}");
    }

    private static string? FindCorpus()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var path = Path.Combine(directory.FullName, "shared", "scriban", "cases.jsonl");
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    private static string? Describe(TemplateCase recorded)
    {
        string? actual;
        try
        {
            actual = recorded.Difference();
        }
        catch (Exception unexpected)
        {
            actual = unexpected.ToString();
        }

        return actual is null
            ? null
            : new StringBuilder().Append("== ").Append(recorded.Tier).Append(' ').AppendLine(recorded.Name)
                .Append("template: ").AppendLine(recorded.Template)
                .Append("expected: ").AppendLine(recorded.Expected)
                .Append("actual:   ").AppendLine(actual).ToString();
    }
}
