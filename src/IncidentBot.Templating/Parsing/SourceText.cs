namespace IncidentBot.Templating.Parsing;

/// <summary>The text of one template. Nodes keep offsets only; lines and columns are worked out when a message needs them.</summary>
internal sealed class SourceText(string text, string path)
{
    private int[]? _lineStarts;

    public string Text { get; } = text;

    public string Path { get; } = path;

    public SourceSpan Span(int start, int end) => new(Path, Position(start), Position(Math.Max(start, end - 1)));

    public TextPosition Position(int offset)
    {
        if (offset < 0) return TextPosition.Eof;
        var starts = _lineStarts ??= LineStarts();
        var line = Array.BinarySearch(starts, offset);
        if (line < 0) line = ~line - 1;
        return new TextPosition(offset, line, offset - starts[line]);
    }

    private int[] LineStarts()
    {
        var starts = new List<int> { 0 };
        for (var at = Text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = Text.IndexOf('\n', at + 1))
            starts.Add(at + 1);
        return [.. starts];
    }
}
