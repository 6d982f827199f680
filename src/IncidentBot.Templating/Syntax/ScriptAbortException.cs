using IncidentBot.Templating.Parsing;

namespace IncidentBot.Templating.Syntax;

/// <summary>The host cancelled the render.</summary>
public sealed class ScriptAbortException(SourceSpan span, CancellationToken cancellationToken)
    : ScriptRuntimeException(span, "The operation was cancelled")
{
    public CancellationToken CancellationToken { get; } = cancellationToken;
}
