using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

internal sealed class ScriptIfStatement(ScriptExpression condition, ScriptNode then) : ScriptStatement
{
    /// <summary>The else block or the next if; set once while parsing.</summary>
    public ScriptNode? Else { get; set; }

    public override object? Evaluate(TemplateContext context)
    {
        // A chain of `else if` is walked, not nested: its length must not use the stack.
        var current = this;
        while (true)
        {
            if (current.Holds(context))
            {
                current.Then.Evaluate(context);
                return null;
            }

            if (current.Else is not ScriptIfStatement next)
            {
                current.Else?.Evaluate(context);
                return null;
            }

            current = next;
        }
    }

    private ScriptNode Then => then;

    private bool Holds(TemplateContext context) => ValueConvert.ToBool(condition.Evaluate(context));

    public override string ToString() => $"if {condition}";
}
