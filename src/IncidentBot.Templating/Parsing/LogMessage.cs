namespace IncidentBot.Templating.Parsing;

/// <summary>What the parser has to say about a place in a template.</summary>
public sealed class LogMessage(ParserMessageType type, SourceSpan span, string message)
{
    public ParserMessageType Type { get; } = type;

    public SourceSpan Span { get; } = span;

    /// <summary>The message without the place.</summary>
    public string Message { get; } = message;

    /// <summary><c>source(line,col) : error : message</c>.</summary>
    public override string ToString() =>
        $"{Span.ToStringSimple()} : {(Type == ParserMessageType.Error ? "error" : "warning")} : {Message}";
}
