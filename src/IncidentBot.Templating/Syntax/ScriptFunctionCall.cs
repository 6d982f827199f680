using System.Collections;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>f a b</c> and <c>f(a, b)</c>.</summary>
internal sealed class ScriptFunctionCall(ScriptExpression target, ScriptExpression[] arguments, bool isExplicit) : ScriptExpression
{
    public ScriptExpression Target => target;

    public ScriptExpression[] Arguments => arguments;

    public bool IsExplicit => isExplicit;

    public override object? Evaluate(TemplateContext context) => Evaluate(context, null, null);

    /// <summary>Calls with the piped value as the first argument.</summary>
    public object? Evaluate(TemplateContext context, ScriptExpression? pipedFrom, object? piped)
    {
        var value = target is IScriptVariablePath path and not ScriptNestedExpression ? path.GetValue(context) : target.Evaluate(context);
        if (value is not IScriptFunction function)
        {
            throw value is null
                ? new ScriptRuntimeException(target.Span, $"The function `{target}` was not found")
                : new ScriptRuntimeException(target.Span, $"Invalid target function `{target}` ({ValueText.TypeName(value)})");
        }

        return Call(context, this, function, Collect(context, pipedFrom, piped));
    }

    public static object? Call(TemplateContext context, ScriptNode caller, IScriptFunction function, CallArguments arguments)
    {
        context.EnterCall(caller);
        try
        {
            return function.Invoke(context, caller, arguments);
        }
        finally
        {
            context.ExitCall();
        }
    }

    private CallArguments Collect(TemplateContext context, ScriptExpression? pipedFrom, object? piped)
    {
        var result = new CallArguments(arguments.Length + 1);
        if (pipedFrom is not null)
        {
            AddExpanded(context, result, pipedFrom, piped);
        }

        foreach (var argument in arguments)
        {
            if (argument is ScriptNamedArgument named)
            {
                result.AddNamed(named.Name, named.Evaluate(context), named);
                continue;
            }

            AddExpanded(context, result, argument, argument.Evaluate(context));
        }

        return result;
    }

    public static void AddExpanded(TemplateContext context, CallArguments result, ScriptExpression node, object? value)
    {
        if (node is ScriptUnaryExpression { IsExpand: true } && value is IEnumerable list and not string)
        {
            foreach (var item in list)
            {
                context.StepIteration(node.Span);
                result.Add(item, node);
            }

            return;
        }

        result.Add(value, node);
    }

    public override string ToString() => isExplicit
        ? $"{target}({string.Join(", ", arguments.AsEnumerable())})"
        : $"{target} {string.Join(" ", arguments.AsEnumerable())}";
}
