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

    /// <summary>Reads that of which this is a member or an item. A function is called, and the member is one of its result.</summary>
    private protected object? ReadTarget(TemplateContext context, ScriptExpression target, out bool stopped)
    {
        stopped = false;
        if (target is not ScriptVariable) TemplateContext.EnsureStack(this);
        if (target is not ScriptPathExpression path) return target.Evaluate(context);
        var value = path.Read(context, out stopped);
        return value is ScriptFunction function ? context.Call(function, target) : value;
    }
}
