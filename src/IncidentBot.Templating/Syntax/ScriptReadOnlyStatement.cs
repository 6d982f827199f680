namespace IncidentBot.Templating.Syntax;

/// <summary><c>readonly x</c>: forbids further assignments to a variable.</summary>
public sealed class ScriptReadOnlyStatement : ScriptStatement
{
    internal ScriptExpression? Variable { get; set; }

    internal override (string Name, string Syntax) Grammar => ("readonly statement", "readonly <variable>");

    internal override Flow Execute(TemplateContext context)
    {
        if (Variable is ScriptVariable global) context.SetReadOnly(global.Name);
        else if (Variable is ScriptLocalVariable local) context.Frame.Locals.SetReadOnly(local.Name);
        return Flow.Next;
    }
}
