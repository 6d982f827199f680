using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary>An expression in parentheses. A function that comes out of it is called.</summary>
public sealed class ScriptNestedExpression : ScriptExpression
{
    internal ScriptExpression? Expression { get; set; }

    internal override (string Name, string Syntax) Grammar => ("nested expression", "(<expression>)");

    internal override bool IsPath => true;

    /// <summary>Whether a <c>?.</c> stands in the path between the parentheses.</summary>
    internal bool HasNullConditional
    {
        get
        {
            var part = Expression;
            while (true)
            {
                switch (part)
                {
                    case ScriptMemberExpression { IsConditional: true }: return true;
                    case ScriptMemberExpression member: part = member.Target; break;
                    case ScriptIndexerExpression indexer: part = indexer.Target; break;
                    case ScriptNestedExpression nested: part = nested.Expression; break;
                    default: return false;
                }
            }
        }
    }

    internal override object? Evaluate(TemplateContext context)
    {
        TemplateContext.EnsureStack(this);
        var value = Expression!.Evaluate(context);
        // "@(do; …; end)" hands the function over; a bare "(do; …; end)" calls it.
        return value is ScriptFunction function && Expression is ScriptAnonymousFunction
            ? context.Call(function, Expression)
            : value;
    }

    internal override object? EvaluateAlias(TemplateContext context)
    {
        TemplateContext.EnsureStack(this);
        return Expression!.EvaluateAlias(context);
    }

    internal override void Assign(TemplateContext context, object? value) => Expression!.Assign(context, value);
}
