namespace IncidentBot.Templating.Syntax;

internal sealed record ScriptFunctionParameter(string Name, ScriptExpression? Default, bool IsVariable);
