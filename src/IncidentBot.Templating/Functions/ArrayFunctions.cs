using IncidentBot.Templating.Runtime;
using static IncidentBot.Templating.Functions.FunctionGroup;

namespace IncidentBot.Templating.Functions;

/// <summary>
/// The <c>array</c> functions. None changes the list that it is given. This file: the list of them, and those that make a
/// list of a list.
/// </summary>
internal static partial class ArrayFunctions
{
    public static ScriptObject Create() => new ScriptObject()
        .Define("add", "Add", Add, List("list"), Value("value"))
        .Define("add_range", "AddRange", AddRange, List("list1"), List("list2"))
        .Define("any", "Any", Any, List("list"), Value("function"), new("args", ArgumentKind.Rest))
        .Define("compact", "Compact", Compact, List("list"))
        .Define("concat", "Concat", Concat, List("list1"), List("list2"))
        .Define("contains", "Contains", Contains, List("list"), Value("item"))
        .Define("cycle", "Cycle", Cycle, IndexedList("list"), OptionalAny("group"))
        .Define("each", "Each", Each, List("list"), Value("function"))
        .Define("filter", "Filter", Filter, List("list"), Value("function"))
        .Define("first", "First", First, List("list"))
        .Define("insert_at", "InsertAt", InsertAt, List("list"), Int("index"), Value("value"))
        .Define("join", "Join", Join, List("list"), Text("delimiter"), OptionalAny("function"))
        .Define("last", "Last", Last, List("list"))
        .Define("limit", "Limit", Limit, List("list"), Int("count"))
        .Define("map", "Map", Map, ListOrItem("list"), Text("member"))
        .Define("offset", "Offset", Offset, List("list"), Int("index"))
        .Define("remove_at", "RemoveAt", RemoveAt, IndexedList("list"), Int("index"))
        .Define("reverse", "Reverse", Reverse, List("list"))
        .Define("size", "Size", Size, List("list"))
        .Define("sort", "Sort", Sort, ListOrItem("list"), OptionalText("member"))
        .Define("uniq", "Uniq", Uniq, List("list"))
        .Frozen();

    /// <summary>A new list with one more item at its end.</summary>
    /// <example><c>{{ ["alert", "page"] | array.add "ack" }}</c> gives <c>["alert", "page", "ack"]</c></example>
    private static object? Add(in BuiltinCall call)
    {
        var result = new ScriptArray(call.Counted(0)) { IsIterator = call.List(0) is null };
        result.Add(call[1]);
        return result;
    }

    /// <summary>The items of the first list, then those of the second; the same as <c>array.concat</c>.</summary>
    /// <example><c>{{ ["db"] | array.add_range ["api", "web"] }}</c> gives <c>["db", "api", "web"]</c></example>
    private static object? AddRange(in BuiltinCall call) => Concat(in call);

    /// <summary>The items that are not null.</summary>
    /// <example><c>{{ ["ann", null, "bob"] | array.compact }}</c> gives <c>["ann", "bob"]</c></example>
    private static object? Compact(in BuiltinCall call) =>
        call.List(0) is null ? null : new LazySequence(call.Counted(0).Where(item => item is not null));

    /// <summary>The items of the first list, then those of the second.</summary>
    /// <example><c>{{ [1, 2] | array.concat [2, 3] }}</c> gives <c>[1, 2, 2, 3]</c></example>
    private static object? Concat(in BuiltinCall call)
    {
        if (call.List(0) is null && call.List(1) is null) return null;
        return new LazySequence(call.Counted(0).Concat(call.Counted(1)));
    }

    /// <summary>The results of a function for each item; the list itself when there is no function.</summary>
    /// <example><c>{{ ["ann", "bob"] | array.each @string.capitalize }}</c> gives <c>["Ann", "Bob"]</c></example>
    private static object? Each(in BuiltinCall call)
    {
        if (call.List(0) is null) return null;
        if (FunctionOf(in call, 1) is not { } function) return new LazySequence(call.List(0)!);
        var (context, node) = (call.Context, call.Node);
        return new LazySequence(call.Counted(0).Select(item => context.CallBack(function, node, item)));
    }

