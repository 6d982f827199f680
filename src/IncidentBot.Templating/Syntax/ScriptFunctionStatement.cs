using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>func f … end</c> and <c>f(x) = …</c>: gives a name to a function.</summary>
public sealed class ScriptFunctionStatement : ScriptStatement
{
    internal ScriptExpression? Name { get; set; }

    internal ScriptFunctionDeclaration Declaration { get; set; } = null!;

    internal override (string Name, string Syntax) Grammar => ("function statement", "func <variable> ... end");

    internal override Flow Execute(TemplateContext context)
    {
        Name!.Assign(context, new DeclaredFunction(Declaration, context.Frame));
        return Flow.Next;
    }
}
