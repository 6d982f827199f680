using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Functions;

/// <summary><c>array.sort</c>, and the order of values.</summary>
internal static partial class ArrayFunctions
{
    /// <summary>
    /// The items in order, by themselves or by one of their members; a path such as <c>a.b</c> leads into members. Equal items
    /// keep their order, null comes first, and values of different kinds, also numbers, are an error.
    /// </summary>
    /// <example><c>{{ [10, 2, 6] | array.sort }}</c> gives <c>[2, 6, 10]</c></example>
    /// <example><c>{{ [{n: 2, s: "b"}, {n: 1, s: "a"}] | array.sort "n" | array.map "s" }}</c> gives <c>["a", "b"]</c></example>
    private static object? Sort(in BuiltinCall call)
    {
        if (call.List(0) is null) return new ScriptArray { IsIterator = true };
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
        // Beforehand: the sort would wrap what a comparison throws.
        var characters = keys.Sum(key => key is string text ? (long)text.Length : 0);
        context.Charge(((2L * items.Length) + characters) * (System.Numerics.BitOperations.Log2((uint)items.Length) + 1), call.Node);
        Array.Sort(order, (a, b) =>
        {
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

    private static int Compare(TemplateContext context, object? left, object? right)
    {
        if (ReferenceEquals(left, right)) return 0;
        if (left is null || right is null) return left is null ? -1 : 1;
        return (left, right) switch
        {
            (string a, string b) => context.CurrentCulture.CompareInfo.Compare(a, b),
            (char a, char b) => a.CompareTo(b),
            (bool a, bool b) => a.CompareTo(b),
            (TimeSpan a, TimeSpan b) => a.CompareTo(b),
            (DateTime or DateTimeOffset, DateTime or DateTimeOffset) => ToDate(left).CompareTo(ToDate(right)),
            // Version 7.2.6 of the library has an order among numbers of one kind only.
            _ when Numbers.IsNumber(left) && left.GetType() == right.GetType() => ((IComparable)left).CompareTo(right),
            // The sort wraps this, as it does in the library, into a message of its own.
            _ => throw new ArgumentException("The values have no order."),
        };
    }

    private static DateTime ToDate(object value) => value is DateTimeOffset offset ? offset.UtcDateTime : (DateTime)value;
}
