using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary>What <c>for</c> and <c>tablerow</c> share: the list, its window, and a variable that ends with the loop.</summary>
public abstract class ScriptLoopStatement : ScriptConditionStatement
{
    internal ScriptExpression? Variable { get; set; }

    internal ScriptExpression? Iterator { get; set; }

    internal List<ScriptNamedArgument> Arguments { get; } = [];

    internal ScriptBlockStatement Body { get; set; } = null!;

    internal sealed override Flow Execute(TemplateContext context)
    {
        var source = Iterator!.Evaluate(context);
        if (source is null) return Flow.Next;
        var items = Values.ToIndexable(context, source)
            ?? throw new ScriptRuntimeException(Iterator.Span, $"Unexpected type `{source.GetType()}` for iterator");
        var options = ReadOptions(context);
        var first = Math.Clamp(options.Offset, 0, items.Count);
        var count = items.Count - first;
        // A limit of nothing is none. It counts from the end where the loop goes backwards.
        if (options.Limit > 0 && options.Limit < count)
        {
            if (options.Reversed) first += count - options.Limit;
            count = options.Limit;
        }

        BeforeAll(context);
        var result = count > 0 ? Run(context, items, options, first, count) : Flow.Next;
        AfterAll(context);
        return count > 0 ? result : Else?.Execute(context) ?? Flow.Next;
    }

    internal virtual void Before(TemplateContext context, LoopState state, LoopOptions options)
    {
    }

    internal virtual void After(TemplateContext context)
    {
    }

    internal virtual void BeforeAll(TemplateContext context)
    {
    }

    internal virtual void AfterAll(TemplateContext context)
    {
    }

    private Flow Run(TemplateContext context, IReadOnlyList<object?> items, LoopOptions options, int first, int count)
    {
        var state = new LoopState(context.Loop, this is ScriptForStatement ? LoopKind.For : LoopKind.TableRow, count)
        {
            Columns = options.Columns,
        };
        var outerLoop = context.Loop;
        // A member or an item as the variable is assigned like anywhere else and stays what it is after the loop.
        var scope = Variable is ScriptVariable or ScriptLocalVariable ? context.PushLoopVariable(Variable) : null;
        context.Loop = state;
        context.EnterLoop();
        var result = Flow.Next;
        for (var i = 0; i < count; i++)
        {
            context.StepLoop(this);
            var at = options.Reversed ? first + count - 1 - i : first + i;
            // The list may have been shortened by the body.
            var value = at < items.Count ? items[at] : null;
            state.Move(i, value);
            if (scope is null) Variable!.Assign(context, value);
            else scope.Value = value;
            Before(context, state, options);
            var flow = Body.Execute(context);
            After(context);
            if (flow == Flow.Break) break;
            if (flow != Flow.Return) continue;
            result = flow;
            break;
        }

        context.ExitLoop();
        context.Loop = outerLoop;
        if (scope is not null) context.PopLoopVariable(scope);
        return result;
    }

    private LoopOptions ReadOptions(TemplateContext context)
    {
        var options = new LoopOptions { Limit = -1, Columns = 1 };
        foreach (var argument in Arguments)
        {
            switch (argument.Name)
            {
                case "reversed":
                    options.Reversed = true;
                    break;
                case "offset":
                    options.Offset = ReadInt(context, argument);
                    break;
                case "limit":
                    options.Limit = ReadInt(context, argument);
                    break;
                case "cols" when this is ScriptTableRowStatement:
                    options.Columns = Math.Max(1, ReadInt(context, argument));
                    break;
                default:
                    throw new ScriptRuntimeException(argument.Span, $"Unsupported argument `{argument.Name}` for statement: `{this}`");
            }
        }

        return options;
    }

    private static int ReadInt(TemplateContext context, ScriptNamedArgument argument) =>
        argument.Value is { } value
            ? Values.ToInt(value.Span, value.Evaluate(context))
            : throw new ScriptRuntimeException(argument.Span, $"Invalid `{argument.Name}` argument. Value is required.");

    internal struct LoopOptions
    {
        public int Offset { get; set; }

        public int Limit { get; set; }

        public int Columns { get; set; }

        public bool Reversed { get; set; }
    }
}
