using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

/// <summary>Expressions with operators, calls and pipes.</summary>
internal sealed partial class Parser
{
    /// <summary>Between "?" and ":", where a name before a colon is no named argument.</summary>
    private bool _inCondition;

    private ScriptExpression? ExpectExpression(
        ScriptNode parent,
        Precedence lowest = Precedence.Lowest,
        ExpressionMode mode = ExpressionMode.Normal,
        string expected = "<expression>")
    {
        var errors = _messages.Count;
        var expression = ParseExpression(parent, lowest, mode);
        if (expression is null && !_isFatal && _messages.Count == errors)
            Log(parent, SpanOf(_current), $"Expecting {expected} instead of `{Shown(_current)}`");
        return expression;
    }

    private ScriptExpression? ParseExpression(ScriptNode parent, Precedence lowest, ExpressionMode mode)
    {
        ScriptExpression? result = null;
        if (EnterDepth() && ParseOperand(parent, mode) is { } left)
        {
            if (mode != ExpressionMode.Argument && StartsArgument()) left = ParseWrittenArguments(parent, left);
            result = IsAssignment(_current.Type) && lowest < Precedence.Unary
                ? ParseAssignment(left, lowest == Precedence.Lowest && mode == ExpressionMode.Statement)
                : ParseOperators(left, lowest, mode);
        }

        LeaveDepth();
        return result;
    }

    private ScriptExpression ParseOperators(ScriptExpression left, Precedence lowest, ExpressionMode mode)
    {
        var inner = mode == ExpressionMode.Argument ? ExpressionMode.Argument : ExpressionMode.Normal;
        while (!_isFatal)
        {
            var start = left.Start;
            if (_current.Type == TokenType.Pipe && lowest <= Precedence.Pipe)
            {
                var pipe = new ScriptPipeCall { From = left };
                Advance();
                SkipNewLines();
                pipe.To = ExpectExpression(pipe, Precedence.Conditional, inner);
                left = Finish(pipe, start);
            }
            else if (_current.Type == TokenType.Question && lowest <= Precedence.Conditional)
            {
                left = ParseConditional(left, inner);
            }
            else if (Binary(_current.Type) is var (op, precedence) && op != ScriptBinaryOperator.None && precedence >= lowest)
            {
                var binary = new ScriptBinaryExpression
                {
                    Operator = op,
                    Left = left,
                    OperatorStart = _current.Start,
                    OperatorEnd = _current.End,
                };
                Advance();
                var errors = _messages.Count;
                binary.Right = ParseExpression(binary, precedence + 1, inner);
                if (binary.Right is null && !_isFatal && errors == _messages.Count)
                {
                    Log(
                        binary,
                        SpanOf(_current),
                        $"Expecting an <expression> to the right of the operator instead of `{Shown(_current)}`");
                }

                left = Finish(binary, start);
            }
            else
            {
                break;
            }
        }

        return left;
    }

    private ScriptConditionalExpression ParseConditional(ScriptExpression condition, ExpressionMode mode)
    {
        var node = new ScriptConditionalExpression { Condition = condition };
        Advance();
        var outer = _inCondition;
        _inCondition = true;
        SkipNewLines();
        node.Then = ExpectExpression(node, Precedence.Lowest, mode);
        _inCondition = outer;
        SkipNewLines();
        if (_current.Type == TokenType.Colon)
        {
            Advance();
            SkipNewLines();
            node.Else = ExpectExpression(node, Precedence.Conditional, mode);
        }
        else if (!_isFatal)
        {
            Log(node, SpanOf(_current), $"Expecting `:` instead of `{Shown(_current)}`", true);
        }

        return Finish(node, condition.Start);
    }

    private ScriptExpression ParseAssignment(ScriptExpression target, bool isAllowed)
    {
        if (isAllowed && _current.Type == TokenType.Assign && IsFunctionHead(target))
            return ParseInlineFunction((ScriptFunctionCall)target);

        var node = new ScriptAssignExpression
        {
            Target = target,
            Operator = Compound(_current.Type),
            OperatorStart = _current.Start,
            OperatorEnd = _current.End,
        };
        if (!isAllowed || !target.IsPath)
            Log(node, target.Span, "Expression is only allowed for a top level assignment");
        Advance();
        node.Value = ExpectExpression(node);
        return Finish(node, target.Start);
    }

    private static bool IsFunctionHead(ScriptExpression target) =>
        target is ScriptFunctionCall { IsExplicit: true, Target: ScriptVariable or ScriptLocalVariable } call
        && call.Arguments.All(a => a is ScriptVariable);

    /// <summary>Whether the current token, on the same line, starts an argument of what stands before it.</summary>
    private bool StartsArgument() => _current.Type switch
    {
        TokenType.Identifier or TokenType.LocalIdentifier or TokenType.Integer or TokenType.HexInteger
            or TokenType.BinaryInteger or TokenType.Float or TokenType.String or TokenType.VerbatimString
            or TokenType.InterpolationBegin or TokenType.OpenParen or TokenType.OpenBracket or TokenType.OpenBrace
            or TokenType.At or TokenType.Caret or TokenType.Not => true,
        // A string without expressions; inside of one it is the end of it.
        TokenType.InterpolationEnd => IsWholeInterpolation(),
        _ => false,
    };

