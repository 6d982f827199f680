using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

internal sealed class ScriptConditionalExpression(ScriptExpression condition, ScriptExpression then, ScriptExpression otherwise) : ScriptExpression
{
    public override object? Evaluate(TemplateContext context) =>
        ValueConvert.ToBool(condition.Evaluate(context)) ? then.Evaluate(context) : otherwise.Evaluate(context);

    public override string ToString() => $"{condition} ? {then} : {otherwise}";
}
