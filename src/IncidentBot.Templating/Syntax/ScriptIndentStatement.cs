namespace IncidentBot.Templating.Syntax;

/// <summary>The start of a block of code: lines that it writes are indented as the block is.</summary>
internal sealed class ScriptIndentStatement(string? indent) : ScriptStatement
{
    public override object? Evaluate(TemplateContext context)
    {
        context.CurrentIndent = context.AutoIndent ? indent : null;
        return null;
    }

    public override string ToString() => "{{";
}
