using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>while … end</c>.</summary>
public sealed class ScriptWhileStatement : ScriptStatement
{
    internal ScriptExpression? Condition { get; set; }

    internal ScriptBlockStatement Body { get; set; } = null!;

    internal override (string Name, string Syntax) Grammar => ("while statement", "while <expression> ... end");

    internal override Flow Execute(TemplateContext context)
    {
        var outer = context.Loop;
        var state = new LoopState(outer, LoopKind.While, -1);
        context.Loop = state;
        context.EnterLoop();
        var result = Flow.Next;
        for (var index = 0; ; index++)
        {
            state.Move(index, null);
            if (!Values.IsTrue(Condition!.Evaluate(context))) break;
            context.StepLoop(this);
            var flow = Body.Execute(context);
            if (flow == Flow.Break) break;
            if (flow != Flow.Return) continue;
            result = flow;
            break;
        }

        context.ExitLoop();
        context.Loop = outer;
        return result;
    }
}
