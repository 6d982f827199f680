using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

internal sealed class ScriptArrayInitializer(ScriptExpression[] values) : ScriptExpression
{
    public override object? Evaluate(TemplateContext context)
    {
        var result = new ScriptArray(values.Length);
        foreach (var value in values)
        {
            result.Add(value.Evaluate(context));
        }

        return result;
    }

    public override string ToString() => $"[{string.Join(", ", values.AsEnumerable())}]";
}
