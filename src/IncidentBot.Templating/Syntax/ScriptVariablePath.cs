using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary>A path evaluates to what it names; a function that it names is called without arguments.</summary>
internal abstract class ScriptVariablePath : ScriptExpression, IScriptVariablePath
{
    public abstract object? GetValue(TemplateContext context);

    public abstract void SetValue(TemplateContext context, object? value);

    public sealed override object? Evaluate(TemplateContext context)
    {
        var value = GetValue(context);
        return value is IScriptFunction function ? ScriptFunctionCall.Call(context, this, function, CallArguments.Empty) : value;
    }
}
