namespace IncidentBot.Templating.Syntax;

/// <summary><c>case … when … else … end</c>.</summary>
public sealed class ScriptCaseStatement : ScriptStatement
{
    internal ScriptExpression? Value { get; set; }

    /// <summary>Text and comments before the first <c>when</c>.</summary>
    internal ScriptBlockStatement Body { get; set; } = null!;

    internal ScriptWhenStatement? FirstWhen { get; set; }

    internal override (string Name, string Syntax) Grammar => ("case statement", "case <expression> ... end|when|else");

    internal override Flow Execute(TemplateContext context)
    {
        var value = Value!.Evaluate(context);
        var flow = Body.Execute(context);
        if (flow != Flow.Next) return flow;
        ScriptStatement? branch = FirstWhen;
        while (branch is ScriptWhenStatement when)
        {
            if (when.Matches(context, value)) return when.Body.Execute(context);
            branch = when.Else;
        }

        return branch?.Execute(context) ?? Flow.Next;
    }
}
