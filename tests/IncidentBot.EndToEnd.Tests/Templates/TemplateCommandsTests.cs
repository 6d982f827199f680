using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.Templates;

/// <summary><c>check-template</c> and <c>render</c>, as they are typed.</summary>
public sealed class TemplateCommandsTests
{
    private static readonly string Templates = Path.Combine(Repository.Root, "src", "IncidentBot.Incidents", "Postmortems", "Templates");

    [Theory]
    [InlineData("default.sbn")]
    [InlineData("short.sbn")]
    [InlineData("five-whys.sbn")]
    public async Task The_templates_that_come_with_the_bot_have_nothing_to_mend(string name)
    {
        var run = await CommandRun.OfBotAsync("check-template", Path.Combine(Templates, name));

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("nothing to mend", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ if }}", 2, "(1,7) : error : ")]
    [InlineData("\n{{ summary.end.text }}", 3, "(2,16) : error : with the sample of an outage that goes on: ")]
    [InlineData("# {{ incident.titel }}", 3, "(1,15) : warning : `incident` (an incident) has no field `titel`")]
    public async Task What_is_to_mend_is_told_with_line_and_column(string template, int exit, string told)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("own.sbn", template);

        var run = await CommandRun.OfBotAsync("check-template", path);

        Assert.Equal((exit, ""), (run.ExitCode, run.Errors));
        CommandRun.AssertExplains(run.Output, path + told);
    }

    [Fact]
    public async Task Misuse_is_told()
    {
        using var folder = new TemporaryFolder();

        var missing = await CommandRun.OfBotAsync("check-template", Path.Combine(folder.Path, "none.sbn"));
        Assert.Equal((2, ""), (missing.ExitCode, missing.Output));
        CommandRun.AssertExplains(missing.Errors, "none.sbn: cannot be read");

        Assert.NotEqual(0, (await CommandRun.OfBotAsync("check-template")).ExitCode);
        Assert.NotEqual(0, (await CommandRun.OfBotAsync("check-template", folder.Write("a.sbn", "x"), "--data", "y")).ExitCode);
    }

    [Fact]
    public async Task The_help_names_the_command_and_what_its_exit_codes_mean()
    {
        Assert.Contains("check-template", (await CommandRun.OfBotAsync("--help")).Output, StringComparison.Ordinal);
        CommandRun.AssertExplains((await CommandRun.OfBotAsync("check-template", "--help")).Output, "FILE", "exit 2", "3");
    }

    [Fact]
    public async Task Doctor_uses_the_same_check()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("own.sbn", "\n{{ summary.end.text }}");

        var run = await DoctorAsync(folder, path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"FAIL postmortem template: {path}(2,16) : error : with the sample of an outage that goes on", run.Output, StringComparison.Ordinal);

        folder.Write("own.sbn", "{{ incident.titel }}x");
        run = await DoctorAsync(folder, path);
        Assert.Equal(0, run.ExitCode);
        Assert.Matches("ok   postmortem template: .*own.sbn renders the samples; check-template has [0-9]+ warnings about it", run.Output);

        run = await DoctorAsync(folder, Path.Combine(folder.Path, "none.sbn"));
        Assert.Equal(1, run.ExitCode);
        CommandRun.AssertExplains(run.Output, "FAIL postmortem template", "none.sbn cannot be read", "built-in template is used");
    }

    [Theory]
    [InlineData("{{ a }} {{ b[1] }}", "\uFEFF{\"a\": 1, \"b\": [true, \"x\"]}", 0, "1 x", "")]
    [InlineData("{{ if }}\n{{ for x in }}", "{}", 2, "", "template.sbn(2,")]
    [InlineData("{{ a.b }}", "{}", 3, "", "template.sbn(1,6) : error : ")]
    [InlineData("{{ include 'data.json' }}", "{}", 3, "", "`include` is not available")]
    [InlineData("x", "{,}", 2, "", "data.json(1,2) : error : This is no JSON")]
    public async Task Render_prints_the_text_or_says_why_not(string template, string data, int exit, string output, string errors)
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.OfBotAsync("render", folder.Write("template.sbn", template), "--data", folder.Write("data.json", data));

        Assert.Equal((exit, output), (run.ExitCode, run.Output));
        CommandRun.AssertExplains(run.Errors, errors);
    }

    private static Task<CommandRun> DoctorAsync(TemporaryFolder folder, string template) =>
        CommandRun.OfBotAsync("doctor", "--IncidentBot:DataDirectory", folder.Path, "--Postmortem:TemplatePath", template);
}
