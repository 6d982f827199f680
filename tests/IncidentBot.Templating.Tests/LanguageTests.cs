namespace IncidentBot.Templating.Tests;

/// <summary>The language, case by case, against what the Scriban library makes of the same templates.</summary>
public sealed class LanguageTests
{
    private static readonly Dictionary<string, LanguageCase> Own = LanguageCase.ReadOwn().ToDictionary(c => c.Name);

    public static TheoryData<string> OwnCases() => new(Own.Keys);

    [Theory]
    [MemberData(nameof(OwnCases))]
    public void A_template_renders_as_with_the_reference_library(string name)
    {
        Assert.Null(Own[name].Check());
    }

    [Fact]
    public void Every_case_at_hand_renders_as_with_the_reference_library()
    {
        // Without the corpus the cases of the repository have to do.
        var cases = LanguageCase.FindShared() is { } path ? LanguageCase.Read(path) : Own.Values;
        var failures = cases.Select(c => c.Check()).Where(difference => difference is not null).ToList();
        Assert.True(failures.Count == 0, $"{failures.Count} failures\n{string.Join('\n', failures)}");
    }
}
