using System.Collections;
using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>Operators with an array: <c>a + b</c>, <c>a * 2</c>, <c>a &lt;&lt; item</c>, <c>item &gt;&gt; a</c>, comparisons.</summary>
internal static class ListOperation
{
    public static object? Evaluate(TemplateContext context, BinaryOperator op, object a, object b, SourceSpan span)
    {
        switch (op)
        {
            case BinaryOperator.ShiftLeft when a is IList list:
                return Append(context, list, b, span);
            case BinaryOperator.ShiftRight when b is IList list:
                var result = new ScriptArray([a]);
                context.CheckIterations(span, list.Count);
                result.AddRange(list.Cast<object?>());
                return result;
            case BinaryOperator.Add when a is IList first && b is IList second:
                context.CheckIterations(span, first.Count + second.Count);
                var sum = new ScriptArray(first.Count + second.Count);
                sum.AddRange(first.Cast<object?>());
                sum.AddRange(second.Cast<object?>());
                return sum;
            case BinaryOperator.Add when a is string text:
                return text + ValueText.ToText(context, span, b);
            case BinaryOperator.Add when b is string text:
                return ValueText.ToText(context, span, a) + text;
            case BinaryOperator.Multiply when a is IList list && BinaryOperation.IsNumber(b):
                return Repeat(context, list, b, span);
            case BinaryOperator.Multiply when b is IList list && BinaryOperation.IsNumber(a):
                return Repeat(context, list, a, span);
            case BinaryOperator.Equal:
                return Boxed.Bool(a is IList && b is IList && BinaryOperation.DeepEquals(context, a, b, 0));
            case BinaryOperator.NotEqual:
                return Boxed.Bool(!(a is IList && b is IList && BinaryOperation.DeepEquals(context, a, b, 0)));
            case BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual
                when a is IList first && b is IList second:
                return Arithmetic.Ordered(op, Compare(context, first, second));
            default:
                throw BinaryOperation.Unsupported(op, a, b, span);
        }
    }

    private static ScriptArray Append(TemplateContext context, IList list, object? item, SourceSpan span)
    {
        context.CheckIterations(span, list.Count);
        var result = new ScriptArray(list.Count + 1);
        result.AddRange(list.Cast<object?>());
        result.Add(item);
        return result;
    }

    private static int Compare(TemplateContext context, IList a, IList b)
    {
        for (var i = 0; i < Math.Min(a.Count, b.Count); i++)
        {
            var order = ValueConvert.Compare(context, a[i], b[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Count.CompareTo(b.Count);
    }

    private static ScriptArray Repeat(TemplateContext context, IList list, object times, SourceSpan span)
    {
        var count = ValueConvert.ToInt(context, span, times);
        var total = (long)list.Count * Math.Max(count, 0);
        if (total > Array.MaxLength)
        {
            if (context.LoopLimit == 0)
            {
                throw new ScriptRuntimeException(span, "Array multiplication result length exceeds the maximum supported array length.");
            }
        }

        // Repeating nothing is work, too.
        context.CheckIterations(span, Math.Max(total, count));
        var result = new ScriptArray();
        for (var i = 0; i < count; i++)
        {
            result.AddRange(list.Cast<object?>());
        }

        return result;
    }
}
