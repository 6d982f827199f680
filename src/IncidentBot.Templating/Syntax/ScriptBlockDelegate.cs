namespace IncidentBot.Templating.Syntax;

/// <summary><c>$$</c>, the block of the wrap statement that called this function.</summary>
internal sealed class ScriptBlockDelegate : ScriptExpression
{
    public override object? Evaluate(TemplateContext context)
    {
        context.CurrentBlock?.Evaluate(context);
        return null;
    }

    public override string ToString() => "$$";
}
