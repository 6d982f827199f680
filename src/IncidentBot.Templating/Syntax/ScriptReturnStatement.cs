using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

internal sealed class ScriptReturnStatement(ScriptExpression? value) : ScriptStatement
{
    public override object? Evaluate(TemplateContext context)
    {
        context.ReturnValue = value?.Evaluate(context);
        context.Flow = FlowState.Return;
        return null;
    }

    public override string ToString() => $"ret {value}";
}
