using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>{a: 1, "b": 2}</c>.</summary>
public sealed class ScriptObjectInitializer : ScriptExpression
{
    internal (string Name, ScriptExpression Value)[] Members { get; set; } = [];

    internal override (string Name, string Syntax) Grammar => ("object initializer", "{member1: value1, member2: value2,...}");

    internal override object? Evaluate(TemplateContext context)
    {
        TemplateContext.EnsureStack(this);
        context.Charge(Members.Length * 4, this);
        var result = new ScriptObject();
        foreach (var (name, value) in Members) result.SetValue(name, Values.Settle(value.Evaluate(context)), false);
        return result;
    }
}
