using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary>Two operands and a sign between them.</summary>
public sealed class ScriptBinaryExpression : ScriptExpression
{
    internal ScriptBinaryOperator Operator { get; set; }

    internal ScriptExpression Left { get; set; } = null!;

    internal ScriptExpression? Right { get; set; }

    internal int OperatorStart { get; set; }

    internal int OperatorEnd { get; set; }

    internal override (string Name, string Syntax) Grammar => ("binary expression", "<expression> operator <expression>");

    internal override Parsing.SourceSpan OperatorSpan => At(OperatorStart, OperatorEnd);

    internal override object? Evaluate(TemplateContext context)
    {
        TemplateContext.EnsureStack(this);
        var left = Left.Evaluate(context);
        if (Operator == ScriptBinaryOperator.And)
            return Values.Box(Values.IsTrue(left) && Values.IsTrue(Right!.Evaluate(context)));
        if (Operator == ScriptBinaryOperator.Or)
            return Values.Box(Values.IsTrue(left) || Values.IsTrue(Right!.Evaluate(context)));

        // Unlike those two, "??" and "?!" work out both sides.
        var right = Right!.Evaluate(context);
        return Operator switch
        {
            ScriptBinaryOperator.Coalesce => left ?? right,
            ScriptBinaryOperator.NotNullThen => left is null ? null : right,
            _ => Operators.Apply(context, this, Operator, left, right),
        };
    }
}
