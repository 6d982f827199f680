using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary>A sign before an operand: <c>! - + @ ^</c>.</summary>
public sealed class ScriptUnaryExpression : ScriptExpression
{
    internal char Operator { get; set; }

    internal ScriptExpression? Right { get; set; }

    internal override (string Name, string Syntax) Grammar => ("unary expression", "<operator> <expression>");

    internal override object? Evaluate(TemplateContext context)
    {
        TemplateContext.EnsureStack(this);
        switch (Operator)
        {
            case '@':
                return Right!.EvaluateAlias(context);
            case '!':
                return Values.Box(!Values.IsTrue(Right!.Evaluate(context)));
            case '^':
                // Calls and pipes spread the list themselves; elsewhere the sign changes nothing.
                return Right!.Evaluate(context);
            default:
                var value = Right!.Evaluate(context);
                return Operator == '-' ? Operators.Negate(context, Right, value) : Operators.Plus(context, Right, value);
        }
    }
}
