using IncidentBot.Templating.Parsing;

namespace IncidentBot.Templating.Syntax;

/// <summary>
/// The one exception a render throws because of its template. <see cref="Exception.Message"/> is
/// <c>source(line,column) : error : message</c>.
/// </summary>
public sealed class ScriptRuntimeException : Exception
{
    public ScriptRuntimeException(SourceSpan span, string message, Exception? innerException = null)
        : base($"{span.ToStringSimple()} : error : {message}", innerException)
    {
        Span = span;
        OriginalMessage = message;
    }

    public ScriptRuntimeException() : this(default, "Unknown error")
    {
    }

    public ScriptRuntimeException(string message) : this(default, message)
    {
    }

    public ScriptRuntimeException(string message, Exception innerException) : this(default, message, innerException)
    {
    }

    /// <summary>Where the template failed.</summary>
    public SourceSpan Span { get; }

    /// <summary>The message without its place.</summary>
    public string OriginalMessage { get; }
}
