using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Postmortems;

namespace IncidentBot.Tests.Postmortems.Templates;

/// <summary>What the room is told when the own template fails.</summary>
public sealed class TemplateFaultTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("# x\r\n\t{{ for x in }} <!channel> @maria `*_ [a](http://b)\r\n", "(2,14) : error : ", "\n    {{ for x in }} <!channel> @maria `*_ [a](http://b)")]
    [InlineData("# x\n{{ incident.key.x.y }} @here", "(2,", "\n    {{ incident.key.x.y }} @here")]
    [InlineData("{{ include 'other.sbn' }}", "(1,4) : error : `include` is not available", "\n    {{ include 'other.sbn' }}")]
    public void The_fault_has_file_line_column_and_the_line_itself(string template, string place, string line)
    {
        var fault = Render(template).TemplateFault!;

        Assert.StartsWith(_path + place, fault, StringComparison.Ordinal);
        Assert.Contains(line, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_notified_by_a_faulty_line_and_it_is_no_markup()
    {
        var draft = Render("{{ for x in }} <!channel> @maria **bold** http://example.org");

        var notice = Assert.IsType<TextBlock>(PostmortemPublisher.ToMessage(PostmortemIncidents.Full().Build(), draft).Blocks[0]);
        Assert.All(notice.Text.Spans, s => Assert.IsType<TextSpan>(s));
        Assert.Equal(new TextSpan(draft.TemplateFault!, TextStyle.Code), notice.Text.Spans[^1]);
    }

    [Fact]
    public void The_fault_stays_short_whatever_the_template_holds()
    {
        Assert.InRange(Render(new string('a', 200_000) + "{{ for x in }}" + new string('b', 200_000)).TemplateFault!.Length, 50, 1_500);
        Assert.InRange(Render("{{ ('@here ' * 100000) | date.parse }}").TemplateFault!.Length, 400, 1_500);
        Assert.InRange(Render(string.Concat(Enumerable.Repeat("{{ if }}\n", 500))).TemplateFault!.Split('\n').Length, 2, 10);
    }

    [Fact]
    public void The_finding_is_one_line()
    {
        var finding = Assert.Single(Render("one\n{{ for x in }}").Findings, f => f.Part == "template");

        Assert.Contains(_path + "(2,", finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', finding.Text);
    }

    [Theory]
    [InlineData(new byte[] { 0x23, 0xFF, 0xFE }, "This is no UTF-8 text")]
    [InlineData(new byte[] { 0x23, 0x00, 0x00 }, "This is no text: it holds zero bytes")]
    public void A_file_that_is_no_text_gives_the_built_in_draft(byte[] content, string reason)
    {
        File.WriteAllBytes(_path, content);

        Assert.Contains($"{_path}(1,1) : error : {reason}", Draft(_path).TemplateFault, StringComparison.Ordinal);
        Assert.Contains("(1,1) : error : This is a folder", Draft(Path.GetTempPath()).TemplateFault, StringComparison.Ordinal);
        Assert.StartsWith("# Postmortem", Draft(_path).Markdown, StringComparison.Ordinal);
    }

    private PostmortemDraft Render(string template)
    {
        File.WriteAllText(_path, template);
        return Draft(_path);
    }

    private static PostmortemDraft Draft(string path)
    {
        var incident = PostmortemIncidents.Full();
        return new PostmortemRenderer(new PostmortemOptions { TemplatePath = path }).Render(incident.Build(), incident.Time("2026-03-02 12:00"));
    }
}
