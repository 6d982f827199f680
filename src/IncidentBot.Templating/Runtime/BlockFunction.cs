using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>The body of a <c>wrap</c>: runs with the variables of the place where it was written.</summary>
internal sealed class BlockFunction(ScriptBlockStatement body, Frame madeIn) : ScriptFunction
{
    internal override object? Invoke(TemplateContext context, in CallArguments call)
    {
        context.EnterRecursive(call.Node);
        var frame = new Frame(context.Scopes, madeIn, hidesCallers: true)
        {
            Locals = madeIn.Locals,
            Arguments = madeIn.Arguments,
            Block = madeIn.Block,
        };
        var outer = context.EnterFrame(frame);
        var flow = body.Execute(context);
        context.LeaveFrame(outer);
        context.ExitRecursive();
        return flow == Flow.Return ? context.TakeReturnValue() : null;
    }
}
