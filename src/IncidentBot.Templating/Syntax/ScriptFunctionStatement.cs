namespace IncidentBot.Templating.Syntax;

/// <summary><c>func f … end</c> and <c>f(x) = …</c></summary>
internal sealed class ScriptFunctionStatement(IScriptVariablePath name, ScriptFunction function) : ScriptStatement
{
    public override object? Evaluate(TemplateContext context)
    {
        name.SetValue(context, function);
        return null;
    }

    public override string ToString() => $"func {name}";
}
