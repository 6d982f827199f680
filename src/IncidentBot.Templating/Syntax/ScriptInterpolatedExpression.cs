namespace IncidentBot.Templating.Syntax;

/// <summary><c>$"text {expression}"</c>.</summary>
public sealed class ScriptInterpolatedExpression : ScriptExpression
{
    internal ScriptExpression[] Parts { get; set; } = [];

    internal override (string Name, string Syntax) Grammar => ("interpolated string expression", "$\"string{<expression>}string\"");

    internal override object? Evaluate(TemplateContext context)
    {
        TemplateContext.EnsureStack(this);
        var outer = context.PushOutput();
        foreach (var part in Parts)
        {
            var value = part.Evaluate(context);
            if (value is not null) context.Write(value, null);
        }

        return context.PopOutput(outer);
    }
}
