using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>Operators on strings and lists.</summary>
internal static partial class Operators
{
    private static object Strings(TemplateContext context, ScriptNode node, ScriptBinaryOperator op, object? left, object? right)
    {
        if (op == ScriptBinaryOperator.Multiply)
        {
            var isSwapped = right is string or char;
            return isSwapped
                ? Repeat(context, node, right, left, (node as ScriptBinaryExpression)?.Left)
                : Repeat(context, node, left, right, (node as ScriptBinaryExpression)?.Right);
        }

        if (op > ScriptBinaryOperator.Add) throw Unsupported(node, Sign(op), "string");
        // Null comes before every text.
        if (left is null || right is null)
        {
            return op == ScriptBinaryOperator.Add
                ? Values.ToText(context, left ?? right)
                : Compared(node, op, left is null ? -1 : 1, left, right);
        }

        // The text of "empty" is null.
        if ((left is EmptyObject || right is EmptyObject) && op is ScriptBinaryOperator.Equal or ScriptBinaryOperator.NotEqual)
            return Values.Box(op == ScriptBinaryOperator.NotEqual);

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
            case ScriptBinaryOperator.Equal or ScriptBinaryOperator.NotEqual:
                // Sixteen characters are compared at once.
                if (a.Length == b.Length) context.Charge(a.Length >> 4, node);
                return Values.Box((a == b) == (op == ScriptBinaryOperator.Equal));
            case ScriptBinaryOperator.Less or ScriptBinaryOperator.LessOrEqual or ScriptBinaryOperator.Greater
                or ScriptBinaryOperator.GreaterOrEqual:
                context.Charge(Math.Min(a.Length, b.Length), node);
                return Compared(node, op, string.CompareOrdinal(a, b), left, right);
            default:
                throw Unsupported(node, Sign(op), "string");
        }
    }

    private static string Repeat(TemplateContext context, ScriptNode node, object? text, object? times, ScriptNode? timesNode)
    {
        if (times is null) return string.Empty;
        var unit = Values.ToText(context, text);
        var span = timesNode?.Span ?? node.Span;
        var count = Times(span, times);
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

    private static int Times(Parsing.SourceSpan span, object times)
    {
        try
        {
            if (times is not string text) return Values.ToInt(span, times);
            if (int.TryParse(text, System.Globalization.NumberStyles.Integer, null, out var count)) return count;
        }
        catch (ScriptRuntimeException)
        {
            // Said better below.
        }

        throw new ScriptRuntimeException(
            span,
            "Expecting an integer. The operator `*` is not supported for the expression. "
            + "Only working on string x int or int x string");
    }

    private static object? Lists(TemplateContext context, ScriptNode node, ScriptBinaryOperator op, object? left, object? right)
    {
        var binary = node as ScriptBinaryExpression;
        switch (op)
        {
            case ScriptBinaryOperator.Multiply when IsList(left) && IsList(right):
                throw NotBetween(node, op, left, right, null, " Expecting only one array for the left or right argument.");
            case ScriptBinaryOperator.Multiply:
                var (list, times) = IsList(left) ? (left!, right) : (right!, left);
                var timesSpan = (IsList(left) ? binary?.Right : binary?.Left)?.Span ?? node.OperatorSpan;
                return RepeatList(context, node, list, CountFor(node, op, left, right, times, timesSpan));
            case ScriptBinaryOperator.ShiftRight when IsList(right):
                return new ScriptArray(context.Counted(node, Values.ToSequence(right)!).Prepend(left));
            case ScriptBinaryOperator.ShiftRight:
                throw NotBetween(node, op, left, right, binary?.Right?.Span, " Expecting an array for the right argument.");
            case ScriptBinaryOperator.Subtract or ScriptBinaryOperator.Range or ScriptBinaryOperator.RangeExclusive:
                throw NotBetween(node, op, left, right);
            case var _ when !IsList(left):
                throw NotBetween(node, op, left, right, binary?.Left.Span, " Expecting an array for the left argument.");
            case ScriptBinaryOperator.ShiftLeft:
                return new ScriptArray(context.Counted(node, Values.ToSequence(left)!)) { right };
            case ScriptBinaryOperator.Divide or ScriptBinaryOperator.DivideRound or ScriptBinaryOperator.Modulus:
                var span = binary?.Right?.Span ?? node.OperatorSpan;
                return Part(context, node, op, left!, CountFor(node, op, left, right, right, span), span);
            case var _ when !IsList(right):
                throw NotBetween(node, op, left, right, binary?.Right?.Span, " Expecting an array for the right argument.");
            case ScriptBinaryOperator.Add:
                return new ScriptArray(context.Counted(node, Values.ToSequence(left)!.Concat(Values.ToSequence(right)!)));
            default:
                return Values.Box(Compare(context, node, op, left!, right!, 0));
        }
    }

    private static int CountFor(
        ScriptNode node, ScriptBinaryOperator op, object? left, object? right, object? count, Parsing.SourceSpan span)
    {
        var number = Values.ToInt(node.OperatorSpan, count);
        if (number >= 0) return number;
        throw NotBetween(node, op, left, right, span, $" Integer {number} cannot be negative when multiplying");
    }

    /// <summary><c>list / 2</c> is the first half of a list, <c>list % 2</c> every second item.</summary>
    private static ScriptArray Part(
        TemplateContext context, ScriptNode node, ScriptBinaryOperator op, object list, int by, Parsing.SourceSpan span)
    {
        if (by == 0) throw new ScriptRuntimeException(span, "Cannot divide by 0");
        var items = new ScriptArray(context.Counted(node, Values.ToSequence(list)!));
        // A range is cut after as many items and one more.
        var length = list is ScriptArray ? items.Count / by : Math.Min(items.Count, by + 1);
        return new ScriptArray(
            op == ScriptBinaryOperator.Modulus ? items.Where((_, i) => i % by == 0) : items.Take(length));
    }

    private static ScriptArray RepeatList(TemplateContext context, ScriptNode node, object list, int count)
    {
        var result = new ScriptArray();
        if (count == 0) return result;
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

    /// <summary>
    /// A shorter list is less than a longer one. In lists of one length the operator has to hold between all the items, so
    /// <c>[1, 2] != [1, 3]</c> is false as well.
    /// </summary>
    private static bool Compare(TemplateContext context, ScriptNode node, ScriptBinaryOperator op, object left, object right, int depth)
    {
        if (context.ObjectRecursionLimit > 0 && depth >= context.ObjectRecursionLimit) throw ValueText.TooDeep(context);
        TemplateContext.EnsureStack(node);
        var (a, b) = (Values.ToIndexable(context, left)!, Values.ToIndexable(context, right)!);
        if (a.Count != b.Count)
        {
            return op switch
            {
                ScriptBinaryOperator.Equal => false,
                ScriptBinaryOperator.NotEqual => true,
                ScriptBinaryOperator.Less or ScriptBinaryOperator.LessOrEqual => a.Count < b.Count,
                _ => a.Count > b.Count,
            };
        }

        if (a.Count == 0) return op is ScriptBinaryOperator.Equal or ScriptBinaryOperator.LessOrEqual or ScriptBinaryOperator.GreaterOrEqual;
        if (op == ScriptBinaryOperator.Equal && ReferenceEquals(left, right)) return true;
        for (var i = 0; i < a.Count; i++)
        {
            context.Charge(4, node);
            context.CheckAbort();
            var holds = IsList(a[i]) && IsList(b[i])
                ? Compare(context, node, op, a[i]!, b[i]!, depth + 1)
                : Apply(context, node, op, a[i], b[i]) is true;
            if (!holds) return false;
        }

        return true;
    }
}
