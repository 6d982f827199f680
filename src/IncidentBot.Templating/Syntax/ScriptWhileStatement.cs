using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

internal sealed class ScriptWhileStatement(ScriptExpression condition, ScriptBlock body) : ScriptStatement
{
    public override object? Evaluate(TemplateContext context)
    {
        var state = new LoopState("while", -1);
        context.EnterLoop(state);
        try
        {
            while (context.StepLoop(Span) && ValueConvert.ToBool(condition.Evaluate(context)))
            {
                body.Evaluate(context);
                if (!context.ContinueLoop())
                {
                    break;
                }

                state.Index++;
            }
        }
        finally
        {
            context.ExitLoop();
        }

        return null;
    }

    public override string ToString() => $"while {condition}";
}
