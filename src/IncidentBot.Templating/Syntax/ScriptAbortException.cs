using IncidentBot.Templating.Parsing;

namespace IncidentBot.Templating.Syntax;

/// <summary>The host cancelled the render.</summary>
public sealed class ScriptAbortException(SourceSpan span, CancellationToken cancellationToken)
    : ScriptRuntimeException(span, "The operation was cancelled")
{
    /// <summary>The token of the context, by which the host cancelled.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}
