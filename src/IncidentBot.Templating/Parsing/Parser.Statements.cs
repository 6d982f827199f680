using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

/// <summary>Statements.</summary>
internal sealed partial class Parser
{
    /// <summary>Parses one statement; null when there is none to keep. Sets <see cref="_hasEnd"/> at the end of the block.</summary>
    private ScriptStatement? ParseStatement(ScriptNode owner)
    {
        switch (_current.Type)
        {
            case TokenType.Raw:
                var raw = new ScriptRawStatement();
                Advance();
                raw.Place(_source, _previous.Start, _previous.End);
                return raw;
            case TokenType.CodeEnter:
                var (indentStart, indentLength) = _lexer.Indent;
                _indent = indentLength > 0 ? NameOf(_source.Text.AsSpan(indentStart, indentLength)) : null;
                Advance();
                return null;
            case TokenType.CodeExit:
            case TokenType.NewLine:
            case TokenType.SemiColon:
                Advance();
                return null;
            case TokenType.Invalid:
                // The lexer has an error for it.
                _isFatal = true;
                return null;
            case TokenType.Identifier when CharAfterCurrent() != '.' || CharAfterCurrent(1) == '.':
                return ParseKeyword(owner, out var statement) ? statement : ParseExpressionStatement(owner);
            default:
                return ParseExpressionStatement(owner);
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
            case "if":
                statement = InBody(owner, ParseIf());
                return true;
            case "case":
                statement = InBody(owner, ParseCase());
                return true;
            case "for":
                statement = InBody(owner, ParseLoop(new ScriptForStatement()));
                return true;
            case "tablerow":
                statement = InBody(owner, ParseLoop(new ScriptTableRowStatement()));
                return true;
            case "while":
                statement = InBody(owner, ParseWhile());
                return true;
            case "capture":
                statement = InBody(owner, ParseCapture());
                return true;
            case "with":
                statement = InBody(owner, ParseWith());
                return true;
            case "wrap":
                statement = InBody(owner, ParseWrap());
                return true;
            case "func":
                statement = InBody(owner, ParseFunc());
                return true;
            case "import":
                statement = InBody(owner, ParseImport());
                return true;
            case "readonly":
                statement = InBody(owner, ParseReadOnly());
                return true;
            case "ret":
                statement = InBody(owner, ParseReturn());
                return true;
            case "break":
                statement = InBody(owner, ParseWord(new ScriptBreakStatement()));
                return true;
            case "continue":
                statement = InBody(owner, ParseWord(new ScriptContinueStatement()));
                return true;
            default:
                return false;
        }
    }

    /// <summary>A <c>case</c> holds nothing but <c>when</c> and <c>else</c>.</summary>
    private T InBody<T>(ScriptNode owner, T statement)
        where T : ScriptStatement
    {
        if (owner is ScriptCaseStatement && !_isFatal)
        {
            var first = _source.Text.AsSpan(statement.Start);
            var length = 0;
            while (length < first.Length && (char.IsLetterOrDigit(first[length]) || first[length] is '_' or '$')) length++;
            Log(
                _source.Span(statement.Start, statement.End),
                $"Unexpected statement/expression `{first[..Math.Max(1, length)]}` in the body of a `case` statement. "
                + "Only `when`/`else` are expected.");
        }

        return statement;
    }

    private ScriptStatement ParseExpressionStatement(ScriptNode owner)
    {
        var start = _current.Start;
        var statement = new ScriptExpressionStatement { Indent = _indent };
        var expression = ParseExpression(statement, Precedence.Lowest, ExpressionMode.Statement);
        if (expression is null)
        {
            if (!_isFatal) Log(SpanOf(_current), $"Unexpected token `{Shown(_current)}`", true);
            return Finish(statement, Math.Max(0, start));
        }

        statement.Expression = expression;
        Finish(statement, start);
        if (_inlineFunction is { } function)
        {
            _inlineFunction = null;
            ExpectEndOfStatement();
            return InBody(owner, function);
        }

        InBody(owner, statement);
        ExpectEndOfStatement();
        return statement;
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
        var isLoop = owner is ScriptLoopStatement;
        if (_current.Type == TokenType.Identifier && TextOf(_current) is "if")
        {
            if (isLoop)
            {
                var kind = owner is ScriptForStatement ? "for" : "tablerow";
                Log(SpanOf(_current), $"Invalid if/else combination within a {kind} statement.");
            }

            node = ParseIf();
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
        node.Condition = ExpectExpression(node);
        node.Then = ParseBody(node);
        return Finish(node, start);
    }

    private ScriptCaseStatement ParseCase()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptCaseStatement(), start);
        node.Value = ExpectExpression(node);
        node.Body = ParseBody(node);
        return Finish(node, start);
    }

    private void ParseWhen(ScriptNode owner)
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptWhenStatement(), start);
        var values = new List<ScriptExpression>();
        do
        {
            // "||" separates values here, as "," does.
            if (ExpectExpression(node, Precedence.And) is not { } value) break;
            values.Add(value);
        }
        while (Accept(TokenType.Comma) || Accept(TokenType.Or));

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
        node.Variable = ParseLoopVariable(node);
        if (_current.Type == TokenType.Identifier && TextOf(_current) is "in") Advance();
        else Log(node, node.Span, $"Expecting 'in' word instead of `{Shown(_current)}`");
        // The window of the loop reads like arguments of a call: "for x in list limit:2".
        node.Iterator = ExpectExpression(node);
        if (node.Iterator is ScriptFunctionCall { IsExplicit: false } call
            && call.Arguments.All(a => a is ScriptNamedArgument or ScriptVariable { Name: "reversed" }))
        {
            node.Iterator = call.Target;
            node.Arguments = call.Arguments;
        }

        node.Body = ParseBody(node);
        return Finish(node, start);
    }

    private ScriptExpression? ParseLoopVariable(ScriptLoopStatement node)
    {
        var shown = Shown(_current);
        var variable = ParseExpression(node, Precedence.Unary, ExpressionMode.Argument);
        if (variable is ScriptVariable or ScriptLocalVariable) return variable;
        Log(node, node.Span, $"Expecting a variable instead of `{shown}`");
        return null;
    }

    private ScriptWhileStatement ParseWhile()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptWhileStatement(), start);
        node.Condition = ExpectExpression(node);
        node.Body = ParseBody(node);
        return Finish(node, start);
    }

    private ScriptCaptureStatement ParseCapture()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptCaptureStatement(), start);
        node.Target = ExpectExpression(node);
        node.Body = ParseBody(node);
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
        var shown = Shown(_current);
        node.Variable = ParseExpression(node, Precedence.Unary, ExpressionMode.Argument);
        if (node.Variable is not (ScriptVariable or ScriptLocalVariable))
            Log(node, node.Span, $"Expecting a variable instead of `{shown}`");
        Finish(node, start);
        ExpectEndOfStatement();
        return node;
    }

    private ScriptReturnStatement ParseReturn()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptReturnStatement(), start);
        if (_current.Type is not (TokenType.NewLine or TokenType.SemiColon or TokenType.CodeExit or TokenType.Eof))
            node.Value = ExpectExpression(node);
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
    private ScriptBlockStatement ParseBody(ScriptNode owner)
    {
        ExpectEndOfStatement();
        return _isFatal ? new ScriptBlockStatement() : ParseBlock(owner);
    }

    private char CharAfterCurrent(int skip = 0) =>
        _current.End + skip < _source.Text.Length ? _source.Text[_current.End + skip] : '\0';
}
