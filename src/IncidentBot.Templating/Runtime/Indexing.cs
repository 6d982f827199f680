using System.Collections;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary><c>a[i]</c>, for reading and for writing.</summary>
internal static class Indexing
{
    /// <summary>Reads an item; false when the target is a single value.</summary>
    public static bool TryGet(TemplateContext context, ScriptIndexerExpression node, object target, object index, out object? value)
    {
        value = null;
        if (Members.IsDictionary(target) || (target is ScriptArray && index is string))
        {
            if (Members.TryGet(context, target, index as string ?? Values.ToText(context, index), out value)
                || context.EnableRelaxedMemberAccess)
            {
                return true;
            }

            throw new ScriptRuntimeException(node.Index!.Span, $"Cannot access target `{node.Target}` with an indexer: {node.Index}");
        }

        switch (target)
        {
            case string text:
                // A text of one character; only a loop through a text gives characters.
                if (Position(context, node, index, text.Length) is { } at) value = text[at].ToString();
                return true;
            case IReadOnlyList<object?> list:
                if (Position(context, node, index, list.Count) is { } position) value = list[position];
                return true;
            case IList list:
                if (Position(context, node, index, list.Count) is { } place) value = list[place];
                return true;
            case IEnumerable:
                var items = Values.ToSequence(target)!;
                var number = Values.ToInt(node.Index!.Span, index);
                value = number >= 0 ? items.ElementAtOrDefault(number) : items.Reverse().ElementAtOrDefault(-1 - number);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes an item; false when the target has none or forbids it.</summary>
    public static bool TrySet(
        TemplateContext context,
        ScriptIndexerExpression node,
        object target,
        object index,
        object? value,
        out bool isReadOnly)
    {
        isReadOnly = false;
        if (Members.IsDictionary(target) || (target is ScriptArray && index is string))
            return Members.TrySet(target, index as string ?? Values.ToText(context, index), value, out isReadOnly);
        if (target is ScriptArray array)
        {
            isReadOnly = array.IsReadOnly;
            if (isReadOnly) return false;
            var at = Values.ToInt(node.Index!.Span, index);
            if (at < 0) at += array.Count;
            if (at < 0) return true;
            context.GrowArray(array, at, node.Index);
            array[at] = value;
            return true;
        }

        isReadOnly = target is IEnumerable and not string;
        return false;
    }

    private static int? Position(TemplateContext context, ScriptIndexerExpression node, object index, int count)
    {
        var at = index as int? ?? Values.ToInt(node.Index!.Span, index);
        if (at < 0) at += count;
        if (at >= 0 && at < count) return at;
        return context.EnableRelaxedIndexerAccess
            ? null
            : throw new ScriptRuntimeException(
                node.Index!.Span,
                $"The index {at} is out of bounds [0, {count}] on the `{node.Target}` with the indexer: {node.Index}");
    }
}
