namespace IncidentBot.Templating.Syntax;

/// <summary>A node that does something.</summary>
public abstract class ScriptStatement : ScriptNode
{
    internal abstract Flow Execute(TemplateContext context);
}
