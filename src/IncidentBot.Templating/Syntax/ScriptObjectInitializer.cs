using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

internal sealed class ScriptObjectInitializer(KeyValuePair<string, ScriptExpression>[] members) : ScriptExpression
{
    public override object? Evaluate(TemplateContext context)
    {
        var result = new ScriptObject();
        foreach (var (name, value) in members)
        {
            result[name] = value.Evaluate(context);
        }

        return result;
    }

    public override string ToString() => $"{{{string.Join(", ", members.Select(member => $"{member.Key}: {member.Value}"))}}}";
}
