namespace IncidentBot.Templating.Syntax;

internal abstract class ScriptExpression : ScriptNode;
