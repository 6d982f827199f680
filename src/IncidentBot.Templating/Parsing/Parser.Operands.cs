using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

/// <summary>Operands: what stands between the operators.</summary>
internal sealed partial class Parser
{
    private ScriptExpression? ParseOperand(ScriptNode parent, ExpressionMode mode)
    {
        switch (_current.Type)
        {
            case TokenType.Not or TokenType.Minus or TokenType.Plus or TokenType.At or TokenType.Caret:
                return ParseUnary(mode);
            case TokenType.Increment or TokenType.Decrement:
                return ParsePrefixStep();
            default:
                return ParsePrimary(parent) is { } primary ? ParseSuffixes(parent, primary) : null;
        }
    }

    private ScriptUnaryExpression ParseUnary(ExpressionMode mode)
    {
        var start = _current.Start;
        var sign = TextOf(_current)[0];
        Advance();
        var node = Finish(new ScriptUnaryExpression { Operator = sign }, start);
        // "@f x" is two arguments, "!f x" is one call.
        var inner = sign is '@' or '^' || mode == ExpressionMode.Argument ? ExpressionMode.Argument : ExpressionMode.Normal;
        node.Right = ExpectExpression(node, Precedence.Unary, inner);
        return Finish(node, start);
    }

    private ScriptIncrementDecrementExpression ParsePrefixStep()
    {
        var start = _current.Start;
        var node = new ScriptIncrementDecrementExpression { IsDecrement = _current.Type == TokenType.Decrement };
        Advance();
        Finish(node, start);
        node.Target = ExpectExpression(node, Precedence.Unary, ExpressionMode.Argument);
        CheckStepTarget(node);
        return Finish(node, start);
    }

    private void CheckStepTarget(ScriptIncrementDecrementExpression node)
    {
        if (node.Target is not null && !node.Target.IsPath) Log(node, node.Target.Span, "Expecting a variable");
    }

    private ScriptExpression? ParsePrimary(ScriptNode parent)
    {
        switch (_current.Type)
        {
            case TokenType.Identifier:
                return ParseVariable();
            case TokenType.LocalIdentifier:
                return ParseVariable();
            case TokenType.Integer or TokenType.HexInteger or TokenType.BinaryInteger or TokenType.Float:
                return ParseNumber();
            case TokenType.String:
                return ParseText(Literals.Unescape(TextOf(_current)[1..^1]));
            case TokenType.VerbatimString:
                return ParseText(Literals.Verbatim(TextOf(_current)[1..^1]));
            case TokenType.InterpolationBegin:
            case TokenType.InterpolationEnd when IsWholeInterpolation():
                return ParseInterpolation();
            case TokenType.OpenParen:
                return ParseNested();
            case TokenType.OpenBracket:
                return ParseArray();
            case TokenType.OpenBrace:
                return ParseObject();
            default:
                return null;
        }
    }

    private ScriptExpression ParseSuffixes(ScriptNode parent, ScriptExpression left)
    {
        while (!_isFatal)
        {
            var start = left.Start;
            var isAdjacent = _current.Start == _previous.End;
            switch (_current.Type)
            {
                case TokenType.Dot or TokenType.QuestionDot when MemberFollows():
                    left = ParseMember(left);
                    break;
                case TokenType.OpenBracket when isAdjacent:
                    var indexer = new ScriptIndexerExpression { Target = left };
                    Advance();
                    SkipNewLines();
                    indexer.Index = ExpectExpression(indexer, expected: "<index_expression>");
                    SkipNewLines();
                    if (!Accept(TokenType.CloseBracket) && !_isFatal)
                        Log(SpanOf(_current), $"Unexpected `{Shown(_current)}`. Expecting ']'");
                    left = Finish(indexer, start);
                    break;
                case TokenType.OpenParen when isAdjacent && left.IsPath | left is ScriptFunctionCall { IsExplicit: true }:
                    left = ParseParenthesizedArguments(parent, left);
                    break;
                case TokenType.Increment or TokenType.Decrement when isAdjacent && left.IsPath:
                    var step = new ScriptIncrementDecrementExpression
                    {
                        Target = left,
                        IsPostfix = true,
                        IsDecrement = _current.Type == TokenType.Decrement,
                    };
                    Advance();
                    left = Finish(step, start);
                    break;
                default:
                    return left;
            }
        }

        return left;
    }

    private bool MemberFollows() =>
        CharAfterCurrent() is var c && (char.IsLetter(c) || c == '_');

