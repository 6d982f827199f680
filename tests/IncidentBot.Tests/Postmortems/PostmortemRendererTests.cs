using FsCheck;
using FsCheck.Fluent;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Timeline;
using IncidentBot.Tests.Builders;

namespace IncidentBot.Tests.Postmortems;

public sealed class PostmortemRendererTests : IDisposable
{
    private readonly string _templatePath = Path.GetTempFileName();

    public void Dispose() => File.Delete(_templatePath);

    [Fact]
    public void The_draft_of_a_full_incident() => Golden.Verify("full-incident", Render(PostmortemIncidents.Full()).Markdown);

    [Fact]
    public void The_draft_of_an_incident_of_which_nobody_recorded_anything() =>
        Golden.Verify("empty-incident", Render(new IncidentBuilder().Resolved("10:00", "")).Markdown);

    [Fact]
    public void The_draft_of_an_incident_that_goes_on() => Golden.Verify(
        "open-incident",
        Render(new IncidentBuilder(isDrill: true, zone: "Europe/Paris").Impact("09:20", "no orders", 12.5m, "checkout").NoEscalations().NoMisleadingPaths()).Markdown);

    [Fact]
    public void The_draft_of_an_incident_with_a_hundred_entries() => Golden.Verify("hundred-entries", Render(PostmortemIncidents.Hundred()).Markdown);

    [Fact]
    public void The_draft_of_an_incident_with_hostile_texts() => Golden.Verify("hostile-texts", Render(PostmortemIncidents.Hostile()).Markdown);

    [Fact]
    public void A_hundred_entries_give_four_to_six_hundred_words() => Assert.InRange(Render(PostmortemIncidents.Hundred()).WordCount, 400, 600);

    [Fact]
    public void Five_entries_give_a_short_draft_that_says_why_it_is_short() =>
        Assert.Contains(Render(PostmortemIncidents.Hostile()).Findings, f => f is { Kind: FindingKind.Notice, Part: "length" });

