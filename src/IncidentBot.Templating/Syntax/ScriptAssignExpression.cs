using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>x = 1</c>, <c>x += 1</c> and their like.</summary>
public sealed class ScriptAssignExpression : ScriptExpression
{
    internal ScriptExpression Target { get; set; } = null!;

    internal ScriptExpression? Value { get; set; }

    /// <summary>The operator of a compound assignment.</summary>
    internal ScriptBinaryOperator? Operator { get; set; }

    internal int OperatorStart { get; set; }

    internal int OperatorEnd { get; set; }

    internal override (string Name, string Syntax) Grammar =>
        ("assign expression", "<target_expression> = <value_expression>");

    internal override Parsing.SourceSpan OperatorSpan => At(OperatorStart, OperatorEnd);

    internal override object? Evaluate(TemplateContext context)
    {
        object? value;
        if (Operator is { } op)
        {
            var left = Target.Evaluate(context);
            value = Operators.Apply(context, this, op, left, Value!.Evaluate(context));
        }
        else
        {
            value = Value!.Evaluate(context);
        }

        // A lazy list would be read again, and counted again, at each use of the variable.
        value = Values.Settle(value);
        Target.Assign(context, value);
        return value;
    }
}
