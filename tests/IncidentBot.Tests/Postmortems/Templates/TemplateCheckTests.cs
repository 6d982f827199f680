using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Postmortems.Templates;

namespace IncidentBot.Tests.Postmortems.Templates;

public sealed class TemplateCheckTests
{
    [Fact]
    public void The_built_in_template_has_nothing_to_mend()
    {
        var report = Check(PostmortemRenderer.BuiltInTemplate);

        Assert.Empty(report.Messages);
        Assert.InRange(report.Words!.Value, 400, 600);
    }

    [Fact]
    public void Every_fault_of_the_parser_is_told_with_its_line_and_a_caret()
    {
        var report = Check("first\n\t{{ for in x }}\n{{ if }}\n");

        Assert.False(report.IsParsed);
        Assert.True(report.Messages.Count > 1);
        Assert.All(report.Messages, m => Assert.Equal(TemplateMessageKind.Error, m.Kind));
        Assert.StartsWith("own.sbn(2,", report.Messages[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("\n    {{ for in x }}\n", report.Messages[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_at_the_end_is_told_at_the_end() =>
        Assert.Contains(Check("# x\n{{ if incident.key }}\nno end\n\n").Messages, m => m is { Line: 2 or 3, Source: not null });

    [Theory]
    [InlineData("{{ incident.titel }}", 13, "`incident` (an incident) has no field `titel`", "Did you mean `title`?")]
    [InlineData("{{ incidnet.title ?? 1 }}", 4, "no variable `incidnet`", "Did you mean `incident`?")]
    [InlineData("{{ title }}", 4, "no variable `title`", "`incident.title`")]
    [InlineData("{{ for t in measures.tasks; t.ownr; end }}", 31, "`t` (a task) has no field `ownr`", "`owner`")]
    [InlineData("{{ timeline.days[0].weekday }}", 21, "(a day) has no field `weekday`", "It has `date`, `entries`")]
    [InlineData("{{ summary.duration.hours }}", 21, "`summary.duration` is a text", "It has only `size`")]
    [InlineData("{{ timeline.entries.count }}", 21, "`timeline.entries` is a list", "It has only `size`")]
    [InlineData("{{ if incident.is_drill && incident.oops; end }}", 37, "no field `oops`", "")]
    public void A_field_that_does_not_exist_is_told_with_its_place(string template, int column, string says, string hint)
    {
        var told = Assert.Single(Check("\n" + template).Messages, m => m is { Kind: TemplateMessageKind.Warning, Line: 2 });

        Assert.Equal(column, told.Column);
        Assert.Contains(says, told.Text, StringComparison.Ordinal);
        Assert.Contains(hint, told.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ if incident.status == 'cancelled'; incident.titel; end }}", 48, "`incident` (an incident) has no field `titel`")]
    [InlineData("{{ if false }}a{{ summary.end?.txt }}{{ end }}", 32, "`summary.end` (a moment) has no field `txt`")]
    public void A_field_that_does_not_exist_is_told_also_where_no_sample_comes_by(string template, int column, string says)
    {
        var told = Assert.Single(Check("\n" + template).Messages, m => m is { Kind: TemplateMessageKind.Warning, Line: 2 });

        Assert.Equal(column, told.Column);
        Assert.Contains(says, told.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("incident.titel")]
    [InlineData("{{## incident.titel ##}}")]
    [InlineData("{%{ {{ incident.titel }} }%}")]
    [InlineData("{{ 'incident.titel' + \"incident.\\\"titel {{ incident.titel }}\" }}")]
    [InlineData("{{ x = 1 # incident.titel\n x }}")]
    [InlineData("{{ func f(task, words); ret words.many; end; f 1 {many: 2} }}")]
    [InlineData("{{ if false; for summary in [{a: 1}]; summary.a; end; end }}")]
    [InlineData("{{ if !seen; seen = true; end }}")]
    [InlineData("{{ o = {a: 1}; o.b }}")]
    [InlineData("{{ func seen(x); ret x; end; seen 1 }}")]
    [InlineData("{{ if x; capture x; 1; end; end }}")]
    public void What_a_template_keeps_for_itself_is_no_unknown_field(string template) =>
        Assert.DoesNotContain(Check(PostmortemRenderer.BuiltInTemplate + template).Messages, m => m.Text.Contains("no variable", StringComparison.Ordinal) || m.Text.Contains("no field", StringComparison.Ordinal));

    [Fact]
    public void A_failure_names_the_samples_that_it_comes_of()
    {
        var error = Assert.Single(Check("{{ summary.end.text }}").Messages, m => m.Kind == TemplateMessageKind.Error);
        Assert.Equal((1, 16), (error.Line, error.Column));
        Assert.Contains("with the sample of an outage that goes on: Cannot get the member summary.end.text", error.Text, StringComparison.Ordinal);

        error = Assert.Single(Check("{{ resolution.fix.size }}").Messages, m => m.Kind == TemplateMessageKind.Error);
        Assert.Contains("with the empty sample (only start and end are recorded) and the sample of an outage", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_function_is_an_error_and_told_once() =>
        Assert.Equal(TemplateMessageKind.Error, Assert.Single(Check("{{ no_such_function 1 }}").Messages).Kind);

    [Fact]
    public void A_template_that_never_ends_is_stopped_and_told() =>
        Assert.Contains(Check("{{ while true; end }}").Messages, m => m is { Kind: TemplateMessageKind.Error, Line: 1 });

    [Fact]
    public void Include_is_refused_at_its_place()
    {
        var error = Assert.Single(Check("ok\n  {{ include '/etc/passwd' }}").Messages, m => m.Kind == TemplateMessageKind.Error);

        Assert.Equal((2, 6), (error.Line, error.Column));
        Assert.Contains("`include` is not available", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_of_many_comments_that_is_never_closed_takes_no_time()
    {
        var started = TimeProvider.System.GetTimestamp();

        Check("{{ x = 1\n" + string.Concat(Enumerable.Repeat("# a comment with some words, { and `\n", 2_000)));

        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 10);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\n")]
    [InlineData("{{ x = 1 }}")]
    public void A_template_that_prints_nothing_gets_one_warning(string template) =>
        Assert.Equal("The template prints nothing with the full sample.", Assert.Single(Check(template).Messages).Text);

    [Theory]
    [InlineData("{{ if incident.status == 'nowhere'; incident.title | string.upper; end }}", "no function `string.upper`", "")]
    [InlineData("{{ if false; [] | array.jion; end }}", "no function `array.jion`", "Did you mean `join`?")]
    [InlineData("{{ incident.title | string.upcas }}", "The function `string.upcas` was not found", "Did you mean `upcase`?")]
    [InlineData("{{ incident.title | upcase }}", "The function `upcase` was not found", "Did you mean `string.upcase`?")]
    public void A_function_that_does_not_exist_is_told_wherever_it_is_called(string template, string says, string hint)
    {
        var told = Assert.Single(Check("\n" + template).Messages, m => m.Line == 2);

        Assert.Contains(says, told.Text, StringComparison.Ordinal);
        Assert.Contains(hint, told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heading_with_nothing_under_it_is_told_at_the_heading()
    {
        var template = PostmortemRenderer.BuiltInTemplate.Split('\n').Where(line => !line.StartsWith("{{ resolution.root_cause ??", StringComparison.Ordinal));

        var told = Assert.Single(Check(string.Join('\n', template)).Messages, m => m.Text.Contains("nothing under the heading", StringComparison.Ordinal));

        Assert.Equal("### Root cause", told.Source!.Text);
    }

    [Theory]
    [InlineData("{{ timeline.entries[0].time }}")]
    [InlineData("{{ (timeline.entries | array.first).time }}")]
    public void A_template_that_relies_on_the_first_entry_is_shortened_like_any_other(string use)
    {
        var template = PostmortemRenderer.BuiltInTemplate.Replace("## Timeline\n", $"First: {use}\n\n## Timeline\n", StringComparison.Ordinal);

        var report = Check(template);

        Assert.Empty(report.Messages);
        Assert.InRange(report.Words!.Value, 400, 600);
    }

    private static TemplateReport Check(string template) => TemplateCheck.Run("own.sbn", template, new PostmortemOptions(), CancellationToken.None);
}
