namespace IncidentBot.Templating.Syntax;

/// <summary><c>this</c>: the object that holds the variables here.</summary>
public sealed class ScriptThisExpression : ScriptPathExpression
{
    internal override string KindName => "this expression";

    internal override object? EvaluateAlias(TemplateContext context) => context.CurrentGlobal;
}
