using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>++x</c>, <c>x++</c>, <c>--x</c>, <c>x--</c>.</summary>
public sealed class ScriptIncrementDecrementExpression : ScriptExpression
{
    internal ScriptExpression? Target { get; set; }

    internal bool IsPostfix { get; set; }

    internal bool IsDecrement { get; set; }

    internal override (string Name, string Syntax) Grammar => ("increment expression", "<variable>++ | ++<variable>");

    internal override object? Evaluate(TemplateContext context)
    {
        var before = Target!.Evaluate(context);
        var op = IsDecrement ? ScriptBinaryOperator.Subtract : ScriptBinaryOperator.Add;
        var after = Operators.Apply(context, this, op, before, Values.Box(1));
        Target.Assign(context, after);
        return IsPostfix ? before : after;
    }
}
