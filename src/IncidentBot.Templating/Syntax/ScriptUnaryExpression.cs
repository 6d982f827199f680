using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Syntax;

/// <summary><c>! - + @ ^</c>. The expansion <c>^</c> has its effect in the arguments of a call.</summary>
internal sealed class ScriptUnaryExpression(TokenType op, string text, ScriptExpression right) : ScriptExpression
{
    public bool IsExpand => op is TokenType.Caret or TokenType.DoubleCaret;

    public override object? Evaluate(TemplateContext context)
    {
        if (op == TokenType.Arroba)
        {
            var target = right is ScriptNestedExpression nested ? nested.Expression : right;
            return target is IScriptVariablePath path ? path.GetValue(context) : target.Evaluate(context);
        }

        var value = right.Evaluate(context);
        return op switch
        {
            TokenType.Exclamation => Boxed.Bool(!ValueConvert.ToBool(value)),
            TokenType.Minus => BinaryOperation.Negate(this, value),
            TokenType.Plus => value is null || BinaryOperation.IsNumber(value) ? value : BinaryOperation.Positive(this, value),
            _ => value,
        };
    }

    public override string ToString() => text + right;
}
