using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

/// <summary>Expressions: operands, and what joins them.</summary>
internal sealed partial class Parser
{
    /// <summary>How many expressions are open around the current token, within its function. Only the outermost may assign.</summary>
    private int _level;

    /// <summary>What happened to an operand after everything that belongs to it was read.</summary>
    private enum Joined
    {
        /// <summary>The expression ends; the operand is the last argument of the call that is open, if one is.</summary>
        End,

        /// <summary>The expression ends with the operand, whatever call was open.</summary>
        Closed,

        /// <summary>Another operand follows, as an argument of the open call.</summary>
        Argument,
    }

    /// <param name="parent">The node that the expression is for.</param>
    /// <param name="message">What to say when there is no expression.</param>
    /// <param name="lowest">Operators that bind no tighter belong to the expression around this one.</param>
    /// <param name="mode">What the expression may consist of.</param>
    /// <param name="isArgument">Whether what follows on the line are arguments of an enclosing call, not of this expression.</param>
    /// <param name="mayAssign">Whether the expression may be an assignment if it is the outermost.</param>
    private ScriptExpression? ExpectExpression(
        ScriptNode parent,
        Precedence lowest = Precedence.Lowest,
        ExpressionMode mode = ExpressionMode.Normal,
        bool isArgument = false,
        bool mayAssign = true,
        string message = "Expecting <expression>")
    {
        if (StartsExpression()) return ParseExpression(parent, lowest, mode, isArgument, mayAssign);
        Log(parent, SpanOf(_current), $"{message} instead of `{Shown(_current)}`");
        return null;
    }

    private ScriptExpression? ParseExpression(
        ScriptNode parent,
        Precedence lowest = Precedence.Lowest,
        ExpressionMode mode = ExpressionMode.Normal,
        bool isArgument = false,
        bool mayAssign = true)
    {
        var depth = _depth;
        _level++;
        var joint = new Joint(parent, lowest, mode, isArgument, mayAssign);
        var result = EnterDepth() ? ParseOperands(joint) : null;
        _level--;
        _depth = depth;
        return result;
    }

    private ScriptExpression? ParseOperands(Joint joint)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            if (ParseOperand() is not { } left)
            {
                LogMissingOperand(joint);
                return null;
            }

            if (left is ScriptBlockVariable)
            {
                CheckBlockVariable(joint.Parent, isFirst);
                return left;
            }

