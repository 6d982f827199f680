namespace IncidentBot.Templating.Syntax;

/// <summary>An expression whose value is written to the output.</summary>
public sealed class ScriptExpressionStatement : ScriptStatement
{
    internal ScriptExpression Expression { get; set; } = null!;

    /// <summary>The whitespace alone before the code on its line; lines of the value are indented by it.</summary>
    internal string? Indent { get; init; }

    internal override (string Name, string Syntax) Grammar => ("expression statement", "<expression>");

    internal override Flow Execute(TemplateContext context)
    {
        context.CheckAbort();
        var value = Expression.Evaluate(context);
        if (value is not null && Expression is not ScriptAssignExpression) context.Write(value, Indent);
        return Flow.Next;
    }
}
