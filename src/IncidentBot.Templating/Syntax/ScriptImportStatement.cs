using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>import x</c> copies the members of an object to the current scope.</summary>
internal sealed class ScriptImportStatement(ScriptExpression source) : ScriptStatement
{
    public override object? Evaluate(TemplateContext context)
    {
        var value = source.Evaluate(context);
        if (value is null)
        {
            return null;
        }

        if (value is not ScriptObject members)
        {
            throw new ScriptRuntimeException(source.Span,
                $"Unexpected value `{ValueText.TypeName(value)}` for import. Expecting an plain script object.");
        }

        foreach (var (name, member) in members)
        {
            context.CurrentGlobal.TrySetValue(name, member);
        }

        return null;
    }

    public override string ToString() => $"import {source}";
}
