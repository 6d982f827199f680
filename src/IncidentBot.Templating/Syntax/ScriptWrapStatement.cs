using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>wrap f a … end</c>: the function writes the block where it says <c>$$</c>.</summary>
internal sealed class ScriptWrapStatement(ScriptExpression target, ScriptBlock body) : ScriptStatement
{
    public override object? Evaluate(TemplateContext context)
    {
        var call = target as ScriptFunctionCall;
        var path = call is null ? target : call.Target;
        var callee = path is IScriptVariablePath variable and not ScriptNestedExpression ? variable.GetValue(context) : null;
        if (callee is not IScriptFunction function)
        {
            var kind = target is ScriptNestedExpression ? "nested expression" : "variable";
            throw new ScriptRuntimeException(target.Span, $"Expecting a direct function instead of the expression `{target}/{kind}`");
        }

        var arguments = new CallArguments(call?.Arguments.Length ?? 0) { Block = body };
        foreach (var argument in call?.Arguments ?? [])
        {
            if (argument is ScriptNamedArgument named)
            {
                arguments.AddNamed(named.Name, named.Evaluate(context), named);
            }
            else
            {
                ScriptFunctionCall.AddExpanded(context, arguments, argument, argument.Evaluate(context));
            }
        }

        var result = ScriptFunctionCall.Call(context, target, function, arguments);
        if (result is not null)
        {
            context.Write(Span, result);
        }

        return null;
    }

    public override string ToString() => $"wrap {target}";
}
