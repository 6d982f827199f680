using IncidentBot.Templating.Runtime;
using static IncidentBot.Templating.Functions.FunctionGroup;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>array</c> functions.</summary>
internal static partial class ArrayFunctions
{
    public static ScriptObject Create() => new ScriptObject()
        .Define("add", "Add", Add, List("list"), Value("value"))
        .Define("add_range", "AddRange", Concat, List("list1"), List("list2"))
        .Define("any", "Any", Any, List("list"), Value("function"), new("args", ArgumentKind.Rest))
        .Define("compact", "Compact", Compact, List("list"))
        .Define("concat", "Concat", Concat, List("list1"), List("list2"))
        .Define("contains", "Contains", Contains, List("list"), Value("item"))
        .Define("cycle", "Cycle", Cycle, List("list"), OptionalAny("group"))
        .Define("each", "Each", Each, List("list"), Value("function"))
        .Define("filter", "Filter", Filter, List("list"), Value("function"))
        .Define("first", "First", First, List("list"))
        .Define("insert_at", "InsertAt", InsertAt, List("list"), Int("index"), Value("value"))
        .Define("join", "Join", Join, List("list"), Text("delimiter"), OptionalAny("function"))
        .Define("last", "Last", Last, List("list"))
        .Define("limit", "Limit", Limit, List("list"), Int("count"))
        .Define("map", "Map", Map, List("list"), Text("member"))
        .Define("offset", "Offset", Offset, List("list"), Int("index"))
        .Define("remove_at", "RemoveAt", RemoveAt, List("list"), Int("index"))
        .Define("reverse", "Reverse", Reverse, List("list"))
        .Define("size", "Size", Size, List("list"))
        .Define("sort", "Sort", Sort, List("list"), OptionalText("member"))
        .Define("uniq", "Uniq", Uniq, List("list"))
        .Frozen();

    /// <summary>A new list with one more item at its end.</summary>
    private static object? Add(in BuiltinCall call)
    {
        var result = new ScriptArray(call.Counted(0));
        result.Add(call[1]);
        return result;
    }

    /// <summary>The items of the first list, then those of the second.</summary>
    private static object? Concat(in BuiltinCall call)
    {
        if (call.List(0) is null && call.List(1) is null) return null;
        return new LazySequence(call.Counted(0).Concat(call.Counted(1)));
    }

    /// <summary>Whether a function is true for at least one item. More arguments are passed on to the function.</summary>
    private static object? Any(in BuiltinCall call)
    {
        var function = RequireFunction(in call, 1);
        var rest = (ScriptArray)call[2]!;
        var values = new object?[rest.Count + 1];
        rest.CopyTo(values, 1);
        foreach (var item in call.Counted(0))
        {
            values[0] = item;
            if (Values.IsTrue(call.Context.CallBack(function, call.Node, values))) return Values.Box(true);
        }

        return Values.Box(false);
    }

    /// <summary>The items that are not null.</summary>
    private static object? Compact(in BuiltinCall call) =>
        call.List(0) is null ? null : new LazySequence(call.Counted(0).Where(item => item is not null));

    /// <summary>Whether a list has an item.</summary>
    private static object? Contains(in BuiltinCall call)
    {
        var wanted = call[1];
        foreach (var item in call.Counted(0))
        {
            if (AreSame(item, wanted)) return Values.Box(true);
        }

        return Values.Box(false);
    }

    /// <summary>Another item at each call, in turns. Calls with the same group, or else the same list, take turns together.</summary>
    private static object? Cycle(in BuiltinCall call)
    {
        if (call.List(0) is null) return null;
        var items = new ScriptArray(call.Counted(0));
        if (items.Count == 0) return null;
        var group = Values.ToText(call.Context, call[1] ?? items);
        return items[call.Context.NextOfCycle(group) % items.Count];
    }

    /// <summary>The results of a function for each item.</summary>
    private static object? Each(in BuiltinCall call)
    {
        if (call.List(0) is null) return null;
        var function = RequireFunction(in call, 1);
        var (context, node) = (call.Context, call.Node);
        return new LazySequence(call.Counted(0).Select(item => context.CallBack(function, node, item)));
    }

    /// <summary>The items for which a function is true.</summary>
    private static object? Filter(in BuiltinCall call)
    {
        if (call.List(0) is null) return null;
        var function = RequireFunction(in call, 1);
        var (context, node) = (call.Context, call.Node);
        return new LazySequence(call.Counted(0).Where(item => Values.IsTrue(context.CallBack(function, node, item))));
    }