    [Fact]
    public void The_four_sections_stand_in_order_whatever_people_typed()
    {
        var html = MarkdownHtml.Render(Render(PostmortemIncidents.Hostile()).Markdown);

        Assert.Equal(
            ["Issue summary", "Timeline", "Root cause and resolution", "Corrective and preventative measures"],
            html.Split("<h2>").Skip(1).Select(h => h[..h.IndexOf('<', StringComparison.Ordinal)]));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("javascript:alert\"", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_cause_that_is_too_long_is_kept_whole_and_a_finding_says_so()
    {
        var cause = string.Join(' ', Enumerable.Range(1, 700).Select(i => $"cause{i}"));

        var draft = Render(PostmortemIncidents.Full().Cause(cause));

        Assert.Contains(cause, draft.Markdown, StringComparison.Ordinal);
        Assert.Contains("Detected by", draft.Markdown, StringComparison.Ordinal);
        Assert.Contains(draft.Findings, f => f.Part == "length" && f.Text.Contains("the root cause 700", StringComparison.Ordinal));
    }

    [Fact]
    public void Any_mix_of_entries_fits_the_words()
    {
        var entry = from kind in Gen.Elements(EntryKind.Note, EntryKind.Action, EntryKind.Hypothesis, EntryKind.Misleading, EntryKind.Update)
                    from minute in Gen.Choose(0, 3000)
                    from length in Gen.Choose(1, 60)
                    select (kind, minute, length);
        Prop.ForAll(Gen.ListOf(entry).ToArbitrary(), entries =>
        {
            var incident = PostmortemIncidents.Full();
            var start = incident.Time("2026-03-02 09:14");
            foreach (var (kind, minute, length) in entries)
                incident.Entry(kind, start.AddMinutes(minute), string.Join(' ', Enumerable.Repeat("word", length)));
            var draft = Render(incident);
            bool hasMore = draft.Findings.Any(f => f is { Kind: FindingKind.Notice, Part: "timeline" });
            return draft.WordCount <= 600 && (!hasMore || draft.WordCount >= 560);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_own_template_is_used_and_read_again_when_it_was_changed()
    {
        var renderer = new PostmortemRenderer(new PostmortemOptions { TemplatePath = _templatePath });
        var snapshot = PostmortemIncidents.Full().Build();

        File.WriteAllText(_templatePath, "{{ incident.key }} took {{ summary.duration }}");
        Assert.Equal("INC-1 took 2 h 5 min\n", renderer.Render(snapshot, default).Markdown);

        File.WriteAllText(_templatePath, "{{ for task in measures.tasks }}{{ task.owner }} {{ end }}");
        Assert.Equal("li sam\n", renderer.Render(snapshot, default).Markdown);
    }

    [Fact]
    public void An_own_template_that_wraps_every_bullet_keeps_within_the_words()
    {
        File.WriteAllText(_templatePath, "{{ for e in timeline.entries }}- {{ e.time }} one two three four five {{ e.label }} {{ e.text }}\n{{ end }}");

        var draft = RenderOwn(PostmortemIncidents.Hundred());

        Assert.Null(draft.TemplateFault);
        Assert.InRange(draft.WordCount, 300, 600);
    }

    [Theory]
    [InlineData("# x\n{{ if incident.key }}\nno end", "<end>")]
    [InlineData("\n{{ nothing.at_all.here }}", "(2,")]
    [InlineData("{{ for i in 1..2000000 }}x{{ end }}", "(1,")]
    [InlineData("{{ func f; f; end; f }}", "(1,")]
    public void A_faulty_own_template_gives_the_built_in_draft_and_says_where_it_is_wrong(string template, string position)
    {
        File.WriteAllText(_templatePath, template);

        var draft = RenderOwn(PostmortemIncidents.Full());

        Assert.StartsWith(_templatePath + "(", draft.TemplateFault, StringComparison.Ordinal);
        Assert.Contains(position, draft.TemplateFault, StringComparison.Ordinal);
        Assert.Contains(") : error : ", draft.TemplateFault, StringComparison.Ordinal);
        Assert.Equal(Render(PostmortemIncidents.Full()).Markdown, draft.Markdown);
        Assert.Contains(draft.Findings, f => f is { Kind: FindingKind.Notice, Part: "template" } && f.Text.Contains(draft.TemplateFault!.Split('\n')[0], StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_own_template_gives_the_built_in_draft()
    {
        var renderer = new PostmortemRenderer(new PostmortemOptions { TemplatePath = "/no/such/file.sbn" });

        var draft = renderer.Render(PostmortemIncidents.Full().Build(), default);

        Assert.StartsWith("/no/such/file.sbn(1,1) : error : ", draft.TemplateFault, StringComparison.Ordinal);
        Assert.Equal(Render(PostmortemIncidents.Full()).Markdown, draft.Markdown);
    }

    [Theory]
    [InlineData("{{ regex.match 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' '^(a+)+$' }}", "RegexTimeOut")]
    // Whichever comes first on this machine: the limit of steps, or the two seconds.
    [InlineData("{{ s = string.pad_left '' 100000; for i in 1..90000; x = s | string.replace ' ' 'ab'; end }}", "limit of", "longer than 2 seconds")]
    // A search costs few steps and much time, so here it is the two seconds on any machine.
    [InlineData("{{ for i in 1..90000; x = regex.match 'aaaaaaaaaaaaaaaa!' '^(a+)+$'; end }}", "longer than 2 seconds", "RegexTimeOut")]
    public void A_template_that_never_ends_is_stopped(string template, params string[] reasons)
    {
        File.WriteAllText(_templatePath, template);

        var started = TimeProvider.System.GetTimestamp();
        var draft = RenderOwn(PostmortemIncidents.Full());

        Assert.StartsWith(_templatePath + "(1,", draft.TemplateFault, StringComparison.Ordinal);
        Assert.Contains(reasons, reason => draft.TemplateFault!.Contains(reason, StringComparison.Ordinal));
        // Two seconds, and some for a busy machine; unbounded it would be minutes, a pattern alone ten seconds.
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 9);
    }

    [Theory]
    [InlineData("# x\n\n## Issue summary\n\ntext\n", "shows no section \"Timeline\"")]
    [InlineData("## Issue summary\n\ntext\n\n## Timeline\n\n## Root cause and resolution\n\n### Fix\ntext\n\n## Corrective and preventative measures\ntext", "shows nothing under \"Timeline\"")]
    public void A_part_that_an_own_template_does_not_show_is_missing(string template, string says)
    {
        File.WriteAllText(_templatePath, template);

        Assert.Contains(RenderOwn(PostmortemIncidents.Full()).Findings, f => f is { Kind: FindingKind.Missing, Part: "template" } && f.Text.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void An_own_template_may_go_through_long_lists()
    {
        File.WriteAllText(_templatePath, "{{ n = 0; for i in 1..5000; n = n + 1; end; n }}");

        Assert.Equal("5000\n", RenderOwn(PostmortemIncidents.Full()).Markdown);
    }

    [Fact]
    public void An_own_template_without_a_section_gets_a_notice()
    {
        File.WriteAllText(_templatePath, "## Issue summary\n## Timeline\n## Root cause and resolution\n");

        Assert.Contains(RenderOwn(PostmortemIncidents.Full()).Findings, f => f.Text.Contains("\"Corrective and preventative measures\"", StringComparison.Ordinal));
    }

    [Fact]
    public void The_built_in_template_used_as_an_own_one_gives_the_same_draft()
    {
        File.WriteAllText(_templatePath, PostmortemRenderer.BuiltInTemplate);

        Assert.Equal(Render(PostmortemIncidents.Hundred()).Markdown, RenderOwn(PostmortemIncidents.Hundred()).Markdown);
    }

    private static PostmortemDraft Render(IncidentBuilder incident) =>
        new PostmortemRenderer(new PostmortemOptions()).Render(incident.Build(), incident.Time("2026-03-02 12:00"));

    private PostmortemDraft RenderOwn(IncidentBuilder incident) =>
        new PostmortemRenderer(new PostmortemOptions { TemplatePath = _templatePath }).Render(incident.Build(), incident.Time("2026-03-02 12:00"));
}