    private ScriptFunctionCall ParseWrittenArguments(ScriptNode parent, ScriptExpression target)
    {
        var call = new ScriptFunctionCall { Target = target };
        var arguments = new List<ScriptExpression>();
        while (!_isFatal && StartsArgument())
        {
            var start = _current.Start;
            if (ParseExpression(call, Precedence.Coalesce, ExpressionMode.Argument) is not { } argument) break;
            if (_current.Type == TokenType.Colon && !_inCondition)
            {
                if (ParseNamedArgument(parent, argument, ExpressionMode.Argument) is not { } named) break;
                argument = Finish(named, start);
            }

            arguments.Add(argument);
        }

        call.Arguments = [.. arguments];
        return Finish(call, target.Start);
    }

    private ScriptNamedArgument? ParseNamedArgument(ScriptNode parent, ScriptExpression name, ExpressionMode mode)
    {
        var text = name switch
        {
            ScriptVariable global => global.Name,
            ScriptLocalVariable local => local.Name,
            _ => null,
        };
        if (text is null)
        {
            Log(name.Span, "Expecting a simple global or local variable before `:` in order to create a named argument");
            return null;
        }

        Advance();
        var value = ExpectExpression(parent, mode == ExpressionMode.Argument ? Precedence.Coalesce : Precedence.Lowest, mode);
        return value is null ? null : new ScriptNamedArgument { Name = text, Value = value };
    }

    private ScriptFunctionCall ParseParenthesizedArguments(ScriptNode parent, ScriptExpression target)
    {
        var call = new ScriptFunctionCall { Target = target, IsExplicit = true };
        var arguments = new List<ScriptExpression>();
        var outer = _inCondition;
        _inCondition = false;
        Advance();
        SkipNewLines();
        while (!_isFatal && _current.Type is not (TokenType.CloseParen or TokenType.Eof))
        {
            if (ExpectExpression(call) is not { } argument) break;
            if (_current.Type == TokenType.Colon)
            {
                // Messages about a named argument in parentheses point at its colon, without them at its name.
                var start = _current.Start;
                if (ParseNamedArgument(parent, argument, ExpressionMode.Normal) is not { } named) break;
                argument = Finish(named, start);
            }

            arguments.Add(argument);
            SkipNewLines();
            if (!Accept(TokenType.Comma)) break;
            SkipNewLines();
        }

        _inCondition = outer;
        if (!Accept(TokenType.CloseParen) && !_isFatal)
            Log(SpanOf(_current), "Expecting a closing parenthesis for a function call.", true);
        call.Arguments = [.. arguments];
        return Finish(call, target.Start);
    }

    private static bool IsAssignment(TokenType type) => type is >= TokenType.Assign and <= TokenType.ModulusAssign;

    private static ScriptBinaryOperator? Compound(TokenType type) => type switch
    {
        TokenType.AddAssign => ScriptBinaryOperator.Add,
        TokenType.SubtractAssign => ScriptBinaryOperator.Subtract,
        TokenType.MultiplyAssign => ScriptBinaryOperator.Multiply,
        TokenType.DivideAssign => ScriptBinaryOperator.Divide,
        TokenType.DivideRoundAssign => ScriptBinaryOperator.DivideRound,
        TokenType.ModulusAssign => ScriptBinaryOperator.Modulus,
        _ => null,
    };

    private static (ScriptBinaryOperator Operator, Precedence Precedence) Binary(TokenType type) => type switch
    {
        TokenType.Coalesce => (ScriptBinaryOperator.Coalesce, Precedence.Coalesce),
        TokenType.NotNullThen => (ScriptBinaryOperator.NotNullThen, Precedence.Coalesce),
        TokenType.Or => (ScriptBinaryOperator.Or, Precedence.Or),
        TokenType.And => (ScriptBinaryOperator.And, Precedence.And),
        TokenType.Equal => (ScriptBinaryOperator.Equal, Precedence.Equality),
        TokenType.NotEqual => (ScriptBinaryOperator.NotEqual, Precedence.Equality),
        TokenType.Less => (ScriptBinaryOperator.Less, Precedence.Relation),
        TokenType.LessOrEqual => (ScriptBinaryOperator.LessOrEqual, Precedence.Relation),
        TokenType.Greater => (ScriptBinaryOperator.Greater, Precedence.Relation),
        TokenType.GreaterOrEqual => (ScriptBinaryOperator.GreaterOrEqual, Precedence.Relation),
        TokenType.Plus => (ScriptBinaryOperator.Add, Precedence.Additive),
        TokenType.Minus => (ScriptBinaryOperator.Subtract, Precedence.Additive),
        TokenType.Multiply => (ScriptBinaryOperator.Multiply, Precedence.Multiplicative),
        TokenType.Divide => (ScriptBinaryOperator.Divide, Precedence.Multiplicative),
        TokenType.DivideRound => (ScriptBinaryOperator.DivideRound, Precedence.Multiplicative),
        TokenType.Modulus => (ScriptBinaryOperator.Modulus, Precedence.Multiplicative),
        TokenType.ShiftLeft => (ScriptBinaryOperator.ShiftLeft, Precedence.Multiplicative),
        TokenType.ShiftRight => (ScriptBinaryOperator.ShiftRight, Precedence.Multiplicative),
        TokenType.Range => (ScriptBinaryOperator.Range, Precedence.Range),
        TokenType.RangeExclusive => (ScriptBinaryOperator.RangeExclusive, Precedence.Range),
        _ => (ScriptBinaryOperator.None, Precedence.Lowest),
    };
}