    /// <summary>The first item, null for an empty list.</summary>
    private static object? First(in BuiltinCall call)
    {
        foreach (var item in call.List(0) ?? []) return item;
        return null;
    }

    /// <summary>A new list with an item at a position; null fills the gap when the list is too short.</summary>
    private static object? InsertAt(in BuiltinCall call)
    {
        var result = new ScriptArray(call.Counted(0));
        var index = Math.Max(0, call.Int(1));
        if (index > result.Count)
        {
            call.Context.GrowArray(result, index, call.Node);
            result[index - 1] = null;
        }

        result.Insert(index, call[2]);
        return result;
    }

    /// <summary>The items as text with a delimiter between them; a function may make the text.</summary>
    private static object? Join(in BuiltinCall call)
    {
        if (call.List(0) is null) return string.Empty;
        var limit = call.Context.LimitToString;
        var delimiter = call.Text(1) ?? string.Empty;
        var function = call.Function(2);
        var text = new System.Text.StringBuilder();
        var isFirst = true;
        foreach (var item in call.Counted(0))
        {
            if (!isFirst) text.Append(delimiter);
            isFirst = false;
            var value = function is null ? item : call.Context.CallBack(function, call.Node, item);
            text.Append(Values.ToText(call.Context, value));
            if (limit > 0 && text.Length > limit) throw call.Error($"Joined string exceeds LimitToString `{limit}`.");
        }

        call.Context.Charge(text.Length, call.Node);
        return text.ToString();
    }

    /// <summary>The last item, null for an empty list.</summary>
    private static object? Last(in BuiltinCall call)
    {
        var list = call.List(0);
        if (list is IReadOnlyList<object?> items) return items.Count > 0 ? items[^1] : null;
        object? last = null;
        foreach (var item in call.Counted(0)) last = item;
        return last;
    }

    /// <summary>The first items, up to a number.</summary>
    private static object? Limit(in BuiltinCall call) =>
        call.List(0) is null ? null : new LazySequence(call.Counted(0).Take(Math.Max(0, call.Int(1))));

    /// <summary>One member of each item that has it. A path such as <c>a.b</c> leads into members.</summary>
    private static object? Map(in BuiltinCall call)
    {
        if (call.List(0) is null || call.Text(1) is not { } member) return new ScriptArray();
        var context = call.Context;
        return new LazySequence(MapMember(context, call.Counted(0), member));
    }

    /// <summary>The items from a position on.</summary>
    private static object? Offset(in BuiltinCall call) =>
        call.List(0) is null ? null : new LazySequence(call.Counted(0).Skip(Math.Max(0, call.Int(1))));

    /// <summary>A new list without the item at a position, counted from the end when negative.</summary>
    private static object? RemoveAt(in BuiltinCall call)
    {
        var result = new ScriptArray(call.Counted(0));
        var index = call.Int(1);
        if (index < 0) index += result.Count;
        if (index >= 0 && index < result.Count) result.RemoveAt(index);
        return result;
    }

    /// <summary>The items from the last to the first.</summary>
    private static object? Reverse(in BuiltinCall call) =>
        call.List(0) is null ? new ScriptArray() : new LazySequence(call.Counted(0).Reverse());

    /// <summary>The number of items.</summary>
    private static object? Size(in BuiltinCall call) =>
        call.List(0) is { } list ? Values.Box(Members.Size(list)) : Values.Box(0);

    /// <summary>The items, each once.</summary>
    private static object? Uniq(in BuiltinCall call) =>
        call.List(0) is null ? null : new LazySequence(call.Counted(0).Distinct());

    private static ScriptFunction RequireFunction(in BuiltinCall call, int index) =>
        call.Function(index) ?? throw call.Error("Expecting a function for the argument `function`.");

    private static IEnumerable<object?> MapMember(TemplateContext context, IEnumerable<object?> items, string member)
    {
        foreach (var item in items)
        {
            if (item is not null && TryGetPath(context, item, member, out var value)) yield return value;
        }
    }

    private static bool AreSame(object? left, object? right)
    {
        if (Equals(left, right)) return true;
        if (left is char c && right is string text) return text.Length == 1 && text[0] == c;
        return Numbers.IsNumber(left) && Numbers.IsNumber(right) && Numbers.ToDouble(left!).Equals(Numbers.ToDouble(right!));
    }
}
