using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>a.b</c> and <c>a?.b</c>.</summary>
public sealed class ScriptMemberExpression : ScriptPathExpression
{
    /// <summary>The name of the one property that a list, an object or a text has besides its members.</summary>
    internal const string EmptyProperty = "empty?";

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
        var target = ReadTarget(context, Target, out stopped);
        if (stopped) return null;
        if (target is null)
        {
            if (Member == EmptyProperty) return IsEmptyOfNull(context);
            if (IsConditional || (context.EnableRelaxedTargetAccess && context.EnableRelaxedMemberAccess))
            {
                stopped = true;
                return null;
            }

            throw NullTarget(context.EnableRelaxedMemberAccess);
        }

        if (Members.TryGet(context, target, Member, out var value)) return value;
        if (!context.EnableRelaxedMemberAccess)
        {
            throw IsPrimitive(target)
                ? OnPrimitive(context, target)
                : new ScriptRuntimeException(At(MemberStart, End), $"Cannot get member with name {Member}.");
        }

        context.UnknownNameRead?.Invoke(new UnknownName(At(MemberStart, End), Member, target, Target.ToString()));
        return null;
    }

    private object? IsEmptyOfNull(TemplateContext context) => context.EnableRelaxedMemberAccess
        ? null
        : throw new ScriptRuntimeException(Span, $"Object `{Target}` is null. Cannot access property `empty?`");

    internal override void Assign(TemplateContext context, object? value)
    {
        if (Member == EmptyProperty) throw new ScriptRuntimeException(Span, "The `.empty?` property cannot be set");
        var target = Target.Evaluate(context) ?? throw NullTarget(false);
        if (IsPrimitive(target)) throw OnPrimitive(context, target);
        if (!Members.TrySet(target, Member, value, out _))
            throw new ScriptRuntimeException(At(MemberStart, End), $"Cannot set a value for the readonly member: {this}");
    }

    private static bool IsPrimitive(object target) => target is bool or char || Numbers.IsNumber(target);

    private ScriptRuntimeException OnPrimitive(TemplateContext context, object target)
    {
        var shown = target is bool ? target.ToString() : Values.ToText(context, target);
        return new ScriptRuntimeException(
            At(MemberStart, End),
            $"Cannot get or set a member on the primitive `{shown}/{TypeNames.Kind(target)}` when accessing member: {Member}");
    }

    private ScriptRuntimeException NullTarget(bool isRelaxed) => new(
        At(MemberStart, End),
        isRelaxed
            ? $"Cannot get the member {this} for a null object."
            : $"Object `{Target}` is null. Cannot access member: {this}");
}
