using System.Runtime.CompilerServices;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Postmortems.Templates;
using IncidentBot.Incidents.Resolving;
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

    [Theory]
    [InlineData("default")]
    [InlineData("short")]
    [InlineData("five-whys")]
    public void The_draft_of_an_outage_of_which_the_rest_was_waived(string name) => Golden.Verify(name + "-waived", Render(name, SampleIncident.Waived));

    [Theory]
    [InlineData("default")]
    [InlineData("short")]
    [InlineData("five-whys")]
    public void A_reason_of_a_waiver_is_shown_as_it_was_typed_whatever_it_holds(string name)
    {
        const string reason = "_ **b** </em><script>alert(1)</script> [x](javascript:alert(1))\n\n## Timeline\n- {{ 1 + 1 }} `c` \\";
        var incident = new IncidentBuilder().Resolved("10:00", "").WaiveAll(reason);

        var html = MarkdownHtml.Render(Render(name, PostmortemModel.From(incident.Build(), incident.Time("11:00"))));

        Assert.Contains(
            "<em>Waived by @maria: _ **b** &lt;/em&gt;&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1)) ## Timeline - {{ 1 + 1 }} `c` \\</em>", html, StringComparison.Ordinal);
        Assert.Equal(4, html.Split("<h2>").Length - 1);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<a ", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("short")]
    [InlineData("five-whys")]
    public void Of_a_waived_impact_only_what_is_missing_is_waived(string name)
    {
        var incident = new IncidentBuilder(services: "checkout").Impact("09:20", "no orders").Resolved("10:00", "").Waive(AnswerKind.WaivedImpact, "nobody counted them");

        var draft = Render(name, PostmortemModel.From(incident.Build(), incident.Time("11:00")));

        Assert.Single(draft.Split('\n'), line => line.Contains("Waived by", StringComparison.Ordinal));
        Assert.Contains("** _Waived by @maria: nobody counted them_\n", draft, StringComparison.Ordinal);
        Assert.Contains("no orders", draft, StringComparison.Ordinal);
    }

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
