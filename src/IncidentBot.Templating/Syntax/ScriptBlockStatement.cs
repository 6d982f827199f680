namespace IncidentBot.Templating.Syntax;

/// <summary>Statements one after another.</summary>
public sealed class ScriptBlockStatement : ScriptStatement
{
    internal ScriptStatement[] Statements { get; set; } = [];

    internal override Flow Execute(TemplateContext context)
    {
        TemplateContext.EnsureStack(this);
        context.Charge(Statements.Length, this);
        foreach (var statement in Statements)
        {
            var flow = statement.Execute(context);
            if (flow != Flow.Next) return flow;
        }

        return Flow.Next;
    }
}
