using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>ret</c>: leaves the function or the template, with a value or without.</summary>
public sealed class ScriptReturnStatement : ScriptStatement
{
    internal ScriptExpression? Value { get; set; }

    internal override (string Name, string Syntax) Grammar => ("return statement", "ret <expression>?");

    internal override Flow Execute(TemplateContext context)
    {
        // A lazy list would be read after the variables of the function are gone.
        context.ReturnValue = Values.Settle(Value?.Evaluate(context));
        return Flow.Return;
    }
}
