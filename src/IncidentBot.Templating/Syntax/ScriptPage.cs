namespace IncidentBot.Templating.Syntax;

/// <summary>A whole template.</summary>
public sealed class ScriptPage : ScriptStatement
{
    internal ScriptBlockStatement Body { get; set; } = new();

    internal override (string Name, string Syntax) Grammar => ("ScriptPage", "...");

    internal override Flow Execute(TemplateContext context) => Body.Execute(context);
}
