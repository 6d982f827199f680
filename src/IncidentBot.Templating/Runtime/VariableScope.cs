namespace IncidentBot.Templating.Runtime;

/// <summary>
/// A link of the chain of scopes, innermost first: an object (a global scope, or the locals of a function) or the one
/// variable of a loop. Names are interned by the parser, so a loop variable is found by reference.
/// </summary>
internal sealed class VariableScope(VariableScope? parent, ScriptObject? members, string? variable)
{
    public VariableScope? Parent => parent;

    public ScriptObject? Members => members;

    public string? Variable => variable;

    public object? Value { get; set; }
}