    /// <summary>The items for which a function is true; all of them when there is no function.</summary>
    /// <example><c>{{ [3, 12, 7] | array.filter @(do; ret $0 > 5; end) }}</c> gives <c>[12, 7]</c></example>
    /// <example><c>{{ ["", "a", " "] | array.filter @string.whitespace }}</c> gives <c>["", " "]</c></example>
    private static object? Filter(in BuiltinCall call)
    {
        if (call.List(0) is null) return null;
        if (FunctionOf(in call, 1) is not { } function) return new LazySequence(call.List(0)!);
        var (context, node) = (call.Context, call.Node);
        var items = call.Counted(0);
        // What comes out is what the function was shown: texts, if that is what it asks for.
        if (function is BuiltinFunction { TakesText: true })
            items = items.Select(item => item is null ? null : (object?)Values.ToText(context, item));
        return new LazySequence(items.Where(item => Values.IsTrue(context.CallBack(function, node, item))));
    }

    /// <summary>A new list with an item at a position; null fills the gap when the list is too short.</summary>
    /// <example><c>{{ ["a", "c"] | array.insert_at 1 "b" }}</c> gives <c>["a", "b", "c"]</c></example>
    /// <example><c>{{ ["a"] | array.insert_at 3 "d" }}</c> gives <c>["a", null, null, "d"]</c></example>
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

    /// <summary>The first items, up to a number.</summary>
    /// <example><c>{{ [1, 2, 3, 4] | array.limit 2 }}</c> gives <c>[1, 2]</c></example>
    private static object? Limit(in BuiltinCall call) =>
        call.List(0) is null ? null : new LazySequence(Limited(call.Counted(0), call.Int(1)));

    /// <summary>One member of each item that has it.</summary>
    /// <example><c>{{ [{name: "ann"}, {name: "bob"}, {}] | array.map "name" }}</c> gives <c>["ann", "bob"]</c></example>
    /// <example><c>{{ {open: 2, closed: 5} | array.map "key" }}</c> gives <c>["open", "closed"]</c></example>
    private static object? Map(in BuiltinCall call)
    {
        if (call.List(0) is null || call.Text(1) is not { } member) return new ScriptArray { IsIterator = true };
        return new LazySequence(MapMember(call.Context, call.Counted(0), member));
    }

    /// <summary>The items from a position on.</summary>
    /// <example><c>{{ [1, 2, 3, 4] | array.offset 3 }}</c> gives <c>[4]</c></example>
    private static object? Offset(in BuiltinCall call) =>
        call.List(0) is null ? null : new LazySequence(call.Counted(0).Skip(Math.Max(0, call.Int(1))));

    /// <summary>A new list without the item at a position, counted from the end when negative.</summary>
    /// <example><c>{{ ["a", "b", "c"] | array.remove_at 0 }}</c> gives <c>["b", "c"]</c></example>
    /// <example><c>{{ ["a", "b", "c"] | array.remove_at (-1) }}</c> gives <c>["a", "b"]</c></example>
    private static object? RemoveAt(in BuiltinCall call)
    {
        var result = new ScriptArray(call.Counted(0));
        var index = call.Int(1);
        if (index < 0) index += result.Count;
        if (index >= 0 && index < result.Count) result.RemoveAt(index);
        return result;
    }

    /// <summary>The items from the last to the first.</summary>
    /// <example><c>{{ 1..3 | array.reverse }}</c> gives <c>[3, 2, 1]</c></example>
    private static object? Reverse(in BuiltinCall call) =>
        call.List(0) is null ? new ScriptArray() : new LazySequence(call.Counted(0).Reverse());

    /// <summary>The items, each once, where it came first. A number is another item than the same number of another kind.</summary>
    /// <example><c>{{ ["b", "a", "b"] | array.uniq }}</c> gives <c>["b", "a"]</c></example>
    private static object? Uniq(in BuiltinCall call) =>
        call.List(0) is null ? null : new LazySequence(call.Weighed(0).Distinct());

    private static IEnumerable<object?> Limited(IEnumerable<object?> items, int count)
    {
        // Not Take: the item after the last one is looked at too, and counts as a round.
        foreach (var item in items)
        {
            if (count-- <= 0) break;
            yield return item;
        }
    }

    private static IEnumerable<object?> MapMember(TemplateContext context, IEnumerable<object?> items, string member)
    {
        foreach (var item in items)
        {
            if (item is not null && Members.TryGet(context, item, member, out var value)) yield return value;
        }
    }

    /// <summary>An argument that must be a function, or null.</summary>
    private static ScriptFunction? FunctionOf(in BuiltinCall call, int index) => call[index] switch
    {
        null => null,
        ScriptFunction function => function,
        var other => throw BuiltinCall.ArgumentError(
            "function",
            $"The parameter `{Values.ToText(call.Context, other)}` is not a function. Maybe prefix it with @?"),
    };
}
