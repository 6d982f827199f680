using IncidentBot.Cli;

namespace IncidentBot.Tests.Cli;

public sealed class RenderTemplateTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("incidentbot-test-");

    [Fact]
    public async Task A_template_is_rendered_with_the_members_of_the_JSON_object()
    {
        var (exit, output, _) = await RenderAsync("{{ for x in items }}{{ x.name }}={{ x.n }};{{ end }}", """{"items":[{"name":"a","n":1},{"name":"b","n":2.5}]}""");

        Assert.Equal((0, "a=1;b=2.5;"), (exit, output));
    }

    [Fact]
    public async Task A_parse_error_names_file_line_and_column_and_exits_with_2()
    {
        var (exit, output, errors) = await RenderAsync("one\n{{ for x in }}", "{}");

        Assert.Equal((2, ""), (exit, output));
        Assert.Matches(@"template\.sbn\(2,\d+\) : error : ", errors);
    }

    [Fact]
    public async Task A_runtime_error_exits_with_3()
    {
        var (exit, _, errors) = await RenderAsync("{{ a.b.c }}", "{}");

        Assert.Equal(3, exit);
        Assert.Matches(@"template\.sbn\(1,\d+\) : error : ", errors);
    }

    [Theory]
    [InlineData("[1]", "must be a JSON object")]
    [InlineData("{", "")]
    public async Task Data_that_is_no_JSON_object_is_told(string json, string reason)
    {
        var (exit, _, errors) = await RenderAsync("x", json);

        Assert.Equal(2, exit);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.NotEmpty(errors);
    }

    [Fact]
    public async Task A_missing_file_is_told()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var exit = await RenderTemplate.RunAsync(new FileInfo("/nowhere/x.sbn"), null, output, errors, CancellationToken.None);

        Assert.Equal(2, exit);
        Assert.Contains("/nowhere/x.sbn", errors.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private async Task<(int Exit, string Output, string Errors)> RenderAsync(string template, string json)
    {
        var templateFile = new FileInfo(Path.Combine(_directory.FullName, "template.sbn"));
        var dataFile = new FileInfo(Path.Combine(_directory.FullName, "data.json"));
        await File.WriteAllTextAsync(templateFile.FullName, template);
        await File.WriteAllTextAsync(dataFile.FullName, json);
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exit = await RenderTemplate.RunAsync(templateFile, dataFile, output, errors, CancellationToken.None);
        return (exit, output.ToString(), errors.ToString());
    }
}
