using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>[1, 2, 3]</c>.</summary>
public sealed class ScriptArrayInitializer : ScriptExpression
{
    internal ScriptExpression[] Items { get; set; } = [];

    internal override (string Name, string Syntax) Grammar => ("array initializer", "[item1, item2,...]");

    internal override object? Evaluate(TemplateContext context)
    {
        TemplateContext.EnsureStack(this);
        context.Charge(Items.Length, this);
        var array = new ScriptArray(Items.Length);
        foreach (var item in Items) array.Add(Values.Settle(item.Evaluate(context)));
        return array;
    }
}
