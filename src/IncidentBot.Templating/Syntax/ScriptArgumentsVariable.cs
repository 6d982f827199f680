namespace IncidentBot.Templating.Syntax;

/// <summary><c>$</c>, the arguments of the running function, and <c>$0</c>, <c>$1</c>, … of it.</summary>
public sealed class ScriptArgumentsVariable : ScriptPathExpression
{
    /// <summary>-1 for all of them.</summary>
    internal int Index { get; set; } = -1;

    internal override string KindName => "variable";

    internal override object? EvaluateAlias(TemplateContext context)
    {
        var arguments = context.Frame.Arguments;
        return Index < 0 ? arguments : arguments is not null && Index < arguments.Count ? arguments[Index] : null;
    }

    internal override void Assign(TemplateContext context, object? value)
    {
        if (Index < 0)
        {
            context.SetLocal(this, string.Empty, value);
            return;
        }

        var arguments = context.Frame.Arguments ??= [];
        context.GrowArray(arguments, Index, this);
        arguments[Index] = value;
    }
}
