using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>A value to the left of a pipe that waits for the function to the right.</summary>
internal readonly record struct PipedValue(ScriptExpression? From, object? Value, bool IsSpread);
