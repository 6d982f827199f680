namespace IncidentBot.Templating.Syntax;

/// <summary>A variable of the innermost loop, <c>for.index</c>.</summary>
internal sealed class ScriptLoopVariable(string loop, string member, Parsing.SourceSpan memberSpan) : ScriptExpression
{
    public static bool IsLoop(string name) => name is "for" or "while" or "tablerow";

    public static bool IsKnown(string member) =>
        member is "index" or "rindex" or "first" or "last" or "even" or "odd" or "changed" or "length" or "col" or "index0" or "rindex0";

    public override object? Evaluate(TemplateContext context)
    {
        var state = context.FindLoop(loop)
            ?? throw new ScriptRuntimeException(memberSpan, $"Cannot get the member {this} for a null object.");
        return state.Get(member);
    }

    public override string ToString() => $"{loop}.{member}";
}
