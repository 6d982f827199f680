using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>do … end</c>: a function as a value.</summary>
public sealed class ScriptAnonymousFunction : ScriptExpression
{
    internal ScriptFunctionDeclaration Declaration { get; set; } = null!;

    internal override (string Name, string Syntax) Grammar => ("anonymous function", "do ... end");

    internal override object? Evaluate(TemplateContext context) => new DeclaredFunction(Declaration, context.Frame);
}
