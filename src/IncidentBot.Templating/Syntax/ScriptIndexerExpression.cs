using System.Collections;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>x[i]</c>; a negative index counts from the end.</summary>
internal sealed class ScriptIndexerExpression(ScriptExpression target, ScriptExpression index) : ScriptVariablePath
{
    public override object? GetValue(TemplateContext context)
    {
        var owner = target.Evaluate(context) ?? throw NullTarget();
        var key = index.Evaluate(context) ?? throw NullIndex();
        if (Members.IsMap(owner))
        {
            var name = ValueText.ToPlainText(context, key);
            return Members.TryGet(context, owner, name, out var value) ? value : null;
        }

        if (owner is string text)
        {
            var at = ValueConvert.ToInt(context, index.Span, key);
            at = at < 0 ? text.Length + at : at;
            return (uint)at < (uint)text.Length ? text[at].ToString() : null;
        }

        if (owner is IList list)
        {
            if (key is string member && list is ScriptArray withMembers)
            {
                return withMembers.GetMember(member);
            }

            var at = ValueConvert.ToInt(context, index.Span, key);
            at = at < 0 ? list.Count + at : at;
            return (uint)at < (uint)list.Count ? list[at] : null;
        }

        if (owner is ScriptRange range)
        {
            var at = ValueConvert.ToInt(context, index.Span, key);
            return range.At(at < 0 ? range.Count + at : at);
        }

        throw NotAList(context, owner);
    }

    public override void SetValue(TemplateContext context, object? value)
    {
        var owner = target.Evaluate(context) ?? throw NullTarget();
        var key = index.Evaluate(context) ?? throw NullIndex();
        if (owner is ScriptArray array && key is not string)
        {
            var at = ValueConvert.ToInt(context, index.Span, key);
            at = at < 0 ? array.Count + at : at;
            if (at >= 0)
            {
                // A far index fills the array with nulls; that is an iteration like any other.
                context.CheckIterations(index.Span, (long)at - array.Count);
            }

            if (!array.TrySetAt(at, value))
            {
                throw new ScriptRuntimeException(index.Span, $"Cannot set a value for the readonly member `{key}` in the indexer: {this}");
            }

            return;
        }

        if (!Members.IsMap(owner) && owner is not ScriptArray)
        {
            throw NotAList(context, owner);
        }

        var name = ValueText.ToPlainText(context, key);
        if (!Members.TrySet(owner, name, value))
        {
            throw new ScriptRuntimeException(index.Span, $"Cannot set a value for the readonly member `{name}` in the indexer: {this}");
        }
    }

    private ScriptRuntimeException NullTarget() =>
        new(target.Span, $"Object `{target}` is null. Cannot access indexer: {this}");

    private ScriptRuntimeException NullIndex() =>
        new(index.Span, $"Cannot access target `{target}` with a null indexer: {this}");

    private ScriptRuntimeException NotAList(TemplateContext context, object owner) =>
        new(target.Span, $"Cannot use the {ValueText.TypeName(owner)} primitive `{ValueText.ToPlainText(context, owner)}` as a list.");

    public override string ToString() => $"{target}[{index}]";
}
