namespace IncidentBot.Templating.Syntax;

/// <summary>An expression in parentheses.</summary>
internal sealed class ScriptNestedExpression(ScriptExpression expression) : ScriptVariablePath
{
    public ScriptExpression Expression => expression;

    // `(if) = 5`: a variable with the name of a keyword is written in parentheses.
    public override object? GetValue(TemplateContext context) => expression.Evaluate(context);

    public override void SetValue(TemplateContext context, object? value)
    {
        if (expression is not IScriptVariablePath path)
        {
            throw new ScriptRuntimeException(expression.Span, "Unsupported target expression for assignment.");
        }

        path.SetValue(context, value);
    }

    public override string ToString() => $"({expression})";
}
