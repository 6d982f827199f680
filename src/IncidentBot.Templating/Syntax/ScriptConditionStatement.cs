namespace IncidentBot.Templating.Syntax;

/// <summary>A statement that an <c>else</c> may follow.</summary>
public abstract class ScriptConditionStatement : ScriptStatement
{
    /// <summary>An <c>else</c>, an <c>else if</c> or the next <c>when</c>.</summary>
    internal ScriptStatement? Else { get; set; }
}