            // Nothing joins the "end" of an anonymous function, not even a pipe.
            var joined = left is ScriptAnonymousFunction ? Joined.End : Join(joint, ref left);
            if (joined == Joined.Argument) continue;
            if (joined == Joined.Closed) return left;
            if (left is ScriptFunctionCall whole && joint.Call is null) whole.MissingAt = -1;
            return CloseCall(joint, left);
        }
    }

    private void LogMissingOperand(Joint joint)
    {
        if (_isFatal) return;
        var place = joint.Call is { } call ? $"function call `{call}`" : "expression";
        Log(SpanOf(_current), $"Unexpected token `{Shown(_current)}` while parsing {place}");
    }

    /// <summary>Reads the members, items, operators and arguments after an operand.</summary>
    private Joined Join(Joint joint, ref ScriptExpression left)
    {
        while (!_isFatal && !AtInterpolationEnd())
        {
            if (_current.Type is TokenType.Dot or TokenType.QuestionDot)
            {
                if (ParseMember(left) is not { } member) return Joined.Closed;
                left = member;
                continue;
            }

            if (_current.Type is TokenType.Increment or TokenType.Decrement) left = ParsePostfixStep(left);
            if (_current.Type == TokenType.OpenBracket && !AfterSpace() && (left.IsPath || left is ScriptLiteral or ScriptFunctionCall))
            {
                left = ParseIndexer(left, joint);
                continue;
            }

            // "@f x" is two arguments, "!f x" is one call.
            if (joint.Mode == ExpressionMode.Basic || joint.Parent is ScriptUnaryExpression { Operator: '@' }) return Joined.End;
            if (_current.Type == TokenType.Colon && joint.Mode != ExpressionMode.Branch)
            {
                left = ParseNamed(joint.Parent, left);
                return Joined.End;
            }

            if (IsAssignment(_current.Type))
            {
                left = ParseAssignment(left, joint);
                return Joined.End;
            }

            var (op, precedence) = Binary(_current.Type);
            if (op != ScriptBinaryOperator.None)
            {
                var isSeparator = op == ScriptBinaryOperator.Or && joint.Mode == ExpressionMode.When;
                if (isSeparator || precedence <= joint.Lowest) return Joined.End;
                left = ParseBinary(left, op, precedence, joint);
                continue;
            }

            if (_current.Type == TokenType.Question)
            {
                if (joint.Lowest == Precedence.Lowest) left = ParseConditional(CloseCall(joint, left));
                return Joined.End;
            }

            if (StartsExpression())
            {
                if (joint.IsArgument) return Joined.End;
                var joined = ParseArguments(joint, ref left);
                if (joined != Joined.Closed) return joined;
                continue;
            }

            if (joint.Lowest > Precedence.Lowest || _current.Type != TokenType.Pipe) return Joined.End;
            left = CloseCall(joint, left, isPiped: true);
            // A chain of pipes is built by the outermost of them, from the left.
            if (joint.Parent is not ScriptPipeCall) left = ParsePipes(left);
            return Joined.Closed;
        }

        return Joined.End;
    }

    private ScriptBinaryExpression ParseBinary(ScriptExpression left, ScriptBinaryOperator op, Precedence precedence, Joint joint)
    {
        // Every operator counts towards the depth, as if it were nested.
        EnterDepth();
        var binary = new ScriptBinaryExpression
        {
            Operator = op,
            Left = left,
            OperatorStart = _current.Start,
            OperatorEnd = _current.End,
        };
        binary.Place(_source, left.Start, _current.End);
        Advance();
        binary.Right = ExpectExpression(
            binary,
            precedence,
            joint.Mode == ExpressionMode.When ? ExpressionMode.Normal : joint.Mode,
            joint.Call is not null || joint.IsArgument,
            message: "Expecting an <expression> to the right of the operator");
        return Finish(binary, left.Start);
    }

    private ScriptConditionalExpression ParseConditional(ScriptExpression condition)
    {
        var node = new ScriptConditionalExpression { Condition = condition };
        node.Place(_source, condition.Start, _current.End);
        Advance();
        node.Then = ExpectExpression(node, mode: ExpressionMode.Branch);
        ExpectToken(TokenType.Colon, ":");
        node.Else = ExpectExpression(node, mode: ExpressionMode.Branch);
        return Finish(node, condition.Start);
    }

    private ScriptExpression ParsePipes(ScriptExpression from)
    {
        var left = from;
        while (_current.Type == TokenType.Pipe && !_isFatal)
        {
            EnterDepth();
            var pipe = new ScriptPipeCall { From = left };
            pipe.Place(_source, left.Start, _current.End);
            _newLineLevel++;
            Advance();
            _newLineLevel--;
            pipe.To = ExpectExpression(pipe);
            left = Finish(pipe, left.Start);
        }

        return left;
    }

    private ScriptExpression ParseAssignment(ScriptExpression target, Joint joint)
    {
        var isNested = _level > 1 || !joint.MayAssign;
        if (_current.Type == TokenType.Assign && IsFunctionHead(target))
        {
            if (isNested) Log(target, target.Span, "Creating a function is only allowed for a top level assignment");
            return ParseInlineFunction((ScriptFunctionCall)target);
        }

        var node = new ScriptAssignExpression
        {
            Target = target,
            Operator = Compound(_current.Type),
            OperatorStart = _current.Start,
            OperatorEnd = _current.End,
        };
        node.Place(_source, target.Start, _current.End);
        if (isNested || !target.IsPath || joint.Call is not null)
            Log(node, target.Span, "Expression is only allowed for a top level assignment");
        Advance();
        node.Value = ExpectExpression(node, isArgument: joint.IsArgument);
        return Finish(node, target.Start);
    }

    private static bool IsFunctionHead(ScriptExpression target) =>
        target is ScriptFunctionCall { IsExplicit: true, IsClosed: true, Target: ScriptVariable } call
        && call.Arguments.All(a => a is ScriptVariable);

    /// <summary>Whether the current token can be the first of an expression.</summary>
    private bool StartsExpression() => _current.Type switch
    {
        TokenType.Identifier or TokenType.LocalIdentifier or TokenType.Integer or TokenType.HexInteger
            or TokenType.BinaryInteger or TokenType.Float or TokenType.String or TokenType.VerbatimString
            or TokenType.InterpolationBegin or TokenType.OpenParen or TokenType.OpenBracket or TokenType.OpenBrace
            or TokenType.Not or TokenType.Minus or TokenType.Plus or TokenType.At or TokenType.Caret
            or TokenType.Increment or TokenType.Decrement => true,
        // A string without expressions; inside of one it is the end of it.
        TokenType.InterpolationEnd => IsWholeInterpolation(_current),
        _ => false,
    };

    private bool AtInterpolationEnd() =>
        _current.Type == TokenType.InterpolationMiddle || (_current.Type == TokenType.InterpolationEnd && !IsWholeInterpolation(_current));

    private bool AfterSpace() => _current.Start > 0 && char.IsWhiteSpace(_source.Text[_current.Start - 1]);

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
