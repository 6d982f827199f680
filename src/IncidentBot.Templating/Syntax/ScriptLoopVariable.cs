using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>for.index</c>, <c>while.first</c>, <c>tablerow.last</c> and their like.</summary>
public sealed class ScriptLoopVariable : ScriptPathExpression
{
    internal LoopKind Loop { get; set; }

    internal string Member { get; set; } = string.Empty;

    /// <summary>Where the name after the point starts.</summary>
    internal int MemberStart { get; set; }

    internal static bool IsKnown(LoopKind loop, string member) => member switch
    {
        "index" or "first" or "even" or "odd" => true,
        "last" or "length" or "rindex" or "changed" => loop != LoopKind.While,
        "col" => loop == LoopKind.TableRow,
        _ => false,
    };

    internal override object? EvaluateAlias(TemplateContext context)
    {
        for (var state = context.Loop; state is not null; state = state.Outer)
        {
            if (state.Kind == Loop) return state.Get(Member);
        }

        throw new ScriptRuntimeException(At(MemberStart, End), $"Cannot get the member {this} for a null object.");
    }

    internal override void Assign(TemplateContext context, object? value) =>
        throw new ScriptRuntimeException(Span, $"Cannot set the readonly variable `{this}`");
}
