using System.Text;
using IncidentBot.Cli;
using IncidentBot.Incidents.Postmortems;

namespace IncidentBot.Tests.Cli;

public sealed class CheckTemplateTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("incidentbot-test-");

    private string FilePath => Path.Combine(_directory.FullName, "own.sbn");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_good_template_exits_with_0_and_one_line()
    {
        var (exit, output, errors) = await CheckAsync(PostmortemRenderer.BuiltInTemplate);

        Assert.Equal((0, ""), (exit, errors));
        Assert.Matches($@"\A{FilePath}: nothing to mend; the draft of the full sample has \d+ words\n\z", output);
    }

    [Fact]
    public async Task A_misspelt_field_exits_with_3_and_is_shown_with_a_caret()
    {
        var (exit, output, errors) = await CheckAsync(PostmortemRenderer.BuiltInTemplate + "\n\t{{ incident.titel }}\n");

        Assert.Equal((3, ""), (exit, errors));
        Assert.Matches(@"own\.sbn\(\d+,14\) : warning : `incident` \(an incident\) has no field `titel`", output);
        Assert.Contains("\n    {{ incident.titel }}\n                ^\n", output, StringComparison.Ordinal);
        Assert.EndsWith(": 0 errors, 1 warning\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_cannot_be_parsed_exits_with_2_and_all_its_faults()
    {
        var (exit, output, errors) = await CheckAsync("{{ for x in }}\n{{ if }}");

        Assert.Equal((2, ""), (exit, errors));
        Assert.Contains("own.sbn(1,", output, StringComparison.Ordinal);
        Assert.Contains("own.sbn(2,", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_fails_while_it_runs_exits_with_3()
    {
        var (exit, output, _) = await CheckAsync("\n{{ detection.by }}");

        Assert.Equal(3, exit);
        Assert.Contains("own.sbn(2,14) : error : with the empty sample", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_exits_with_3()
    {
        var (exit, output, _) = await CheckAsync("");

        Assert.Equal(3, exit);
        Assert.Contains("prints nothing", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_template()
    {
        await File.WriteAllTextAsync(FilePath, "{{ incident.titel }}" + PostmortemRenderer.BuiltInTemplate, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await File.WriteAllTextAsync(FilePath + "16", PostmortemRenderer.BuiltInTemplate, Encoding.Unicode);

        Assert.Contains("own.sbn(1,13) : warning : ", (await RunAsync(FilePath)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(FilePath + "16")).Exit);
    }

    [Theory]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0xFF, 0x00 }, "no UTF-8 text")]
    [InlineData(new byte[] { 0x4D, 0x5A, 0x00, 0x00 }, "zero bytes")]
    public async Task A_binary_file_exits_with_2(byte[] content, string reason)
    {
        await File.WriteAllBytesAsync(FilePath, content);

        AssertUnreadable(await RunAsync(FilePath), FilePath, reason);
    }

    [Fact]
    public async Task A_missing_file_and_a_folder_exit_with_2()
    {
        AssertUnreadable(await RunAsync(FilePath), FilePath, "Could not find file");
        AssertUnreadable(await RunAsync(_directory.FullName), _directory.FullName, "folder");
        AssertUnreadable(await RunAsync(Path.Combine(FilePath, "deeper")), "deeper", "Could not find");
    }

    [Fact]
    public async Task A_huge_line_is_checked_and_only_its_faulty_part_shown()
    {
        var (exit, output, _) = await CheckAsync(new string('x', 5_000_000) + "{{ if }}");

        Assert.Equal(2, exit);
        Assert.InRange(output.Length, 100, 5_000);
    }

    private static void AssertUnreadable((int Exit, string Output, string Errors) run, params string[] says)
    {
        Assert.Equal((2, ""), (run.Exit, run.Output));
        Assert.All(says, s => Assert.Contains(s, run.Errors, StringComparison.Ordinal));
    }

    private async Task<(int Exit, string Output, string Errors)> CheckAsync(string template)
    {
        await File.WriteAllTextAsync(FilePath, template);
        return await RunAsync(FilePath);
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(string path)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exit = await CheckTemplate.RunAsync(path, new PostmortemOptions(), output, errors, CancellationToken.None);
        return (exit, output.ToString(), errors.ToString());
    }
}
