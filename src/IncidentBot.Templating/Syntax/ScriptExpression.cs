namespace IncidentBot.Templating.Syntax;

/// <summary>A node that has a value.</summary>
public abstract class ScriptExpression : ScriptNode
{
    /// <summary>What kind of expression this is, as messages name it.</summary>
    internal virtual string KindName => Grammar.Name;

    /// <summary>Whether the node may stand to the left of <c>=</c>.</summary>
    internal virtual bool IsPath => false;

    /// <summary>The value; a function that the node names is called.</summary>
    internal abstract object? Evaluate(TemplateContext context);

    /// <summary>The value; a function that the node names is handed over uncalled.</summary>
    internal virtual object? EvaluateAlias(TemplateContext context) => Evaluate(context);

    internal virtual void Assign(TemplateContext context, object? value) =>
        throw new ScriptRuntimeException(Span, "Unsupported target expression for assignment.");
}
