namespace IncidentBot.Templating.Parsing;

/// <summary>A place in a template. All three numbers count from 0; <see cref="Eof"/> is the place after the last token.</summary>
public readonly record struct TextPosition(int Offset, int Line, int Column)
{
    /// <summary>The end of the template; prints as <c>(0,0)</c> in messages, as the reference library does.</summary>
    public static TextPosition Eof { get; } = new(-1, -1, -1);

    /// <summary><c>line,col</c>, counted from 1.</summary>
    public string ToStringSimple() => $"{Line + 1},{Column + 1}";

    /// <inheritdoc />
    public override string ToString() => $"({Offset}:{Line},{Column})";
}
