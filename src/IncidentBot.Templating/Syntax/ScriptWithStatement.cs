using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>with x … end</c>: variables of the body are members of an object.</summary>
public sealed class ScriptWithStatement : ScriptStatement
{
    internal ScriptExpression? Target { get; set; }

    internal ScriptBlockStatement Body { get; set; } = null!;

    internal override (string Name, string Syntax) Grammar => ("with statement", "with <variable> ... end");

    internal override Flow Execute(TemplateContext context)
    {
        var target = Target!.Evaluate(context);
        if (target is not ScriptObject members)
        {
            // The library tells the type of the runtime here, and not the kind that the language knows.
            var found = target?.GetType().Name ?? "null";
            throw new ScriptRuntimeException(
                Target.Span,
                $"Invalid target property `{Target}` used for [with] statement. Must be a ScriptObject instead of `{found}`");
        }

        var scope = context.PushWith(members);
        var flow = Body.Execute(context);
        context.PopScope(scope);
        return flow;
    }
}
