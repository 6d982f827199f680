using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

internal sealed partial class Parser
{
    private ScriptStatement? _declaration;
    private List<ScriptNamedArgument>? _loopOptions;
    private int _noNamedArguments;

    private bool IsStartOfExpression() => Current.Type is TokenType.Identifier or TokenType.IdentifierSpecial or TokenType.Integer
        or TokenType.HexInteger or TokenType.BinaryInteger or TokenType.Float or TokenType.String or TokenType.VerbatimString
        or TokenType.InterpolatedBegin or TokenType.OpenParen or TokenType.OpenBrace or TokenType.OpenBracket or TokenType.Exclamation
        or TokenType.Minus or TokenType.Plus or TokenType.Arroba or TokenType.Caret or TokenType.DoubleCaret
        or TokenType.DoublePlus or TokenType.DoubleMinus;

    private static bool IsVariable(Token token) => token.Type is TokenType.Identifier or TokenType.IdentifierSpecial;

    /// <param name="minimum">Only operators that bind tighter are taken; zero is a whole expression, with pipes and <c>?:</c>.</param>
    /// <param name="top">Whether the expression is a statement, where assignments are allowed.</param>
    /// <param name="argument">Whether it is an argument of a call without parentheses, which ends at the next blank.</param>
    private ScriptExpression? ParseExpression(int minimum, bool top = false, bool argument = false)
    {
        var depth = _depth;
        // Whether a name after the expression is an option of the loop, as in `for x in list reversed`.
        var isIterator = _loopOptions is not null;
        _loopOptions = null;
        try
        {
            return Enter(ref _depth) ? ParseExpressionTail(ParseOperand(), minimum, top, argument, isIterator) : null;
        }
        finally
        {
            _depth = depth;
        }
    }

    private ScriptExpression? ParseExpressionTail(ScriptExpression? left, int minimum, bool top, bool argument, bool isIterator)
    {
        while (left is not null && left is not ScriptFunction && Enter(ref _depth))
        {
            if (Current.Type == TokenType.Equal || Precedence.Compound(Current.Type) is not null)
            {
                return ParseAssignment(left, top);
            }

            if (Precedence.Of(Current.Type) is var (op, precedence))
            {
                if (precedence <= minimum)
                {
                    return left;
                }

                left = ParseBinary(left, op, precedence, argument);
                top = false;
                continue;
            }

            if (Current.Type == TokenType.Question && minimum == 0)
            {
                return ParseConditional(left);
            }

            if (Current.Type is TokenType.VerticalBar or TokenType.PipeGreater && minimum == 0)
            {
                left = ParsePipe(left);
                top = false;
                continue;
            }

            if (!argument && left is not ScriptFunctionCall { IsExplicit: false } && left is not ScriptPipeCall
                && !(isIterator && Current.Type == TokenType.Identifier) && IsStartOfExpression())
            {
                left = ParseCall(left, Math.Max(minimum, Precedence.Argument));
                top = false;
                continue;
            }

            if (Current.Type == TokenType.Colon && minimum == 0 && _noNamedArguments == 0 && left is not (ScriptVariable or ScriptLocalVariable))
            {
                Error(left.Span, "Expecting a simple global or local variable before `:` in order to create a named argument");
            }

            return left;
        }

        return left;
    }

    private ScriptBinaryExpression? ParseBinary(ScriptExpression left, BinaryOperator op, int precedence, bool argument)
    {
        var token = Current;
        Next();
        if (!IsStartOfExpression())
        {
            Error("Error while parsing binary expression: Expecting an <expression> to the right of the operator instead of "
                + $"`{Text(Current)}` in: <expression> operator <expression>");
            return null;
        }

        var right = ParseExpression(precedence, argument: argument);
        return right is null ? null : At(new ScriptBinaryExpression(op, left, right, SpanOf(token)), left.Span.Start);
    }

    private ScriptConditionalExpression? ParseConditional(ScriptExpression condition)
    {
        const string Syntax = "<condition> ? <expression> : <expression>";
        Next();
        _noNamedArguments++;
        var then = Expect("conditional expression", Syntax);
        if (Current.Type == TokenType.Colon)
        {
            Next();
        }
        else if (then is not null)
        {
            Error($"Unexpected token `{Text(Current)}` while parsing conditional expression. Expecting `:`");
        }

        var otherwise = then is null ? null : Expect("conditional expression", Syntax);
        _noNamedArguments--;
        return then is null || otherwise is null
            ? null
            : At(new ScriptConditionalExpression(condition, then, otherwise), condition.Span.Start);
    }

    private ScriptPipeCall? ParsePipe(ScriptExpression from)
    {
        _allowNewLines++;
        Next();
        _allowNewLines--;
        if (!IsStartOfExpression())
        {
            Error($"Error while parsing pipe expression: Expecting <expression> instead of `{Text(Current)}` in: <expression> | <expression>");
            return null;
        }

        var to = ParseOperand();
        if (to is not null && to is not ScriptFunction && Precedence.Of(Current.Type) is null && IsStartOfExpression())
        {
            to = ParseCall(to, Precedence.Argument);
        }

        return to is null ? null : At(new ScriptPipeCall(from, to), from.Span.Start);
    }

