using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary>One <c>when</c> of a <c>case</c>, with one or more values.</summary>
public sealed class ScriptWhenStatement : ScriptConditionStatement
{
    internal ScriptExpression[] Candidates { get; set; } = [];

    internal ScriptBlockStatement Body { get; set; } = null!;

    internal override (string Name, string Syntax) Grammar => ("when statement", "when <expression> ... end|when|else");

    internal bool Matches(TemplateContext context, object? value)
    {
        foreach (var candidate in Candidates)
        {
            var other = candidate.Evaluate(context);
            if (Operators.Apply(context, this, ScriptBinaryOperator.Equal, value, other) is true) return true;
        }

        return false;
    }

    internal override Flow Execute(TemplateContext context) => Body.Execute(context);
}
