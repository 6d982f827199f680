namespace IncidentBot.Templating.Syntax;

internal sealed class ScriptCaptureStatement(IScriptVariablePath target, ScriptBlock body) : ScriptStatement
{
    public override object? Evaluate(TemplateContext context)
    {
        target.SetValue(context, context.Capture(body));
        return null;
    }

    public override string ToString() => $"capture {target}";
}
