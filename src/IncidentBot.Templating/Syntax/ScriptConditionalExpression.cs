using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>a ? b : c</c>.</summary>
public sealed class ScriptConditionalExpression : ScriptExpression
{
    internal ScriptExpression Condition { get; set; } = null!;

    internal ScriptExpression? Then { get; set; }

    internal ScriptExpression? Else { get; set; }

    internal override (string Name, string Syntax) Grammar =>
        ("conditional expression", "<condition> ? <then_value> : <else_value>");

    internal override object? Evaluate(TemplateContext context)
    {
        TemplateContext.EnsureStack(this);
        return Values.IsTrue(Condition.Evaluate(context)) ? Then!.Evaluate(context) : Else!.Evaluate(context);
    }
}
