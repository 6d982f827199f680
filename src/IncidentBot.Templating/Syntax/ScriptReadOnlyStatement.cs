namespace IncidentBot.Templating.Syntax;

internal sealed class ScriptReadOnlyStatement(ScriptExpression variable) : ScriptStatement
{
    public override object? Evaluate(TemplateContext context)
    {
        context.SetReadOnly(variable);
        return null;
    }

    public override string ToString() => $"readonly {variable}";
}
