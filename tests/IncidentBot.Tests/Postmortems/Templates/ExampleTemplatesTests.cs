using System.Runtime.CompilerServices;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Postmortems.Templates;
using IncidentBot.Tests.Builders;

namespace IncidentBot.Tests.Postmortems.Templates;

/// <summary>The templates that stand beside the built-in one, to be copied.</summary>
public sealed class ExampleTemplatesTests
{
    private static readonly PostmortemOptions _options = new();

    [Theory]
    [InlineData("default")]
    [InlineData("short")]
    [InlineData("five-whys")]
    public void Each_passes_the_check_and_the_page_names_it(string name)
    {
        var report = TemplateCheck.Run(name, Read(name + ".sbn"), _options, CancellationToken.None);

        Assert.True(report.IsFlawless, string.Join('\n', report.Messages));
        Assert.Contains($"[{name}.sbn]({name}.sbn)", Read("README.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("short")]
    [InlineData("five-whys")]
    public void The_draft_of_the_full_sample(string name) => Golden.Verify(name + "-full", Render(name, SampleIncident.Full));

    [Theory]
    [InlineData("short")]
    [InlineData("five-whys")]
    public void The_draft_of_the_empty_sample(string name) => Golden.Verify(name + "-empty", Render(name, SampleIncident.Empty));

    [Theory]
    [InlineData("short")]
    [InlineData("five-whys")]
    public void The_draft_of_an_outage_that_goes_on(string name) => Golden.Verify(name + "-going-on", Render(name, SampleIncident.GoingOn));

    [Fact]
    public void A_hundred_entries_fit_the_short_one_too()
    {
        var options = new PostmortemOptions { MinWords = 0, MaxWords = 300 };
        var incident = PostmortemIncidents.Hundred();
        var model = PostmortemModel.From(incident.Build(), incident.Time("2026-03-03 03:00"));

        var draft = new PostmortemRenderer(options).Fit(new PostmortemTemplate("short", Read("short.sbn")), model).Markdown;

        Assert.InRange(MarkdownText.CountWords(draft), 150, 300);
    }

    [Fact]
    public void Five_answers_to_why_ask_for_no_sixth()
    {
        var incident = new IncidentBuilder().Resolved("10:00", "").Cause("one\n\ntwo\n\nthree\nstill three\n\nfour\n\n\n# five");
        var draft = Render("five-whys", PostmortemModel.From(incident.Build(), incident.Time("11:00")));

        Assert.Contains("1. one\n2. two\n3. three  \n", draft, StringComparison.Ordinal);
        Assert.Contains("5. \\# five\n\n###", draft, StringComparison.Ordinal);
    }

    private static string Render(string name, PostmortemModel model) =>
        new PostmortemRenderer(_options).Fit(new PostmortemTemplate(name, Read(name + ".sbn")), model).Markdown;

    private static string Read(string file, [CallerFilePath] string here = "") => File.ReadAllText(Path.Combine(
        here[..here.IndexOf(Path.Combine("tests", "IncidentBot.Tests"), StringComparison.Ordinal)], "src", "IncidentBot.Incidents", "Postmortems", "Templates", file));
}
