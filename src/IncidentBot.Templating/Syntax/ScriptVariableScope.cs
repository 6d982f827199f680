namespace IncidentBot.Templating.Syntax;

/// <summary>Where a variable belongs.</summary>
public enum ScriptVariableScope
{
    /// <summary><c>x</c>.</summary>
    Global,

    /// <summary><c>$x</c>.</summary>
    Local,
}
