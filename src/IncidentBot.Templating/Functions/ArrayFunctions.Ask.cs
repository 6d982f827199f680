using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Functions;

/// <summary>The <c>array</c> functions that make one value of a list.</summary>
internal static partial class ArrayFunctions
{
    /// <summary>Whether a function is true for at least one item. More arguments are passed on to the function.</summary>
    /// <example><c>{{ ["api-1", "db-1"] | array.any @string.starts_with "db" }}</c> gives <c>true</c></example>
    private static object? Any(in BuiltinCall call)
    {
        if (call.List(0) is null || call.Function(1) is not { } function) return Values.Box(false);
        var rest = (ScriptArray)call[2]!;
        var values = new object?[rest.Count + 1];
        rest.CopyTo(values, 1);
        foreach (var item in call.Counted(0))
        {
            values[0] = item;
            if (call.Context.CallBack(function, call.Node, values) is true) return Values.Box(true);
        }

        return Values.Box(false);
    }

    /// <summary>Whether a list has an item. A number is not found among numbers of another kind.</summary>
    /// <example><c>{{ ["sev1", "sev2"] | array.contains "sev1" }}</c> gives <c>true</c></example>
    private static object? Contains(in BuiltinCall call)
    {
        var wanted = call[1];
        foreach (var item in wanted is string ? call.Weighed(0) : call.Counted(0))
        {
            if (Equals(item, wanted)) return Values.Box(true);
        }

        return Values.Box(false);
    }

    /// <summary>Another item at each call, in turns. Calls with the same group, or else the same items, take turns together.</summary>
    /// <example><c>{{ for i in 1..3; array.cycle ["odd", "even"]; " "; end }}</c> gives <c>odd even odd </c></example>
    /// <example><c>{{ array.cycle ["a", "b"] "left" }}{{ array.cycle ["a", "b"] "right" }}</c> gives <c>aa</c></example>
    private static object? Cycle(in BuiltinCall call)
    {
        if (call.List(0) is null) return null;
        var items = call.List(0) as IReadOnlyList<object?> ?? new ScriptArray(call.Counted(0));
        var context = call.Context;
        var group = call[1] is { } named
            ? Values.ToText(context, named)
            : string.Join(',', call.Counted(0).Select(item => Values.ToText(context, item)));
        context.Charge(group.Length, call.Node);
        var next = context.NextOfCycle(group, items.Count);
        return items.Count > 0 ? items[next] : null;
    }

    /// <summary>The first item, null for an empty list.</summary>
    /// <example><c>{{ ["page", "ack", "fix"] | array.first }}</c> gives <c>page</c></example>
    private static object? First(in BuiltinCall call)
    {
        foreach (var item in call.List(0) ?? []) return item;
        return null;
    }

    /// <summary>The items as text with a delimiter between them. A function may change each text.</summary>
    /// <example><c>{{ [1, 2, 3] | array.join " + " }}</c> gives <c>1 + 2 + 3</c></example>
    /// <example><c>{{ ["a", "b"] | array.join ", " @string.upcase }}</c> gives <c>A, B</c></example>
    private static object? Join(in BuiltinCall call)
    {
        if (call.List(0) is null) return string.Empty;
        var context = call.Context;
        var delimiter = call.Text(1) ?? string.Empty;
        var function = FunctionOf(in call, 2);
        var text = new System.Text.StringBuilder();
        var isFirst = true;
        foreach (var item in call.Counted(0))
        {
            if (!isFirst) Append(in call, text, delimiter);
            isFirst = false;
            var part = Values.ToText(context, item);
            if (function is not null) part = Values.ToText(context, context.CallBack(function, call.Node, item is null ? null : part));
            Append(in call, text, part);
        }

        return text.ToString();
    }

    /// <summary>The last item, null for an empty list.</summary>
    /// <example><c>{{ ["page", "ack", "fix"] | array.last }}</c> gives <c>fix</c></example>
    private static object? Last(in BuiltinCall call)
    {
        var list = call.List(0);
        if (list is IReadOnlyList<object?> items) return items.Count > 0 ? items[^1] : null;
        object? last = null;
        foreach (var item in call.Counted(0)) last = item;
        return last;
    }

    /// <summary>The number of items.</summary>
    /// <example><c>{{ ["page", "ack", "fix"] | array.size }}</c> gives <c>3</c></example>
    private static object? Size(in BuiltinCall call) =>
        call.List(0) is { } list ? Values.Box(Members.Size(list)) : Values.Box(0);

    private static void Append(in BuiltinCall call, System.Text.StringBuilder text, string part)
    {
        var limit = call.Context.LimitToString;
        if (limit > 0 && part.Length > 0 && (long)text.Length + part.Length > limit)
            throw call.Error($"Joined string exceeds LimitToString `{limit}`.");
        call.Context.Charge(part.Length, call.Node);
        text.Append(part);
    }
}
