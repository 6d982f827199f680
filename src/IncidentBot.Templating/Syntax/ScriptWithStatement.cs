using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

internal sealed class ScriptWithStatement(ScriptExpression target, ScriptBlock body) : ScriptStatement
{
    public override object? Evaluate(TemplateContext context)
    {
        var value = target.Evaluate(context);
        if (value is not ScriptObject scope)
        {
            throw new ScriptRuntimeException(target.Span,
                $"Invalid target property `{target}` used for [with] statement. Must be a ScriptObject instead of `{ValueText.TypeName(value)}`");
        }

        context.PushGlobal(scope);
        try
        {
            body.Evaluate(context);
        }
        finally
        {
            context.PopGlobal();
        }

        return null;
    }

    public override string ToString() => $"with {target}";
}
