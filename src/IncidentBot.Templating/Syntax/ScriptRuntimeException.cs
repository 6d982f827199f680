using IncidentBot.Templating.Parsing;

namespace IncidentBot.Templating.Syntax;

/// <summary>A template did something at run time that the language refuses. Only the first one of a render is reported.</summary>
public class ScriptRuntimeException : Exception
{
    /// <summary>A failure, also one of a function or a loader of the host.</summary>
    public ScriptRuntimeException(SourceSpan span, string message)
        : this(span, message, null)
    {
    }

    public ScriptRuntimeException(SourceSpan span, string message, Exception? innerException)
        : base($"{span.ToStringSimple()} : error : {message}", innerException)
    {
        Span = span;
        OriginalMessage = message;
    }

    /// <summary>What in the template failed.</summary>
    public SourceSpan Span { get; }

    /// <summary>The message without the place.</summary>
    public string OriginalMessage { get; }

    /// <summary><c>source(line,col) : error : message</c>; never a stack trace, since people who edit templates read it.</summary>
    public override string ToString() => Message;
}
