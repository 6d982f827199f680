namespace IncidentBot.Templating.Parsing;

/// <summary>A stretch of a template, from its first to its last character (both included).</summary>
public readonly record struct SourceSpan(string? FileName, TextPosition Start, TextPosition End)
{
    /// <summary>The form of messages: <c>name(line,column)</c>, counted from one.</summary>
    public string ToStringSimple() => $"{FileName}({Start.Line + 1},{Start.Column + 1})";

    public override string ToString() => ToStringSimple();
}
