using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>wrap f 1 2 … end</c>: calls a function that may run the body through <c>$$</c>.</summary>
public sealed class ScriptWrapStatement : ScriptStatement
{
    internal ScriptExpression? Target { get; set; }

    internal ScriptBlockStatement Body { get; set; } = null!;

    internal string? Indent { get; init; }

    internal override (string Name, string Syntax) Grammar => ("wrap statement", "wrap <function_call> ... end");

    internal override Flow Execute(TemplateContext context)
    {
        var block = new BlockFunction(Body, context.Frame);
        object? result;
        if (Target is ScriptFunctionCall call)
        {
            result = call.Evaluate(context, block);
        }
        else
        {
            if (Target is not ScriptPathExpression || Target.EvaluateAlias(context) is not ScriptFunction function)
            {
                throw new ScriptRuntimeException(
                    Target!.Span,
                    $"Expecting a direct function instead of the expression `{Target}/{Target.KindName}`");
            }

            result = context.Call(function, Target, block);
        }

        if (result is not null) context.Write(result, Indent);
        return Flow.Next;
    }
}
