using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>One call: what is passed, and where each part of it was written, for messages.</summary>
internal readonly ref struct CallArguments(
    ScriptNode node,
    ArgumentRange range,
    int pipedCount,
    ScriptNode? pipedFrom,
    ScriptExpression[] written,
    BlockFunction? block)
{
    /// <summary>The whole call.</summary>
    public ScriptNode Node { get; } = node;

    /// <summary>The values, piped ones first.</summary>
    public ReadOnlySpan<object?> Values { get; } = range.Values;

    /// <summary>The names of named arguments, null for the others.</summary>
    public ReadOnlySpan<string?> Names { get; } = range.Names;

    public BlockFunction? Block { get; } = block;

    public SourceSpan Span => Node.Span;

    public SourceSpan SpanOf(int index)
    {
        if (index < 0) return Node.Span;
        if (index < pipedCount) return pipedFrom!.Span;
        var at = index - pipedCount;
        return at < written.Length ? written[at].Span : Node.Span;
    }

    public ScriptRuntimeException TooFew(int expected) => TooFew(expected, Values.Length);

    public ScriptRuntimeException TooFew(int expected, int given) => new(
        Node is ScriptFunctionCall { MissingAt: >= 0 and var at } ? Node.At(at, at + 1) : Node.At(Node.End, Node.End + 1),
        $"Invalid number of arguments `{given}` passed to `{Node}` while expecting `{expected}` arguments");

    public ScriptRuntimeException NotAList(int index) => new(
        SpanOf(index), "Unexpected list value. Expecting an array, list or iterator. Unable to convert to a list.");

    public ScriptRuntimeException TooMany(int maximum) =>
        new(Node.Span, $"Argument index must be < {maximum} (Parameter 'index')");
}
