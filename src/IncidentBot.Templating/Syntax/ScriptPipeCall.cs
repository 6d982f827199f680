using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary>
/// <c>a | f</c>: the value waits in the context, and the first function that is called to the right takes it as its first
/// argument. That is why <c>"1" | string.to_int + 1</c> is 2.
/// </summary>
public sealed class ScriptPipeCall : ScriptExpression
{
    internal ScriptExpression From { get; set; } = null!;

    internal ScriptExpression? To { get; set; }

    internal override (string Name, string Syntax) Grammar => ("pipe expression", "<expression> | <expression>");

    internal override object? Evaluate(TemplateContext context)
    {
        TemplateContext.EnsureStack(this);
        var outer = context.Pipe;
        context.Pipe = default;
        var value = From.Evaluate(context);
        context.Pipe = new PipedValue(From, value, From is ScriptUnaryExpression { Operator: '^' });
        var result = To!.Evaluate(context);
        if (context.Pipe.From is not null)
        {
            if ((result as ScriptFunction ?? (result as ScriptObject)?.AsFunction) is { } function)
            {
                result = context.Call(function, To);
            }
            else
            {
                throw new ScriptRuntimeException(
                    To.Span,
                    result is null
                        ? $"The function `{To}` was not found"
                        : $"Pipe expression destination `{To}` is not a valid function ");
            }
        }

        context.Pipe = outer;
        return result;
    }
}