    private ScriptMemberExpression ParseMember(ScriptExpression target)
    {
        var node = new ScriptMemberExpression { Target = target, IsConditional = _current.Type == TokenType.QuestionDot };
        Advance();
        node.MemberStart = _current.Start;
        var name = TextOf(_current);
        Advance();
        // The one name with a question mark in it.
        if (name is "empty" && _current.Type == TokenType.Question && _current.Start == _previous.End)
        {
            name = "empty?";
            Advance();
        }

        node.Member = NameOf(name);
        return Finish(node, target.Start);
    }

    private ScriptExpression ParseVariable()
    {
        var start = _current.Start;
        var text = TextOf(_current);
        if (_current.Type == TokenType.LocalIdentifier) return ParseLocalVariable(start, text);
        switch (text)
        {
            case "null":
                return ParseConstant(null);
            case "true":
                return ParseConstant(Values.Box(true));
            case "false":
                return ParseConstant(Values.Box(false));
            case "empty":
                return ParseConstant(EmptyObject.Instance);
            case "do":
                return ParseAnonymousFunction();
            case "this":
                Advance();
                return Finish(new ScriptThisExpression(), start);
            case "for" or "while" or "tablerow" when CharAfterCurrent() == '.' && char.IsLetter(CharAfterCurrent(1)):
                return ParseLoopMember(start, text);
            default:
                var name = NameOf(text);
                Advance();
                return Finish(new ScriptVariable { Name = name }, start);
        }
    }

    private ScriptExpression ParseLocalVariable(int start, ReadOnlySpan<char> text)
    {
        Advance();
        if (text is "$$") return Finish(new ScriptBlockVariable(), start);
        var name = text[1..];
        if (name.IsEmpty || int.TryParse(name, System.Globalization.NumberStyles.None, null, out _))
        {
            if (_function is not null) _function.UsesArguments = true;
            var index = name.IsEmpty ? -1 : int.Parse(name, System.Globalization.NumberStyles.None, null);
            return Finish(new ScriptArgumentsVariable { Index = index }, start);
        }

        return Finish(new ScriptLocalVariable { Name = NameOf(name) }, start);
    }

    private ScriptLoopVariable ParseLoopMember(int start, ReadOnlySpan<char> word)
    {
        var kind = word switch
        {
            "for" => LoopKind.For,
            "while" => LoopKind.While,
            _ => LoopKind.TableRow,
        };
        Advance();
        Advance();
        var node = new ScriptLoopVariable { Loop = kind, Member = NameOf(TextOf(_current)), MemberStart = _current.Start };
        Advance();
        Finish(node, start);
        if (!ScriptLoopVariable.IsKnown(kind, node.Member))
        {
            var problem = kind == LoopKind.While && ScriptLoopVariable.IsKnown(LoopKind.For, node.Member) ? "invalid" : "not supported";
            Log(_source.Span(start, start + word.Length), $"The loop variable <{node}> is {problem}");
        }

        return node;
    }

    private ScriptLiteral ParseConstant(object? value)
    {
        var start = _current.Start;
        Advance();
        return Finish(new ScriptLiteral { Value = value }, start);
    }

    private ScriptLiteral ParseText(string value) => ParseConstant(value);

    private ScriptLiteral ParseNumber()
    {
        var value = Literals.Number(_current.Type, TextOf(_current), out var error);
        if (error is not null) Log(SpanOf(_current), error);
        return ParseConstant(value);
    }

