using System.Text.RegularExpressions;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Postmortems.Templates;

namespace IncidentBot.Tests.Postmortems.Templates;

/// <summary>The built-in template with one thing taken away, as an author who copies it may do.</summary>
public sealed class RequiredPartTests
{
    [Theory]
    [InlineData("## Issue summary", "", "The draft has no heading \"Issue summary\".")]
    [InlineData("{{ summary.duration }}", "", "does not show the duration (summary.duration)")]
    [InlineData("from {{ summary.start.text }} ", "", "does not show the start (summary.start)")]
    [InlineData("{{ summary.end.text }}", "", "does not show the end (summary.end)")]
    [InlineData("{{ summary.services | array.join \", \" }}", "", "does not show the affected services")]
    [InlineData("{{ summary.experience ??", "{{ null ??", "does not show what users experienced")]
    [InlineData("{{ summary.percent_of_users ??", "{{ null ??", "does not show the share of users")]
    [InlineData("{{ entry.label }}{{ if entry.label && entry.text }}: {{ end }}{{ entry.text }}", "", "does not show how the outage was detected", "what was done", "the misleading paths", "the escalations")]
    [InlineData("{{ resolution.fix ??", "{{ null ??", "does not show the fix (resolution.fix)")]
    [InlineData("- {{ improvement }}", "-", "does not show what can be improved")]
    [InlineData("- {{ task.text }}", "-", "does not show the tasks")]
    [InlineData("\"owner @\" + task.owner", "\"\"", "does not show the owners of tasks (task.owner)")]
    [InlineData("\"due \" + task.due", "\"\"", "does not show the due dates of tasks (task.due)")]
    public void What_the_full_sample_has_and_the_draft_does_not_show_is_told(string part, string instead, params string[] told) =>
        AssertTold(part, instead, told);

    [Theory]
    [InlineData("{{ else }}{{ missing \"the affected services\" \"/incident impact --service NAME\" waived.impact }}{{ end }}", "{{ end }}", "recorded the affected services (summary.services)")]
    [InlineData("summary.experience ?? (missing \"the impact, as people experienced it\" \"/incident impact TEXT\" waived.impact)", "summary.experience", "recorded what users experienced")]
    [InlineData("so far, from", "from", "- **End:** {{ missing \"the end of the outage\" \"/incident resolve\" }}", "", "recorded the end (summary.end)")]
    [InlineData("\"owner not recorded\"", "\"\"", "recorded the owners of tasks (task.owner)")]
    [InlineData("\"due date not recorded\"", "\"\"", "recorded the due dates of tasks (task.due)")]
    [InlineData("{{ missing \"tasks\" \"/incident task TEXT @OWNER due DATE\" waived.tasks }}", "", "recorded the tasks (measures.tasks)")]
    [InlineData("{{ missing \"what can be improved\" \"/incident improve TEXT\" }}", "", "recorded what can be improved")]
    public void What_is_missing_and_not_shown_as_missing_is_told(string part, string instead, params string[] more)
    {
        var template = PostmortemRenderer.BuiltInTemplate.Replace(part, instead, StringComparison.Ordinal);
        for (int i = 0; i + 1 < more.Length; i += 2)
            template = template.Replace(more[i], more[i + 1], StringComparison.Ordinal);

        var message = Assert.Single(Check(template).Messages);
        Assert.Contains(more[^1], message.Text, StringComparison.Ordinal);
        Assert.EndsWith("the draft does not say that it is missing.", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_is_where_the_field_is_read_else_where_its_section_begins()
    {
        var template = PostmortemRenderer.BuiltInTemplate.Replace("\"owner @\" + task.owner", "\"\"", StringComparison.Ordinal);
        Assert.StartsWith("- {{ task.text }}", Assert.Single(Check(template).Messages).Source!.Text.TrimStart('…'), StringComparison.Ordinal);

        template = Regex.Replace(PostmortemRenderer.BuiltInTemplate, @"- \*\*Services:\*\*.*\n", "");
        Assert.Equal("## Issue summary", Assert.Single(Check(template).Messages).Source!.Text);
    }

    [Fact]
    public void No_time_zone_is_told()
    {
        var template = PostmortemRenderer.BuiltInTemplate
            .Replace("{{ incident.zone }}", "our time", StringComparison.Ordinal)
            .Replace("{{ summary.start.text }}", "{{ summary.start.date }} {{ summary.start.clock }}", StringComparison.Ordinal)
            .Replace("{{ summary.end.text }}", "{{ summary.end.date }} {{ summary.end.clock }}", StringComparison.Ordinal);

        Assert.Contains("the time zone (incident.zone)", Assert.Single(Check(template).Messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_of_ones_own_is_no_fault()
    {
        var template = PostmortemRenderer.BuiltInTemplate
            .Replace("{{ summary.duration }}", "{{ summary.duration | string.upcase }}", StringComparison.Ordinal)
            .Replace("{{ summary.start.text }}", "{{ summary.start.clock }} of {{ summary.start.date }}", StringComparison.Ordinal)
            .Replace("{{ summary.experience ??", "{{ (summary.experience ? (summary.experience | string.truncate 20) : null) ??", StringComparison.Ordinal)
            .Replace("_Not recorded: \" + what", "**Nobody said:** \" + what", StringComparison.Ordinal);

        Assert.Empty(Check(template).Messages);
    }

    [Fact]
    public void Words_that_a_template_adds_without_end_are_told_and_few_words_are_only_a_note()
    {
        Assert.Contains("words, more than 600", Assert.Single(Check(PostmortemRenderer.BuiltInTemplate + string.Concat(Enumerable.Repeat("word ", 500))).Messages).Text, StringComparison.Ordinal);

        var report = TemplateCheck.Run("own.sbn", PostmortemRenderer.BuiltInTemplate, new PostmortemOptions { MinWords = 900, MaxWords = 1000 }, CancellationToken.None);
        Assert.True(report.IsFlawless);
        Assert.Contains("fewer than 900", Assert.Single(report.Messages).Text, StringComparison.Ordinal);
    }

    private static void AssertTold(string part, string instead, string[] told)
    {
        var template = PostmortemRenderer.BuiltInTemplate.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(PostmortemRenderer.BuiltInTemplate, template);

        var texts = string.Join('\n', Check(template).Messages.Select(m => m.Text));

        Assert.All(told, t => Assert.Contains(t, texts, StringComparison.Ordinal));
    }

    private static TemplateReport Check(string template) => TemplateCheck.Run("own.sbn", template, new PostmortemOptions(), CancellationToken.None);
}
