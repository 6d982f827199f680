using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

internal interface IScriptFunction
{
    object? Invoke(TemplateContext context, ScriptNode caller, CallArguments arguments);
}
