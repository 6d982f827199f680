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
    public async Task All_parse_errors_are_told_each_with_its_line_and_a_caret()
    {
        var (exit, _, errors) = await RenderAsync("\t{{ x = }}\n{{ if }}\n{{ y =", "{}");

        Assert.Equal(2, exit);
        Assert.Contains("template.sbn(1,", errors, StringComparison.Ordinal);
        Assert.Contains("template.sbn(2,", errors, StringComparison.Ordinal);
        // The end of the template is a place too.
        Assert.Matches(@"template\.sbn\(3,7\) : error : .*\n    \{\{ y =\n          \^", errors);
    }

    [Fact]
    public async Task A_runtime_error_exits_with_3()
    {
        var (exit, _, errors) = await RenderAsync("{{ a.b.c }}", "{}");

        Assert.Equal(3, exit);
        Assert.Matches(@"template\.sbn\(1,6\) : error : .*\n    \{\{ a\.b\.c \}\}\n         \^", errors);
    }

    [Fact]
    public async Task No_other_file_can_be_reached()
    {
        var (exit, output, errors) = await RenderAsync("{{ include 'data.json' }}", "{}");

        Assert.Equal((3, ""), (exit, output));
        Assert.Contains("template.sbn(1,4) : error : `include` is not available", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_template_or_data()
    {
        var (exit, output, _) = await RenderAsync("\uFEFF{{ a }}", "\uFEFF{\"a\": 1}");

        Assert.Equal((0, "1"), (exit, output));
    }

    [Fact]
    public async Task A_template_that_never_ends_is_stopped()
    {
        var (exit, _, errors) = await RenderAsync("{{ while true; end }}", "{}");

        Assert.Equal(3, exit);
        Assert.Contains("template.sbn(1,", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]", "must be a JSON object")]
    [InlineData("null", "must be a JSON object")]
    [InlineData("{\n  \"a\": 1,\n}", "data.json(3,1) : error : This is no JSON: The JSON object contains a trailing comma")]
    [InlineData("", "data.json(1,1) : error : This is no JSON: ")]
    public async Task Data_that_is_no_JSON_object_is_told(string json, string reason)
    {
        var (exit, _, errors) = await RenderAsync("x", json);

        Assert.Equal(2, exit);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.NotEmpty(errors);
    }

    [Theory]
    [InlineData("missing.sbn", null, "missing.sbn: cannot be read: Could not find file")]
    [InlineData(".", null, "cannot be read: This is a folder")]
    [InlineData("template.sbn", "missing.json", "missing.json: cannot be read: Could not find file")]
    [InlineData("template.sbn", ".", "cannot be read: This is a folder")]
    [InlineData("template.sbn", "binary", "binary: cannot be read: This is no UTF-8 text")]
    [InlineData("binary", null, "binary: cannot be read: This is no UTF-8 text")]
    public async Task What_cannot_be_read_is_told_and_exits_with_2(string template, string? data, string reason)
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "template.sbn"), "x");
        await File.WriteAllBytesAsync(Path.Combine(_directory.FullName, "binary"), [0x7B, 0xFF, 0xFE]);
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var exit = await RenderTemplate.RunAsync(In(template), data is null ? null : In(data), output, errors, CancellationToken.None);

        Assert.Equal((2, ""), (exit, output.ToString()));
        Assert.Contains(reason, errors.ToString(), StringComparison.Ordinal);

        FileInfo In(string name) => new(Path.Combine(_directory.FullName, name));
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
