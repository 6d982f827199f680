using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>Operators on strings and lists.</summary>
internal static partial class Operators
{
    private static object? Strings(TemplateContext context, ScriptNode node, ScriptBinaryOperator op, object? left, object? right)
    {
        switch (op)
        {
            case ScriptBinaryOperator.Multiply when left is string && right is not string:
                return Repeat(context, node, left, right, (node as ScriptBinaryExpression)?.Right);
            case ScriptBinaryOperator.Multiply when right is string && left is not string:
                return Repeat(context, node, right, left, (node as ScriptBinaryExpression)?.Left);
            case ScriptBinaryOperator.Multiply:
                throw new ScriptRuntimeException(
                    node.Span,
                    "Expecting an integer. The operator `*` is not supported for the expression. "
                    + "Only working on string x int or int x string");
            case ScriptBinaryOperator.ShiftLeft when IsList(left):
            case ScriptBinaryOperator.ShiftRight when IsList(right):
            case ScriptBinaryOperator.Add when left is char or null && IsList(right):
                return left is null ? right : Lists(context, node, op, left, right);
        }

        if (left is null || right is null)
        {
            if (op != ScriptBinaryOperator.Add) return WithNull(op, left, right);
            return left is null ? Values.ToText(context, right) : Values.ToText(context, left);
        }

        var a = Values.ToText(context, left);
        var b = Values.ToText(context, right);
        switch (op)
        {
            case ScriptBinaryOperator.Add:
                if (context.LimitToString > 0 && a.Length + (long)b.Length > context.LimitToString)
                {
                    throw new ScriptRuntimeException(
                        node.OperatorSpan,
                        $"String concatenation exceeds LimitToString `{context.LimitToString}`.");
                }

                context.Charge(a.Length + b.Length, node);
                return string.Concat(a, b);
            case ScriptBinaryOperator.Equal:
                return Values.Box(a == b);
            case ScriptBinaryOperator.NotEqual:
                return Values.Box(a != b);
            case ScriptBinaryOperator.Less or ScriptBinaryOperator.LessOrEqual or ScriptBinaryOperator.Greater
                or ScriptBinaryOperator.GreaterOrEqual:
                context.Charge(Math.Min(a.Length, b.Length), node);
                return Compared(node, op, context.CurrentCulture.CompareInfo.Compare(a, b), left, right);
            default:
                throw Unsupported(node, Sign(op), "string");
        }
    }

    private static string Repeat(TemplateContext context, ScriptNode node, object? text, object? times, ScriptNode? timesNode)
    {
        if (times is null) return string.Empty;
        var unit = (string)text!;
        var count = Values.ToInt(timesNode?.Span ?? node.Span, times);
        if (count <= 0 || unit.Length == 0) return string.Empty;
        var length = (long)unit.Length * count;
        if ((context.LimitToString > 0 && length > context.LimitToString) || length > int.MaxValue)
        {
            throw new ScriptRuntimeException(
                timesNode?.Span ?? node.Span,
                $"String multiplication exceeds LimitToString `{context.LimitToString}`.");
        }

        context.Charge(length, node);
        return string.Create((int)length, unit, static (span, part) =>
        {
            part.CopyTo(span);
            for (var filled = part.Length; filled < span.Length; filled *= 2)
                span[..Math.Min(filled, span.Length - filled)].CopyTo(span[filled..]);
        });
    }

    private static object? Lists(TemplateContext context, ScriptNode node, ScriptBinaryOperator op, object? left, object? right)
    {
        switch (op)
        {
            case ScriptBinaryOperator.ShiftLeft when IsList(left):
                return new ScriptArray(context.Counted(node, Values.ToSequence(left)!)) { right };
            case ScriptBinaryOperator.ShiftRight when IsList(right):
                return new ScriptArray(context.Counted(node, Values.ToSequence(right)!).Prepend(left));
            case ScriptBinaryOperator.Multiply when IsList(left) && Numbers.IsNumber(right):
                return RepeatList(context, node, left!, right!);
            case ScriptBinaryOperator.Multiply when IsList(right) && Numbers.IsNumber(left):
                return RepeatList(context, node, right!, left!);
        }

        if (!IsList(left) || !IsList(right))
        {
            return op switch
            {
                ScriptBinaryOperator.Equal => Values.Box(false),
                ScriptBinaryOperator.NotEqual => Values.Box(true),
                _ => throw NotBetween(node, op, left, right),
            };
        }

        return op switch
        {
            ScriptBinaryOperator.Add => new ScriptArray(
                context.Counted(node, Values.ToSequence(left)!.Concat(Values.ToSequence(right)!))),
            ScriptBinaryOperator.Equal => Values.Box(AreEqual(context, node, left!, right!, 0)),
            ScriptBinaryOperator.NotEqual => Values.Box(!AreEqual(context, node, left!, right!, 0)),
            _ => throw NotBetween(node, op, left, right),
        };
    }

    private static ScriptArray RepeatList(TemplateContext context, ScriptNode node, object list, object times)
    {
        var count = Values.ToInt(node.Span, times);
        var result = new ScriptArray();
        if (count <= 0) return result;
        var items = Values.ToSequence(list)!;
        var isCounted = items.TryGetNonEnumeratedCount(out var size);
        if (items is ScriptRange range) (isCounted, size) = (true, range.Count);
        if (isCounted)
        {
            var length = (long)size * count;
            if (length > Array.MaxLength)
            {
                throw new ScriptRuntimeException(
                    node.OperatorSpan,
                    "Array multiplication result length exceeds the maximum supported array length.");
            }

            context.EnterLoop();
            context.StepInternal(node, (int)Math.Max(length, count));
            context.ExitLoop();
        }

        context.EnterLoop();
        for (var i = 0; i < count; i++)
        {
            // A lazy list is worked out anew each time and counts its own items.
            context.StepInternal(node, items is LazySequence ? 1 : 0);
            foreach (var item in items)
            {
                if (!isCounted && items is not LazySequence) context.StepInternal(node);
                result.Add(item);
            }
        }

        context.ExitLoop();
        return result;
    }

    private static bool AreEqual(TemplateContext context, ScriptNode node, object left, object right, int depth)
    {
        if (ReferenceEquals(left, right)) return true;
        if (context.ObjectRecursionLimit > 0 && depth >= context.ObjectRecursionLimit) throw ValueText.TooDeep(context);
        TemplateContext.EnsureStack(node);
        using var a = Values.ToSequence(left)!.GetEnumerator();
        using var b = Values.ToSequence(right)!.GetEnumerator();
        while (true)
        {
            var (moreA, moreB) = (a.MoveNext(), b.MoveNext());
            if (!moreA || !moreB) return moreA == moreB;
            context.Charge(4, node);
            var equal = IsList(a.Current) && IsList(b.Current)
                ? AreEqual(context, node, a.Current!, b.Current!, depth + 1)
                : Apply(context, node, ScriptBinaryOperator.Equal, a.Current, b.Current) is true;
            if (!equal) return false;
        }
    }
}
