using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>a.b</c> and <c>a?.b</c>.</summary>
public sealed class ScriptMemberExpression : ScriptPathExpression
{
    internal ScriptExpression Target { get; set; } = null!;

    internal string Member { get; set; } = string.Empty;

    internal int MemberStart { get; set; }

    /// <summary><c>?.</c>: null in, null out, and the rest of the path is not read.</summary>
    internal bool IsConditional { get; set; }

    internal override string KindName => "member expression";

    internal override (string Name, string Syntax) Grammar => ("member expression", "<expression>.<variable>");

    internal override object? EvaluateAlias(TemplateContext context) => Read(context, out _);

    internal override object? Read(TemplateContext context, out bool stopped)
    {
        if (Target is not ScriptVariable) TemplateContext.EnsureStack(this);
        object? target;
        stopped = false;
        if (Target is ScriptPathExpression path)
        {
            target = path.Read(context, out stopped);
            if (stopped) return null;
            if (target is ScriptFunction function) target = context.Call(function, Target);
        }
        else
        {
            target = Target.Evaluate(context);
        }

        if (target is null)
        {
            if (IsConditional)
            {
                stopped = true;
                return null;
            }

            throw NullTarget(context);
        }

        if (Members.TryGet(context, target, Member, out var value)) return value;
        if (!context.EnableRelaxedMemberAccess)
            throw new ScriptRuntimeException(At(MemberStart, End), $"Cannot get member with name {Member}.");
        context.UnknownNameRead?.Invoke(new UnknownName(At(MemberStart, End), Member, target, Target.ToString()));
        return null;
    }

    internal override void Assign(TemplateContext context, object? value)
    {
        var target = Target.Evaluate(context) ?? throw NullTarget(context);
        if (!Members.TrySet(target, Member, value, out var isReadOnly))
        {
            throw new ScriptRuntimeException(
                At(MemberStart, End),
                isReadOnly
                    ? $"Cannot set a value for the readonly member: {this}"
                    : $"Cannot set the member {this} of a value of type `{TypeNames.Kind(target)}`.");
        }
    }

    private ScriptRuntimeException NullTarget(TemplateContext context) => new(
        At(MemberStart, End),
        context.EnableRelaxedMemberAccess
            ? $"Cannot get the member {this} for a null object."
            : $"Object `{Target}` is null. Cannot access member: {this}");
}
