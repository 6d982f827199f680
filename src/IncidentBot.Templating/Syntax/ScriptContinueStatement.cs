namespace IncidentBot.Templating.Syntax;

/// <summary><c>continue</c>: goes on with the next item of the innermost loop.</summary>
public sealed class ScriptContinueStatement : ScriptStatement
{
    internal override (string Name, string Syntax) Grammar => ("continue statement", "continue");

    internal override Flow Execute(TemplateContext context) =>
        context.Loop is not null
            ? Flow.Continue
            : throw new ScriptRuntimeException(Span, "The <continue> statement can only be used inside for/while loops");
}
