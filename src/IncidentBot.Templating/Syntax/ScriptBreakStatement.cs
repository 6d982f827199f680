namespace IncidentBot.Templating.Syntax;

/// <summary><c>break</c>: leaves the innermost loop.</summary>
public sealed class ScriptBreakStatement : ScriptStatement
{
    internal override (string Name, string Syntax) Grammar => ("break statement", "break");

    internal override Flow Execute(TemplateContext context) =>
        context.Loop is not null
            ? Flow.Break
            : throw new ScriptRuntimeException(Span, "The <break> statement can only be used inside for/while loops");
}
