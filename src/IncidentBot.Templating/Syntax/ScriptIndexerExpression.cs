using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>a[0]</c> and <c>a["b"]</c>.</summary>
public sealed class ScriptIndexerExpression : ScriptPathExpression
{
    internal ScriptExpression Target { get; set; } = null!;

    internal ScriptExpression? Index { get; set; }

    internal override string KindName => "indexer expression";

    internal override (string Name, string Syntax) Grammar => ("indexer expression", "<expression>[<index_expression>]");

    internal override object? EvaluateAlias(TemplateContext context) => Read(context, out _);

    internal override object? Read(TemplateContext context, out bool stopped)
    {
        var target = ReadTarget(context, Target, out stopped);
        if (stopped) return null;
        if (target is null)
        {
            // "(a?.b)[0]": the parentheses end the path, but not what its question mark says.
            var isRelaxed = context.EnableRelaxedTargetAccess || Target is ScriptNestedExpression { HasNullConditional: true };
            return isRelaxed ? null : throw NullTarget();
        }

        if (Index!.Evaluate(context) is not { } index) return context.EnableNullIndexer ? null : throw NullIndex();
        if (Indexing.TryGet(context, this, target, index, out var value)) return value;
        throw new ScriptRuntimeException(
            Target.Span,
            $"Cannot use the {TypeNames.Kind(target)} primitive `{Values.ToText(context, target)}` as a list.");
    }

    internal override void Assign(TemplateContext context, object? value)
    {
        var target = Target.Evaluate(context) ?? throw NullTarget();
        if (Index!.Evaluate(context) is not { } index)
        {
            if (context.EnableNullIndexer) return;
            throw NullIndex();
        }

        if (Indexing.TrySet(context, this, target, index, value, out var isReadOnly)) return;
        var shown = Values.ToText(context, index);
        throw isReadOnly
            ? new ScriptRuntimeException(
                Index.Span,
                $"Cannot set a value for the readonly member `{shown}` in the indexer: {Target}['{shown}']")
            : new ScriptRuntimeException(
                Target.Span,
                $"Cannot use the {TypeNames.Kind(target)} primitive `{Values.ToText(context, target)}` as a list.");
    }

    private ScriptRuntimeException NullTarget() =>
        new(Span, $"Object `{Target}` is null. Cannot access indexer: {this}");

    private ScriptRuntimeException NullIndex() =>
        new(Index!.Span, $"Cannot access target `{Target}` with a null indexer: {this}");
}
