namespace IncidentBot.Templating.Syntax;

/// <summary><c>$x</c>: a variable of one function or one template.</summary>
public sealed class ScriptLocalVariable : ScriptPathExpression
{
    /// <summary>The name without the <c>$</c>.</summary>
    internal string Name { get; set; } = string.Empty;

    internal override string KindName => "variable";

    internal override (string Name, string Syntax) Grammar => ("variable", "<variable>");

    internal override object? EvaluateAlias(TemplateContext context)
    {
        if (context.TryGetLocal(Name, out var value)) return value;
        return context.StrictVariables
            ? throw new ScriptRuntimeException(Span, $"The variable or function `{this}` was not found")
            : null;
    }

    internal override void Assign(TemplateContext context, object? value) => context.SetLocal(this, Name, value);
}
