using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>f 1 2</c> or <c>f(1, 2)</c>.</summary>
public sealed class ScriptFunctionCall : ScriptExpression
{
    internal ScriptExpression Target { get; set; } = null!;

    internal ScriptExpression[] Arguments { get; set; } = [];

    internal bool IsExplicit { get; set; }

    internal override (string Name, string Syntax) Grammar => ("function call", "<target_expression> <arguments[0]> ... <arguments[n]>");

    internal override object? Evaluate(TemplateContext context) => Evaluate(context, null);

    internal object? Evaluate(TemplateContext context, BlockFunction? block)
    {
        var piped = context.Pipe;
        context.Pipe = default;
        var function = ResolveTarget(context);
        var stack = context.Arguments;
        var mark = stack.Top;
        var pipedCount = stack.PushPiped(context, piped);
        foreach (var argument in Arguments)
        {
            switch (argument)
            {
                case ScriptNamedArgument named:
                    stack.Push(named.Name, named.Value.Evaluate(context));
                    break;
                case ScriptUnaryExpression { Operator: '^' } spread:
                    stack.PushSpread(context, spread, spread.Evaluate(context));
                    break;
                default:
                    stack.Push(null, argument.Evaluate(context));
                    break;
            }
        }

        var call = new CallArguments(this, stack.From(mark), pipedCount, piped.From, Arguments, block);
        var result = context.Invoke(function, in call);
        stack.Cut(mark);
        return result;
    }

    private ScriptFunction ResolveTarget(TemplateContext context)
    {
        var target = Target.EvaluateAlias(context);
        return target switch
        {
            ScriptFunction function => function,
            ScriptObject { AsFunction: { } function } => function,
            null => throw new ScriptRuntimeException(Target.Span, $"The function `{Target}` was not found"),
            _ => throw new ScriptRuntimeException(Target.Span, $"Invalid target function `{Target}` ({TypeNames.Kind(target)})"),
        };
    }
}
