using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

/// <summary>Statements.</summary>
internal sealed partial class Parser
{
    /// <summary>
    /// Parses one statement, null when there is none to keep. False at the end of the block, and at something that is no
    /// statement: the blocks around this one then run into it too. Sets <see cref="_hasEnd"/> if the block is complete.
    /// </summary>
    private bool TryParseStatement(ScriptNode owner, out ScriptStatement? statement)
    {
        statement = null;
        switch (_current.Type)
        {
            case TokenType.Eof:
                return false;
            case TokenType.Raw:
                var raw = new ScriptRawStatement();
                Advance();
                raw.Place(_source, _previous.Start, _previous.End);
                // Text before the first "when" belongs to no branch.
                if (owner is not ScriptCaseStatement) statement = raw;
                return true;
            case TokenType.CodeEnter:
                var (indentStart, indentLength) = _lexer.Indent;
                _indent = indentLength > 0 ? NameOf(_source.Text.AsSpan(indentStart, indentLength)) : null;
                Advance();
                return true;
            case TokenType.CodeExit:
            case TokenType.NewLine:
            case TokenType.SemiColon:
                Advance();
                return true;
            case TokenType.Identifier or TokenType.LocalIdentifier:
                if (!ParseKeyword(owner, out statement))
                {
                    CheckNotInCase(owner);
                    statement = ParseExpressionStatement();
                }

                return true;
            default:
                if (StartsExpression())
                {
                    statement = ParseExpressionStatement();
                    return true;
                }

                Log(SpanOf(_current), $"Unexpected token {Shown(_current)}");
                return false;
        }
    }

    private bool ParseKeyword(ScriptNode owner, out ScriptStatement? statement)
    {
        statement = null;
        switch (TextOf(_current))
        {
            case "end":
                ParseEnd(owner);
                return true;
            case "else":
                ParseElse(owner);
                return true;
            case "when":
                ParseWhen(owner);
                return true;
            case "for" or "tablerow" or "while" when Peek().Type == TokenType.Dot:
                return false;
            case "if" or "case" or "for" or "tablerow" or "while" or "capture" or "with" or "wrap" or "func" or "import"
                or "readonly" or "ret" or "break" or "continue":
                CheckNotInCase(owner);
                statement = ParseKeywordStatement();
                return true;
            default:
                return false;
        }
    }

    private ScriptStatement ParseKeywordStatement() => TextOf(_current) switch
    {
        "if" => ParseIf(),
        "case" => ParseCase(),
        "for" => ParseLoop(new ScriptForStatement()),
        "tablerow" => ParseLoop(new ScriptTableRowStatement()),
        "while" => ParseWhile(),
        "capture" => ParseCapture(),
        "with" => ParseWith(),
        "wrap" => ParseWrap(),
        "func" => ParseFunc(),
        "import" => ParseImport(),
        "readonly" => ParseReadOnly(),
        "ret" => ParseReturn(),
        "break" => ParseWord(new ScriptBreakStatement()),
        _ => ParseWord(new ScriptContinueStatement()),
    };

    /// <summary>A <c>case</c> holds nothing but <c>when</c> and <c>else</c>.</summary>
    private void CheckNotInCase(ScriptNode owner)
    {
        if (owner is not ScriptCaseStatement) return;
        Log(
            SpanOf(_current),
            $"Unexpected statement/expression `{TextOf(_current)}` in the body of a `case` statement. "
            + "Only `when`/`else` are expected.");
    }

    private ScriptStatement ParseExpressionStatement()
    {
        var start = _current.Start;
        var statement = new ScriptExpressionStatement { Indent = _indent };
        statement.Place(_source, start, _current.End);
        var expression = ExpectExpression(statement);
        if (_inlineFunction is { } function)
        {
            // Its body was a statement, with an end of its own.
            _inlineFunction = null;
            return function;
        }

        if (expression is not null) statement.Expression = expression;
        ExpectEndOfStatement();
        return Finish(statement, Math.Max(0, start));
    }

    private void ParseEnd(ScriptNode owner)
    {
        Advance();
        // After "do … end" the expression goes on.
        if (owner is not ScriptFunctionDeclaration { IsAnonymous: true }) ExpectEndOfStatement();
        _hasEnd = true;
        if (owner is not ScriptPage) return;
        Log(owner, EndOf(_previous), "Found <end> statement without a corresponding beginning of a block", true);
    }

