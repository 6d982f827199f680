namespace IncidentBot.Templating.Syntax;

/// <summary>A variable by its name.</summary>
public sealed class ScriptVariable : ScriptPathExpression
{
    internal string Name { get; set; } = string.Empty;

    internal override string KindName => "variable";

    internal override (string Name, string Syntax) Grammar => ("variable", "<variable>");

    internal override object? EvaluateAlias(TemplateContext context) => context.GetVariable(this);

    internal override void Assign(TemplateContext context, object? value) => context.SetVariable(this, value);
}