    private ScriptNestedExpression ParseNested()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptNestedExpression(), start);
        var outer = _inCondition;
        _inCondition = false;
        SkipNewLines();
        node.Expression = ExpectExpression(node);
        SkipNewLines();
        _inCondition = outer;
        if (!Accept(TokenType.CloseParen) && !_isFatal)
            Log(SpanOf(_current), $"Invalid token `{Shown(_current)}`. Expecting a closing `)`.");
        return Finish(node, start);
    }

    private ScriptArrayInitializer ParseArray()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptArrayInitializer(), start);
        var items = new List<ScriptExpression>();
        var outer = _inCondition;
        _inCondition = false;
        SkipNewLines();
        while (!_isFatal && _current.Type != TokenType.CloseBracket)
        {
            if (ExpectExpression(node) is not { } item) break;
            items.Add(item);
            SkipNewLines();
            if (!Accept(TokenType.Comma)) break;
            SkipNewLines();
        }

        _inCondition = outer;
        if (!Accept(TokenType.CloseBracket) && !_isFatal)
            Log(SpanOf(_current), $"Unexpected token found `{Shown(_current)}` while expecting `]`.");
        node.Items = [.. items];
        return Finish(node, start);
    }

    private ScriptObjectInitializer ParseObject()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptObjectInitializer(), start);
        var members = new List<(string Name, ScriptExpression Value)>();
        var outer = _inCondition;
        _inCondition = false;
        var isClosed = true;
        SkipNewLines();
        while (!_isFatal && _current.Type != TokenType.CloseBrace)
        {
            isClosed = ParseObjectMember(members);
            if (!isClosed) break;
            SkipNewLines();
            if (Accept(TokenType.Comma))
            {
                SkipNewLines();
                continue;
            }

            if (_current.Type != TokenType.CloseBrace && !_isFatal)
            {
                Log(SpanOf(_current), $"Unexpected token `{Shown(_current)}` while parsing object initializer. Expecting a `,` or `}}`.");
                isClosed = false;
            }

            break;
        }

        _inCondition = outer;
        if (isClosed && !_isFatal) Accept(TokenType.CloseBrace);
        node.Members = [.. members];
        return Finish(node, start);
    }

    private bool ParseObjectMember(List<(string Name, ScriptExpression Value)> members)
    {
        if (_current.Type is not (TokenType.Identifier or TokenType.String or TokenType.VerbatimString))
        {
            Log(
                SpanOf(_current),
                $"Unexpected token `{Shown(_current)}` while parsing object initializer. "
                + "Expecting a simple identifier for the member name.");
            return false;
        }

        var shown = Shown(_current);
        var name = _current.Type switch
        {
            TokenType.Identifier => NameOf(TextOf(_current)),
            TokenType.String => Literals.Unescape(TextOf(_current)[1..^1]),
            _ => Literals.Verbatim(TextOf(_current)[1..^1]),
        };
        Advance();
        SkipNewLines();
        if (!Accept(TokenType.Colon))
        {
            Log(
                SpanOf(_current),
                $"Unexpected token `{Shown(_current)}` Expecting a colon : after identifier `{shown}` for object initializer member name");
            return false;
        }

        SkipNewLines();
        var errors = _messages.Count;
        var parent = new ScriptObjectInitializer();
        parent.Place(_source, _current.Start, _current.Start);
        if (ParseExpression(parent, Precedence.Lowest, ExpressionMode.Normal) is { } value)
        {
            members.Add((name, value));
            return true;
        }

        if (!_isFatal && errors == _messages.Count)
            Log(SpanOf(_current), $"Unexpected token `{Shown(_current)}`. Expecting an expression for the value of the member.");
        return false;
    }

    /// <summary>A string without expressions comes as its end alone; the end of one with expressions stands after a brace.</summary>
    private bool IsWholeInterpolation() =>
        _current.Start >= 2 && _source.Text[_current.Start - 2] == '$' && _source.Text[_current.Start - 1] is '"' or '\'';

    private ScriptInterpolatedExpression ParseInterpolation()
    {
        var start = _current.Start - 2;
        var node = new ScriptInterpolatedExpression();
        var parts = new List<ScriptExpression>();
        var outer = _inCondition;
        _inCondition = false;
        while (true)
        {
            if (_current.Length > 0) parts.Add(InterpolationText());
            var isLast = _current.Type == TokenType.InterpolationEnd;
            Advance();
            if (isLast) break;
            node.Place(_source, start, _previous.End);
            if (ExpectExpression(node) is { } part) parts.Add(part);
            if (_current.Type is TokenType.InterpolationMiddle or TokenType.InterpolationEnd) continue;
            if (_isFatal) break;
            if (_current.Type == TokenType.NewLine)
                Log(SpanOf(_current), "Opened interpolated expression not closed on the same line.");
            Log(SpanOf(_current), $"Unexpected token `{Shown(_current)}` while parsing expression");
            break;
        }

        _inCondition = outer;
        node.Parts = [.. parts];
        // The closing quote is not part of the last token.
        node.Place(_source, start, Math.Min(_source.Text.Length, _previous.End + 1));
        return node;
    }

    private ScriptLiteral InterpolationText()
    {
        var text = new ScriptLiteral { Value = Literals.Unescape(TextOf(_current)) };
        text.Place(_source, _current.Start, _current.End);
        return text;
    }
}
