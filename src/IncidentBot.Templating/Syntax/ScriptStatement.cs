namespace IncidentBot.Templating.Syntax;

internal abstract class ScriptStatement : ScriptNode;
