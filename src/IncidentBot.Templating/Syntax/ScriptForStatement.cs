namespace IncidentBot.Templating.Syntax;

/// <summary><c>for x in list … else … end</c>.</summary>
public sealed class ScriptForStatement : ScriptLoopStatement
{
    internal override (string Name, string Syntax) Grammar => ("for statement", "for <variable> in <expression> ... end");
}
