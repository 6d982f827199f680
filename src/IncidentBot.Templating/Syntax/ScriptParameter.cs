namespace IncidentBot.Templating.Syntax;

/// <summary>One parameter of a function.</summary>
internal sealed record ScriptParameter(string Name, ScriptExpression? Default, bool IsRest);
