using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>if … end</c>, and each <c>else if</c> of it.</summary>
public sealed class ScriptIfStatement : ScriptConditionStatement
{
    internal ScriptExpression? Condition { get; set; }

    internal ScriptBlockStatement Then { get; set; } = null!;

    internal override (string Name, string Syntax) Grammar => ("if statement", "if <expression> ... end|else|else if");

    internal override Flow Execute(TemplateContext context)
    {
        // A loop, because a template may chain thousands of "else if".
        ScriptStatement? branch = this;
        while (branch is ScriptIfStatement test)
        {
            if (Values.IsTrue(test.Condition!.Evaluate(context))) return test.Then.Execute(context);
            branch = test.Else;
        }

        return branch?.Execute(context) ?? Flow.Next;
    }
}
