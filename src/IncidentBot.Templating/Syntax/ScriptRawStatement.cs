namespace IncidentBot.Templating.Syntax;

/// <summary>Text that is copied to the output as it stands.</summary>
public sealed class ScriptRawStatement : ScriptStatement
{
    internal override Flow Execute(TemplateContext context)
    {
        context.Output.Append(Source.Text.AsSpan(Start, End - Start));
        return Flow.Next;
    }
}