    private void ParseElse(ScriptNode owner)
    {
        var start = _current.Start;
        Advance();
        ScriptStatement node;
        if (_current.Type == TokenType.Identifier && TextOf(_current) is "if")
        {
            node = ParseIf();
            if (owner is ScriptLoopStatement) Log(node.Span, "Invalid if/else combination within a for statement.");
        }
        else
        {
            var other = new ScriptElseStatement();
            other.Place(_source, start, _previous.End);
            other.Body = ParseBody(other);
            node = Finish(other, start);
        }

        _hasEnd = true;
        if (owner is ScriptConditionStatement condition) condition.Else = node;
        else Log(_source.Span(start, start + 4), "A else condition must be preceded by another if/else/when condition or a for loop.");
    }

    private ScriptIfStatement ParseIf()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptIfStatement(), start);
        node.Condition = ExpectExpression(node, mayAssign: false);
        node.Then = ParseBody(node);
        return Finish(node, start);
    }

    private ScriptCaseStatement ParseCase()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptCaseStatement(), start);
        node.Value = ExpectExpression(node, mayAssign: false);
        node.Body = ParseBody(node);
        return Finish(node, start);
    }

    private void ParseWhen(ScriptNode owner)
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptWhenStatement(), start);
        var values = new List<ScriptExpression>();
        while (!_isFatal && StartsExpression() && ParseExpression(node, mode: ExpressionMode.When, mayAssign: false) is { } value)
        {
            // "||" separates values here, as "," does.
            values.Add(value);
            if (!Accept(TokenType.Comma)) Accept(TokenType.Or);
        }

        if (values.Count == 0) Log(SpanOf(_current), "When is expecting at least one value.");
        node.Candidates = [.. values];
        node.Body = ParseBody(node);
        Finish(node, start);
        _hasEnd = true;
        switch (owner)
        {
            case ScriptCaseStatement parent:
                parent.FirstWhen = node;
                break;
            case ScriptWhenStatement before:
                before.Else = node;
                break;
            default:
                Log(_source.Span(start, start + 4), "A `when` condition must be preceded by another `when`/`else`/`case` condition");
                break;
        }
    }

    private T ParseLoop<T>(T node)
        where T : ScriptLoopStatement
    {
        var start = _current.Start;
        Advance();
        Finish(node, start);
        node.Variable = ExpectExpression(node, mode: ExpressionMode.Basic);
        // Without a variable nothing else of the loop is looked for.
        if (node.Variable is null) return Finish(node, start);
        if (!node.Variable.IsPath) Log(node, node.Span, $"Expecting a variable instead of `{node.Variable}`");
        if (_current.Type == TokenType.Identifier && TextOf(_current) is "in") Advance();
        else Log(node, node.Span, $"Expecting 'in' word instead of `{Shown(_current)}`");
        // "limit: 2" and its like after the list are added to the loop.
        node.Iterator = ExpectExpression(node);
        node.Body = ParseBody(node);
        return Finish(node, start);
    }

    private ScriptWhileStatement ParseWhile()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptWhileStatement(), start);
        node.Condition = ExpectExpression(node, mayAssign: false);
        node.Body = ParseBody(node);
        return Finish(node, start);
    }

    private ScriptCaptureStatement ParseCapture()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptCaptureStatement(), start);
        node.Target = ExpectExpression(node);
        ExpectEndOfStatement();
        node.Body = ParseBlock(node);
        return Finish(node, start);
    }

    private ScriptWithStatement ParseWith()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptWithStatement(), start);
        node.Target = ExpectExpression(node);
        node.Body = ParseBody(node);
        return Finish(node, start);
    }

    private ScriptWrapStatement ParseWrap()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptWrapStatement { Indent = _indent }, start);
        node.Target = ExpectExpression(node);
        node.Body = ParseBody(node);
        return Finish(node, start);
    }

    private ScriptImportStatement ParseImport()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptImportStatement(), start);
        node.Value = ExpectExpression(node);
        Finish(node, start);
        ExpectEndOfStatement();
        return node;
    }

    private ScriptReadOnlyStatement ParseReadOnly()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptReadOnlyStatement(), start);
        node.Variable = ExpectName(node);
        Finish(node, start);
        ExpectEndOfStatement();
        return node;
    }

    private ScriptReturnStatement ParseReturn()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptReturnStatement(), start);
        if (StartsExpression()) node.Value = ParseExpression(node);
        Finish(node, start);
        ExpectEndOfStatement();
        return node;
    }

    private T ParseWord<T>(T node)
        where T : ScriptStatement
    {
        var start = _current.Start;
        Advance();
        Finish(node, start);
        ExpectEndOfStatement();
        return node;
    }

    /// <summary>The body of a statement, which starts on a line of its own.</summary>
    private ScriptBlockStatement ParseBody(ScriptNode owner) =>
        ExpectEndOfStatement() ? ParseBlock(owner) : new ScriptBlockStatement();
}
