using IncidentBot.Templating.Parsing;

namespace IncidentBot.Templating.Syntax;

/// <summary>
/// A node of a parsed template. Nodes evaluate themselves, hold no state of a render and never change after
/// parsing, so that concurrent renders share them. <see cref="object.ToString"/> is the form that error messages quote.
/// </summary>
internal abstract class ScriptNode
{
    public SourceSpan Span { get; set; }

    public abstract object? Evaluate(TemplateContext context);

    /// <summary>The place one past the end of the node, where missing arguments are reported.</summary>
    public SourceSpan After => new(Span.FileName, Span.End.NextColumn(), Span.End.NextColumn());
}