    /// <summary>Reads the arguments of a call without parentheses.</summary>
    private ScriptFunctionCall ParseCall(ScriptExpression target, int minimum)
    {
        var arguments = new List<ScriptExpression>();
        while (IsStartOfExpression())
        {
            if (Current.Type == TokenType.Identifier && Peek().Type == TokenType.Colon && _noNamedArguments == 0)
            {
                var name = Current;
                Next();
                Next();
                var value = ParseOperand();
                arguments.Add(At(new ScriptNamedArgument(name.GetText(_text), value), name.Start));
                continue;
            }

            var argument = ParseExpression(minimum, argument: true);
            if (argument is null)
            {
                break;
            }

            if (Current.Type == TokenType.Colon && _noNamedArguments == 0)
            {
                argument = ParseNamed(argument);
            }

            arguments.Add(argument);
            if (argument is ScriptFunction || Current.Type == TokenType.Colon)
            {
                break;
            }
        }

        return At(new ScriptFunctionCall(target, [.. arguments], false), target.Span.Start);
    }

    private ScriptExpression ParseNamed(ScriptExpression name)
    {
        if (name is not (ScriptVariable or ScriptLocalVariable))
        {
            Error(name.Span, "Expecting a simple global or local variable before `:` in order to create a named argument");
            return name;
        }

        Next();
        var value = Expect("expression statement", "<expression>");
        return At(new ScriptNamedArgument(name is ScriptVariable variable ? variable.Name : ((ScriptLocalVariable)name).Name, value), name.Span.Start);
    }

    private ScriptFunctionCall ParseExplicitCall(ScriptExpression target)
    {
        _allowNewLines++;
        var saved = _noNamedArguments;
        _noNamedArguments = 0;
        Next();
        var arguments = new List<ScriptExpression>();
        while (Current.Type != TokenType.CloseParen)
        {
            if (arguments.Count > 0)
            {
                if (Current.Type == TokenType.Comma)
                {
                    Next();
                }
                else
                {
                    Error("Expecting a comma to separate arguments in a function call.");
                }
            }

            if (!IsStartOfExpression())
            {
                Error("Expecting an expression for argument function calls instead of this token.");
                break;
            }

            var before = _index;
            var argument = ParseExpression(0);
            if (argument is null || _index == before)
            {
                break;
            }

            arguments.Add(Current.Type == TokenType.Colon ? ParseNamed(argument) : argument);
        }

        _noNamedArguments = saved;
        _allowNewLines--;
        if (Current.Type == TokenType.CloseParen)
        {
            Next();
        }
        else
        {
            Error("Expecting a closing parenthesis for a function call.");
        }

        return At(new ScriptFunctionCall(target, [.. arguments], true), target.Span.Start);
    }

    private ScriptExpression? ParseAssignment(ScriptExpression left, bool top)
    {
        var token = Current;
        if (token.Type == TokenType.Equal && left is ScriptFunctionCall { IsExplicit: true, Target: ScriptVariable name } call
            && call.Arguments.All(argument => argument is ScriptVariable or ScriptAssignExpression))
        {
            if (!top)
            {
                Error(left.Span, "Creating a function is only allowed for a top level assignment");
            }

            return ParseInlineFunction(call, name);
        }

        if (!top || left is not IScriptVariablePath)
        {
            Error(left.Span, "Error while parsing assign expression: Expression is only allowed for a top level assignment in: <target_expression> = <value_expression>");
        }

        Next();
        if (!IsStartOfExpression())
        {
            Error($"Error while parsing assign expression: Expecting <expression> instead of `{Text(Current)}` in: <target_expression> = <value_expression>");
            return null;
        }

        var value = ParseExpression(0);
        return value is null
            ? null
            : At(new ScriptAssignExpression(left, value, Precedence.Compound(token.Type), SpanOf(token)), left.Span.Start);
    }

    private ScriptFunctionCall? ParseInlineFunction(ScriptFunctionCall call, ScriptVariable name)
    {
        Next();
        var body = Expect("function statement", "<function>(<parameters>) = <expression>");
        if (body is null)
        {
            return null;
        }

        var parameters = call.Arguments.OfType<ScriptVariable>().Select(argument => new ScriptFunctionParameter(argument.Name, null, false));
        var function = At(new ScriptFunction([.. parameters], body), call.Span.Start);
        _declaration = At(new ScriptFunctionStatement(name, function), call.Span.Start);
        return call;
    }

    private T At<T>(T node, TextPosition start) where T : ScriptNode
    {
        node.Span = SpanFrom(start);
        return node;
    }
}
