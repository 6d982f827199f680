using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>value | f a</c>: the value is the first argument of the call.</summary>
internal sealed class ScriptPipeCall(ScriptExpression from, ScriptExpression to) : ScriptExpression
{
    public override object? Evaluate(TemplateContext context)
    {
        var value = from.Evaluate(context);
        if (to is ScriptFunctionCall call)
        {
            return call.Evaluate(context, from, value);
        }

        var destination = to switch
        {
            ScriptNestedExpression nested => nested.Evaluate(context),
            IScriptVariablePath path => path.GetValue(context),
            _ => to.Evaluate(context),
        };
        if (destination is IScriptFunction function)
        {
            var arguments = new CallArguments(1);
            ScriptFunctionCall.AddExpanded(context, arguments, from, value);
            return ScriptFunctionCall.Call(context, to, function, arguments);
        }

        throw destination is null
            ? new ScriptRuntimeException(to.Span, $"The function `{to}` was not found")
            : new ScriptRuntimeException(to.Span, $"Pipe expression destination `{to}` is not a valid function ");
    }

    public override string ToString() => $"{from} | {to}";
}
