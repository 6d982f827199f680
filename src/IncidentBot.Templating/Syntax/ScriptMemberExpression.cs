using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>x.y</c> and <c>x?.y</c>.</summary>
internal sealed class ScriptMemberExpression(ScriptExpression target, string member, SourceSpan memberSpan, bool optional)
    : ScriptVariablePath
{
    private readonly string _member = string.Intern(member);

    public ScriptExpression Target => target;

    public bool IsOptional => optional;

    public override object? GetValue(TemplateContext context)
    {
        var value = target.Evaluate(context);
        if (value is ScriptObject found && found.TryGetValue(_member, out var quick))
        {
            return quick;
        }

        if (value is null)
        {
            if (optional)
            {
                return null;
            }

            throw new ScriptRuntimeException(memberSpan, context.EnableRelaxedMemberAccess
                ? $"Cannot get the member {this} for a null object."
                : $"Object `{target}` is null. Cannot access member: {this}");
        }

        if (Members.TryGet(context, value, _member, out var result) || optional)
        {
            return result;
        }

        if (!context.EnableRelaxedMemberAccess)
        {
            throw new ScriptRuntimeException(memberSpan, $"Cannot get member with name {_member}.");
        }

        return null;
    }

    public override void SetValue(TemplateContext context, object? value)
    {
        var owner = target.Evaluate(context)
            ?? throw new ScriptRuntimeException(memberSpan, $"Object `{target}` is null. Cannot access member: {this}");
        if (!Members.TrySet(owner, _member, value))
        {
            throw new ScriptRuntimeException(memberSpan, $"Cannot set a value for the readonly member: {this}");
        }
    }

    public override string ToString() => $"{target}{(optional ? "?." : ".")}{_member}";
}
