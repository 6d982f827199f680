using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

internal sealed class ScriptBlock(ScriptNode[] statements) : ScriptStatement
{
    public ScriptNode[] Statements => statements;

    public override object? Evaluate(TemplateContext context)
    {
        TemplateContext.EnsureStack(this);
        foreach (var statement in statements)
        {
            statement.Evaluate(context);
            if (context.Flow != FlowState.None)
            {
                break;
            }
        }

        return null;
    }

    public override string ToString() => string.Join("; ", statements.AsEnumerable());
}
