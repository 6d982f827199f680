using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>f 1 2</c> or <c>f(1, 2)</c>.</summary>
public sealed class ScriptFunctionCall : ScriptExpression
{
    internal ScriptExpression Target { get; set; } = null!;

    internal ScriptExpression[] Arguments { get; set; } = [];

    internal bool IsExplicit { get; set; }

    /// <summary>Whether the closing parenthesis is there.</summary>
    internal bool IsClosed { get; set; }

    /// <summary>The offset to report missing arguments at; -1 for the end.</summary>
    internal int MissingAt { get; set; } = -1;

    // The misspellings are the library's.
    internal override (string Name, string Syntax) Grammar =>
        ("function call expression", "<target_expression> <arguemnt[0]> ... <arguement[n]>");

    internal override object? Evaluate(TemplateContext context) => Evaluate(context, null);

    internal object? Evaluate(TemplateContext context, BlockFunction? block)
    {
        var piped = context.Pipe;
        context.Pipe = default;
        if (ResolveTarget(context, piped.From is not null) is not { } function) return null;
        var stack = context.Arguments;
        var mark = stack.Top;
        var pipedCount = stack.PushPiped(context, piped);
        foreach (var argument in Arguments)
        {
            switch (argument)
            {
                case ScriptNamedArgument named:
                    stack.Push(named.Name, named.Evaluate(context));
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

    private ScriptFunction? ResolveTarget(TemplateContext context, bool isPiped)
    {
        // f(1)(2)(3) is a call of a call of a call.
        if (Target is not ScriptPathExpression) TemplateContext.EnsureStack(this);
        var target = Target.EvaluateAlias(context);
        if (target is ScriptFunction function) return function;
        if (target is ScriptObject { AsFunction: { } callable }) return callable;
        if (target is null)
        {
            return context.EnableRelaxedFunctionAccess
                ? null
                : throw new ScriptRuntimeException(Target.Span, $"The function `{Target}` was not found");
        }

        if (isPiped) throw new ScriptRuntimeException(Span, $"Pipe expression destination `{Target}` is not a valid function ");
        var shown = target is bool ? target.ToString() : Values.ToText(context, target);
        throw new ScriptRuntimeException(Span, $"Invalid target function `{shown}` ({TypeNames.Kind(target)})");
    }
}
