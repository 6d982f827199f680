namespace IncidentBot.Templating.Syntax;

internal sealed class ScriptThisExpression : ScriptVariablePath
{
    public override object? GetValue(TemplateContext context) => context.CurrentGlobal;

    public override void SetValue(TemplateContext context, object? value) =>
        throw new ScriptRuntimeException(Span, "Cannot set this variable");

    public override string ToString() => "this";
}
