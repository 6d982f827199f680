using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Functions;

/// <summary>Sorting, and the member paths that it shares with <c>array.map</c>.</summary>
internal static partial class ArrayFunctions
{
    /// <summary>The items in order, by themselves or by one of their members. Equal items keep their order.</summary>
    private static object? Sort(in BuiltinCall call)
    {
        if (call.List(0) is null) return new ScriptArray();
        var items = call.Counted(0).ToArray();
        var context = call.Context;
        var keys = items;
        if (call.Text(1) is { Length: > 0 } member)
        {
            keys = new object?[items.Length];
            for (var i = 0; i < items.Length; i++)
            {
                if (items[i] is { } item && TryGetPath(context, item, member, out var key)) keys[i] = key;
            }
        }

        var order = new int[items.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        var node = call.Node;
        Array.Sort(order, (a, b) =>
        {
            context.Charge(2, node);
            var result = Compare(context, keys[a], keys[b]);
            return result != 0 ? result : a.CompareTo(b);
        });
        var sorted = new ScriptArray(items.Length);
        foreach (var at in order) sorted.Add(items[at]);
        return sorted;
    }

    /// <summary>A member by its exact name, or by a path of names.</summary>
    private static bool TryGetPath(TemplateContext context, object item, string path, out object? value)
    {
        if (Members.TryGet(context, item, path, out value)) return true;
        if (!path.Contains('.', StringComparison.Ordinal)) return false;
        object? current = item;
        foreach (var name in path.Split('.'))
        {
            if (current is null || !Members.TryGet(context, current, name, out current)) return false;
        }

        value = current;
        return true;
    }

    /// <summary>An order of all values: null first, then by kind, then by value. It must hold together, or the sort never ends.</summary>
    private static int Compare(TemplateContext context, object? left, object? right)
    {
        var byKind = Group(left).CompareTo(Group(right));
        if (byKind != 0) return byKind;
        switch (left)
        {
            case null: return 0;
            case bool flag: return flag.CompareTo((bool)right!);
            case string or char:
                return context.CurrentCulture.CompareInfo.Compare(Values.ToText(context, left), Values.ToText(context, right));
            case DateTime or DateTimeOffset: return ToDate(left).CompareTo(ToDate(right!));
            case TimeSpan span: return span.CompareTo((TimeSpan)right!);
        }

        if (!Numbers.IsNumber(left)) return 0;
        var (leftRank, rightRank) = (Numbers.Rank(left), Numbers.Rank(right));
        return Numbers.IsInteger(leftRank) && Numbers.IsInteger(rightRank)
            ? Numbers.ToBig(left).CompareTo(Numbers.ToBig(right!))
            : Numbers.ToDouble(left).CompareTo(Numbers.ToDouble(right!));
    }

    private static int Group(object? value) => value switch
    {
        null => 0,
        bool => 1,
        DateTime or DateTimeOffset => 3,
        TimeSpan => 4,
        string or char => 5,
        _ => Numbers.IsNumber(value) ? 2 : 6,
    };

    private static DateTime ToDate(object value) => value is DateTimeOffset offset ? offset.UtcDateTime : (DateTime)value;
}
