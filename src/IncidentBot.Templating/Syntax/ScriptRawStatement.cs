namespace IncidentBot.Templating.Syntax;

/// <summary>Text between blocks of code.</summary>
internal sealed class ScriptRawStatement(string text) : ScriptStatement
{
    public string Text => text;

    public override object? Evaluate(TemplateContext context)
    {
        context.CurrentIndent = null;
        context.WriteRaw(Span, text);
        return null;
    }

    public override string ToString() => text;
}
