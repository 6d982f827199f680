namespace IncidentBot.Templating.Syntax;

/// <summary><c>$$</c>: the body of the <c>wrap</c> that called the running function.</summary>
public sealed class ScriptBlockVariable : ScriptPathExpression
{
    internal override string KindName => "variable";

    internal override object? EvaluateAlias(TemplateContext context) => context.Frame.Block;
}
