namespace IncidentBot.Templating.Syntax;

/// <summary>Parameters and body of a function, shared by all the values made from it.</summary>
public sealed class ScriptFunctionDeclaration : ScriptNode
{
    /// <summary>Null for a function without a parameter list, which reads its arguments from <c>$</c>.</summary>
    internal ScriptParameter[]? Parameters { get; set; }

    /// <summary>The body of <c>func … end</c> and <c>do … end</c>.</summary>
    internal ScriptBlockStatement? Body { get; set; }

    /// <summary>The body of <c>f(x) = …</c>.</summary>
    internal ScriptExpression? Result { get; set; }

    /// <summary>The name, when it is a local variable: the function can then call itself.</summary>
    internal string? LocalName { get; set; }

    /// <summary>Whether the body reads <c>$</c>; otherwise a function with parameters needs no list of its arguments.</summary>
    internal bool UsesArguments { get; set; }

    internal bool IsAnonymous { get; set; }

    internal int Required { get; set; }

    internal bool HasRest => Parameters is [.., { IsRest: true }];

    internal override (string Name, string Syntax) Grammar => ("function statement", "func <variable> ... end");
}
