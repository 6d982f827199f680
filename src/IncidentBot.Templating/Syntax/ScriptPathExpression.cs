using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary>Something that can be read, assigned and called by its name: a variable, a member, an item.</summary>
public abstract class ScriptPathExpression : ScriptExpression
{
    internal sealed override bool IsPath => true;

    internal sealed override object? Evaluate(TemplateContext context)
    {
        var value = EvaluateAlias(context);
        return value is ScriptFunction function ? context.Call(function, this) : value;
    }

    /// <summary>Reads the path; <paramref name="stopped"/> when a <c>?.</c> found null and the rest must not be read.</summary>
    internal virtual object? Read(TemplateContext context, out bool stopped)
    {
        stopped = false;
        return EvaluateAlias(context);
    }
}
