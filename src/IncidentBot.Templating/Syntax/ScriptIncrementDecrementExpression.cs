using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>++x</c>, <c>x++</c>, <c>--x</c>, <c>x--</c>.</summary>
public sealed class ScriptIncrementDecrementExpression : ScriptExpression
{
    internal ScriptExpression? Target { get; set; }

    internal bool IsPostfix { get; set; }

    internal bool IsDecrement { get; set; }

    internal override (string Name, string Syntax) Grammar =>
        ("increment/decrement expression", "<operator> <expression> or <expression> <operator>");

    internal override object? Evaluate(TemplateContext context)
    {
        // The value must take a sign before it is counted up or down; both complain about the operand.
        var before = Operators.Plus(context, Target!, Target!.Evaluate(context));
        var after = Operators.Apply(context, Target, ScriptBinaryOperator.Add, before, Values.Box(IsDecrement ? -1 : 1));
        Target.Assign(context, after);
        return IsPostfix ? before : after;
    }
}
