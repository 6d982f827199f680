using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

/// <summary>Operands: what stands between the operators.</summary>
internal sealed partial class Parser
{
    /// <summary>One operand without what may follow it; null if there is none.</summary>
    private ScriptExpression? ParseOperand()
    {
        switch (_current.Type)
        {
            case TokenType.Identifier or TokenType.LocalIdentifier:
                return ParseVariable();
            case TokenType.Integer or TokenType.HexInteger or TokenType.BinaryInteger or TokenType.Float:
                return ParseNumber();
            case TokenType.String:
                LogUnknownEscapes();
                return ParseText(Literals.Unescape(TextOf(_current)[1..^1]));
            case TokenType.VerbatimString:
                return ParseText(Literals.Verbatim(TextOf(_current)[1..^1]));
            case TokenType.InterpolationBegin:
            case TokenType.InterpolationEnd when IsWholeInterpolation(_current):
                return ParseInterpolation();
            case TokenType.OpenParen:
                return ParseNested();
            case TokenType.OpenBracket:
                return ParseArray();
            case TokenType.OpenBrace:
                return ParseObject();
            case TokenType.Increment or TokenType.Decrement:
                return ParsePrefixStep();
            case TokenType.Not or TokenType.Minus or TokenType.Plus or TokenType.At or TokenType.Caret:
                return ParseUnary();
            default:
                return null;
        }
    }

    private ScriptUnaryExpression ParseUnary()
    {
        var start = _current.Start;
        var node = new ScriptUnaryExpression { Operator = TextOf(_current)[0] };
        Advance();
        Finish(node, start);
        node.Right = ExpectExpression(node, Precedence.Unary);
        return Finish(node, start);
    }

    private ScriptIncrementDecrementExpression ParsePrefixStep()
    {
        var start = _current.Start;
        var node = new ScriptIncrementDecrementExpression { IsDecrement = _current.Type == TokenType.Decrement };
        Advance();
        Finish(node, start);
        node.Target = ExpectExpression(node, Precedence.Unary);
        CheckStepTarget(node.Target);
        return Finish(node, start);
    }

    private ScriptIncrementDecrementExpression ParsePostfixStep(ScriptExpression target)
    {
        CheckStepTarget(target);
        var node = new ScriptIncrementDecrementExpression
        {
            Target = target,
            IsPostfix = true,
            IsDecrement = _current.Type == TokenType.Decrement,
        };
        Advance();
        return Finish(node, target.Start);
    }

    private void CheckStepTarget(ScriptExpression? target)
    {
        if (target is { IsPath: true }) return;
        Log(SpanOf(_current), "The operand of an increment or decrement operator must be a variable, property or indexer");
    }

    private ScriptIndexerExpression ParseIndexer(ScriptExpression target, Joint joint)
    {
        var node = new ScriptIndexerExpression { Target = target };
        node.Place(_source, target.Start, _current.End);
        Advance();
        var mode = joint.Mode == ExpressionMode.When ? ExpressionMode.Normal : joint.Mode;
        node.Index = ExpectExpression(node, mode: mode, isArgument: joint.Call is not null, message: "Expecting <index_expression>");
        if (!Accept(TokenType.CloseBracket)) Log(SpanOf(_current), $"Unexpected `{Shown(_current)}`. Expecting ']'");
        return Finish(node, target.Start);
    }

    private ScriptMemberExpression? ParseMember(ScriptExpression target)
    {
        var next = Peek();
        if (next.Type != TokenType.Identifier)
        {
            Log(
                SpanOf(next),
                $"Invalid token `{next.Type.ToLibraryName()}`. The dot operator is expected to be followed by a plain identifier");
            return null;
        }

        var node = new ScriptMemberExpression { Target = target, IsConditional = _current.Type == TokenType.QuestionDot };
        Advance();
        node.MemberStart = _current.Start;
        var name = TextOf(_current);
        Advance();
        // The names with a question mark in them mean the same.
        if (name is "empty" or "blank" && _current.Type == TokenType.Question)
        {
            name = ScriptMemberExpression.EmptyProperty;
            Advance();
        }

        node.Member = NameOf(name);
        return Finish(node, target.Start);
    }

