using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary>What <c>for</c> and <c>tablerow</c> share: the list, its window, and a variable that ends with the loop.</summary>
public abstract class ScriptLoopStatement : ScriptConditionStatement
{
    internal ScriptExpression? Variable { get; set; }

    internal ScriptExpression? Iterator { get; set; }

    internal ScriptExpression[] Arguments { get; set; } = [];

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
        if (options.Limit >= 0) count = Math.Min(count, options.Limit);
        if (count <= 0) return Else?.Execute(context) ?? Flow.Next;
        return Run(context, items, options, first, count);
    }

    internal virtual void Before(TemplateContext context, LoopState state, LoopOptions options)
    {
    }

    internal virtual void After(TemplateContext context, LoopState state, LoopOptions options)
    {
    }

    private Flow Run(TemplateContext context, IReadOnlyList<object?> items, LoopOptions options, int first, int count)
    {
        var state = new LoopState(context.Loop, this is ScriptForStatement ? LoopKind.For : LoopKind.TableRow, count)
        {
            Columns = options.Columns,
        };
        var outerLoop = context.Loop;
        var scope = context.PushLoopVariable(Variable!);
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
            scope.Value = value;
            Before(context, state, options);
            var flow = Body.Execute(context);
            After(context, state, options);
            if (flow == Flow.Break) break;
            if (flow != Flow.Return) continue;
            result = flow;
            break;
        }

        context.ExitLoop();
        context.Loop = outerLoop;
        context.PopLoopVariable(scope);
        return result;
    }

    private LoopOptions ReadOptions(TemplateContext context)
    {
        var options = new LoopOptions { Limit = -1, Columns = 1 };
        foreach (var argument in Arguments)
        {
            switch (argument)
            {
                case ScriptVariable { Name: "reversed" }:
                    options.Reversed = true;
                    break;
                case ScriptNamedArgument { Name: "offset" } named:
                    options.Offset = Values.ToInt(named.Value.Span, named.Value.Evaluate(context));
                    break;
                case ScriptNamedArgument { Name: "limit" } named:
                    options.Limit = Values.ToInt(named.Value.Span, named.Value.Evaluate(context));
                    break;
                case ScriptNamedArgument { Name: "cols" } named when this is ScriptTableRowStatement:
                    options.Columns = Math.Max(1, Values.ToInt(named.Value.Span, named.Value.Evaluate(context)));
                    break;
                default:
                    var name = (argument as ScriptNamedArgument)?.Name ?? argument.ToString();
                    throw new ScriptRuntimeException(argument.Span, $"Unsupported argument `{name}` for statement: `{this}`");
            }
        }

        return options;
    }

    internal struct LoopOptions
    {
        public int Offset { get; set; }

        public int Limit { get; set; }

        public int Columns { get; set; }

        public bool Reversed { get; set; }
    }
}
