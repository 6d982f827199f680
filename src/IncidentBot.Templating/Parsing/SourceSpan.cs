namespace IncidentBot.Templating.Parsing;

/// <summary>A stretch of a named template, both ends included.</summary>
public readonly record struct SourceSpan(string FileName, TextPosition Start, TextPosition End)
{
    /// <summary><c>source(line,col)</c>, counted from 1.</summary>
    public string ToStringSimple() => $"{FileName}({Start.ToStringSimple()})";

    /// <inheritdoc />
    public override string ToString() => $"{FileName}({Start})-({End})";
}