    private void CheckBlockVariable(ScriptNode parent, bool isFirst)
    {
        if (!isFirst || _level > 1) Log(SpanOf(_current), "Cannot use block delegate $$ in a nested expression");
        if (parent is not ScriptExpressionStatement)
            Log(parent, parent.Span, "Cannot use block delegate $$ outside an expression statement");
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
            case "for" or "while" or "tablerow" when Peek().Type == TokenType.Dot:
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

    private ScriptExpression ParseLoopMember(int start, ReadOnlySpan<char> word)
    {
        var kind = word switch
        {
            "for" => LoopKind.For,
            "while" => LoopKind.While,
            _ => LoopKind.TableRow,
        };
        var shown = word.ToString();
        Advance();
        if (Peek().Type != TokenType.Identifier)
        {
            Log(
                _source.Span(start, _previous.End),
                $"Invalid token `{Shown(_current)}`. The loop variable <{shown}> dot must be followed by an identifier");
            return Finish(new ScriptVariable { Name = NameOf(shown) }, start);
        }

        Advance();
        var node = new ScriptLoopVariable { Loop = kind, Member = NameOf(TextOf(_current)), MemberStart = _current.Start };
        Advance();
        Finish(node, start);
        if (!ScriptLoopVariable.IsKnown(kind, node.Member))
        {
            var isElsewhere = ScriptLoopVariable.IsKnown(LoopKind.TableRow, node.Member);
            Log(
                _source.Span(start, start + shown.Length),
                $"The loop variable <{shown}.{node.Member}> is {(isElsewhere ? "invalid" : "not supported")}");
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
        node.Expression = ExpectExpression(node);
        if (!Accept(TokenType.CloseParen)) Log(SpanOf(_current), $"Invalid token `{Shown(_current)}`. Expecting a closing `)`.");
        return Finish(node, start);
    }

    private ScriptArrayInitializer ParseArray()
    {
        var start = _current.Start;
        var depth = _depth;
        EnterDepth();
        _newLineLevel++;
        Advance();
        var node = Finish(new ScriptArrayInitializer(), start);
        var items = new List<ScriptExpression>();
        while (!_isFatal && _current.Type != TokenType.CloseBracket)
        {
            if (ExpectExpression(node) is not { } item) break;
            items.Add(item);
            if (!Accept(TokenType.Comma)) break;
        }

        // A new line after the bracket counts again.
        _newLineLevel--;
        ExpectToken(TokenType.CloseBracket, "]");
        _depth = depth;
        node.Items = [.. items];
        return Finish(node, start);
    }

    private ScriptObjectInitializer ParseObject()
    {
        var start = _current.Start;
        _newLineLevel++;
        Advance();
        var node = Finish(new ScriptObjectInitializer(), start);
        var members = new List<(string Name, ScriptExpression Value)>();
        var isSound = true;
        for (var mayFollow = true; isSound && !_isFatal && _current.Type != TokenType.CloseBrace; mayFollow = Accept(TokenType.Comma))
            isSound = ParseObjectMember(node, members, mayFollow);

        _newLineLevel--;
        if (isSound) ExpectToken(TokenType.CloseBrace, "}");
        node.Members = [.. members];
        return Finish(node, start);
    }

    private bool ParseObjectMember(ScriptObjectInitializer node, List<(string Name, ScriptExpression Value)> members, bool mayFollow)
    {
        if (!mayFollow || _current.Type is not (TokenType.Identifier or TokenType.String or TokenType.VerbatimString))
        {
            Log(
                SpanOf(_current),
                $"Unexpected token `{Shown(_current)}` while parsing object initializer. "
                + "Expecting a simple identifier for the member name.");
            return false;
        }

        var first = _current;
        var isName = first.Type == TokenType.Identifier;
        var text = TextOf(first);
        if (isName && text is "null" or "true" or "false")
        {
            var shown = text switch { "true" => "True/System.Boolean", "false" => "False/System.Boolean", _ => "/" };
            Advance();
            Log(
                SpanOf(first),
                $"Invalid literal member `{shown}` found for object initializer member name. "
                + "Only literal string or identifier name are allowed");
            return false;
        }

        var name = isName ? NameOf(text)
            : first.Type == TokenType.String ? Literals.Unescape(text[1..^1])
            : Literals.Verbatim(text[1..^1]);
        Advance();
        if (!Accept(TokenType.Colon))
        {
            Log(
                SpanOf(_current),
                $"Unexpected token `{Shown(_current)}` Expecting a colon : after identifier `{(isName ? name : null)}` "
                + "for object initializer member name");
            return false;
        }

        if (!StartsExpression())
        {
            Log(SpanOf(_current), $"Unexpected token `{Shown(_current)}`. Expecting an expression for the value of the member.");
            return false;
        }

        if (ParseExpression(node) is not { } value) return false;
        members.Add((name, value));
        return true;
    }

    /// <summary>A string without expressions comes as its end alone; the end of one with expressions stands after a brace.</summary>
    private bool IsWholeInterpolation(in Token token) =>
        token.Start >= 2 && _source.Text[token.Start - 2] == '$' && _source.Text[token.Start - 1] is '"' or '\'';

    private ScriptInterpolatedExpression ParseInterpolation()
    {
        var start = _current.Start - 2;
        var node = new ScriptInterpolatedExpression();
        var parts = new List<ScriptExpression>();
        while (!_isFatal)
        {
            if (_current.Length > 0) parts.Add(InterpolationText());
            var isLast = _current.Type == TokenType.InterpolationEnd;
            Advance();
            if (isLast) break;
            node.Place(_source, start, _previous.End);
            if (ExpectExpression(node) is { } part) parts.Add(part);
            if (AtInterpolationEnd()) continue;
            // With an error of the lexer the brace was there, and the rest of the string was not.
            if (_lexer.Errors.Count == 0) Log(SpanOf(_current), "Opened interpolated expression not closed on the same line.");
            Log(SpanOf(_current), $"Unexpected token `{Shown(_current)}` while parsing expression");
            break;
        }

        node.Parts = [.. parts];
        // The closing quote is not part of the last token.
        node.Place(_source, start, Math.Min(_source.Text.Length, _previous.End + 1));
        return node;
    }

    private ScriptLiteral InterpolationText()
    {
        LogUnknownEscapes();
        var text = new ScriptLiteral { Value = Literals.Unescape(TextOf(_current)) };
        text.Place(_source, _current.Start, _current.End);
        return text;
    }

    /// <summary>The parser objects to an unknown escape as well as the lexer.</summary>
    private void LogUnknownEscapes()
    {
        if (_lexer.Errors.Count == 0) return;
        var text = TextOf(_current);
        // The token of an interpolated part leaves out what stands before its text.
        var before = _current.Type switch
        {
            TokenType.String => 0,
            TokenType.InterpolationMiddle => 1,
            TokenType.InterpolationEnd when !IsWholeInterpolation(_current) => 1,
            _ => 2,
        };
        var span = _source.Span(_current.Start - before, _current.End);
        for (var i = text.IndexOf('\\'); i >= 0 && i + 1 < text.Length; i++)
        {
            if (text[i] == '\\' && !"0'\"\\bfnrtvux\r\n{".Contains(text[++i], StringComparison.Ordinal))
                Log(span, $"Unexpected escape character `{text[i]}` in string");
        }
    }
}
