namespace IncidentBot.Templating.Parsing;

/// <summary>A place in a template: offset, line and column, all counted from zero.</summary>
public readonly record struct TextPosition(int Offset, int Line, int Column)
{
    /// <summary>The place of the end of the file, which messages print as <c>(0,0)</c>.</summary>
    public static readonly TextPosition Eof = new(-1, -1, -1);

    internal TextPosition NextColumn(int columns = 1) => new(Offset + columns, Line, Column + columns);

    public override string ToString() => $"({Offset}:{Line},{Column})";
}
