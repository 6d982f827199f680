namespace IncidentBot.Templating.Parsing;

/// <summary>A message of the parser.</summary>
/// <param name="Span">Where in the template.</param>
/// <param name="Message">What is wrong, without the place.</param>
public sealed record LogMessage(SourceSpan Span, string Message)
{
    /// <summary>The form that people see: <c>source(line,column) : error : message</c>.</summary>
    public override string ToString() => $"{Span.ToStringSimple()} : error : {Message}";
}
