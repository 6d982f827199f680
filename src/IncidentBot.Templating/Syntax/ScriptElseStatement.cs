namespace IncidentBot.Templating.Syntax;

/// <summary>The <c>else</c> of an <c>if</c>, a <c>case</c> or a loop.</summary>
public sealed class ScriptElseStatement : ScriptStatement
{
    internal ScriptBlockStatement Body { get; set; } = null!;

    internal override (string Name, string Syntax) Grammar =>
        ("else statement", "else | else if <expression> ... end|else|else if");

    internal override Flow Execute(TemplateContext context) => Body.Execute(context);
}
