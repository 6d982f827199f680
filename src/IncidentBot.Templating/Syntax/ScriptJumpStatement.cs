using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>break</c> and <c>continue</c></summary>
internal sealed class ScriptJumpStatement(FlowState flow) : ScriptStatement
{
    public override object? Evaluate(TemplateContext context)
    {
        if (!context.InLoop)
        {
            throw new ScriptRuntimeException(Span, $"The <{this}> statement can only be used inside for/while loops");
        }

        context.Flow = flow;
        return null;
    }

    public override string ToString() => flow == FlowState.Break ? "break" : "continue";
}
