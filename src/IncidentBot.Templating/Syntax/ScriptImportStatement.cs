using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>import x</c>: makes the members of an object variables, except those that are read-only already.</summary>
public sealed class ScriptImportStatement : ScriptStatement
{
    internal ScriptExpression? Value { get; set; }

    internal override (string Name, string Syntax) Grammar => ("import statement", "import <expression>");

    internal override Flow Execute(TemplateContext context)
    {
        var value = Value!.Evaluate(context);
        if (value is null) return Flow.Next;
        if (value is not ScriptObject source)
        {
            throw new ScriptRuntimeException(
                Value.Span,
                $"Unexpected value `{TypeNames.Kind(value)}` for import. Expecting an plain script object.");
        }

        var target = context.CurrentGlobal;
        if (ReferenceEquals(source, target)) return Flow.Next;
        context.Charge(source.Count, this);
        foreach (var (name, member) in source)
        {
            if (target.CanWrite(name)) target.SetValue(name, member, false);
        }

        return Flow.Next;
    }
}
