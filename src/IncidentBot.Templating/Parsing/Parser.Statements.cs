using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

internal sealed partial class Parser
{
    /// <summary>What a list of statements is the body of: it decides which words end the list.</summary>
    private enum Parent
    {
        Page,
        Block,
        If,
        Else,
        For,
        Case,
        When,
    }

    private enum Terminator
    {
        EndOfFile,
        End,
        Else,
        When,
    }

    /// <summary>Reads statements up to the word that ends them. An <c>end</c> is taken, <c>else</c> and <c>when</c> are left.</summary>
    private void ParseStatements(List<ScriptNode> statements, Parent parent, out Terminator terminator)
    {
        terminator = Terminator.EndOfFile;
        if (!Enter(ref _blockDepth))
        {
            _blockDepth--;
            return;
        }

        while (Current.Type != TokenType.Eof)
        {
            if (Current.Type == TokenType.Identifier && TryTerminate(parent, ref terminator))
            {
                break;
            }

            if (parent == Parent.Case && !IsLayout(Current.Type))
            {
                Error($"Unexpected statement/expression `{Text(Current)}` in the body of a `case` statement. Only `when`/`else` are expected.");
                parent = Parent.Block;
            }

            ParseStatement(statements, parent);
        }

        _blockDepth--;
    }

    private static bool IsLayout(TokenType type) => type is TokenType.Raw or TokenType.Escape or TokenType.CodeEnter
        or TokenType.CodeExit or TokenType.NewLine or TokenType.SemiColon;

    private bool IsKeyword(string keyword) => Is(keyword) && Peek().Type != TokenType.Dot && !IsAssignment(Peek().Type);

    private static bool IsAssignment(TokenType type) => type == TokenType.Equal;

    private bool TryTerminate(Parent parent, ref Terminator terminator)
    {
        if (Is("end"))
        {
            if (parent == Parent.Page)
            {
                Error(new SourceSpan(_fileName, Current.End, Current.End),
                    "Error while parsing ScriptPage: Found <end> statement without a corresponding beginning of a block in: ...");
                _fatal = true;
                _index = _tokens.Count - 1;
                return true;
            }

            Next();
            terminator = Terminator.End;
            return true;
        }

        if (Is("else") && parent is Parent.If or Parent.For or Parent.When)
        {
            terminator = Terminator.Else;
            return true;
        }

        if (Is("when") && parent is Parent.When or Parent.Case)
        {
            terminator = Terminator.When;
            return true;
        }

        return false;
    }

    private void ParseStatement(List<ScriptNode> statements, Parent parent)
    {
        var token = Current;
        switch (token.Type)
        {
            case TokenType.Raw:
            case TokenType.Escape:
                statements.Add(new ScriptRawStatement(token.GetText(_text)) { Span = SpanOf(token) });
                Next();
                return;
            case TokenType.CodeEnter:
                ParseCodeEnter(statements);
                return;
            case TokenType.CodeExit:
            case TokenType.NewLine:
            case TokenType.SemiColon:
                Next();
                return;
        }

        var before = _index;
        var statement = token.Type == TokenType.Identifier ? ParseKeyword(parent) : null;
        if (_index != before)
        {
            if (!_fatal && Previous.Type == TokenType.Identifier && Previous.Is(_text, "end"))
            {
                ExpectEndOfStatement();
            }
        }
        else
        {
            statement = ParseExpressionStatement();
        }

        if (statement is not null)
        {
            statements.Add(statement);
        }

        if (_index == before && Current.Type != TokenType.Eof)
        {
            // Whatever happened, the parser must go on.
            Next();
        }
    }

    private void ParseCodeEnter(List<ScriptNode> statements)
    {
        var token = Current;
        string? indent = null;
        var afterText = Previous.Type is TokenType.Raw;
        if (afterText && Previous.End.Offset + 1 == token.Start.Offset)
        {
            indent = IndentOf(Previous);
        }

        if (indent is not null || !afterText)
        {
            statements.Add(new ScriptIndentStatement(indent) { Span = SpanOf(token) });
        }

        Next();
    }

    /// <summary>The blanks before a block of code that begins its line.</summary>
    private string? IndentOf(Token raw)
    {
        var end = raw.End.Offset + 1;
        var start = end;
        while (start > raw.Start.Offset && _text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        var atLineStart = start > raw.Start.Offset ? _text[start - 1] == '\n' : start == 0 || _text[start - 1] == '\n';
        return atLineStart && end > start ? _text[start..end] : null;
    }

    private ScriptStatement? ParseKeyword(Parent parent)
    {
        var token = Current;
        if (Peek().Type == TokenType.Dot || IsAssignment(Peek().Type))
        {
            return null;
        }

        switch (token.GetText(_text))
        {
            case "if":
                return ParseIf();
            case "else":
                return ParseOrphanElse(parent);
            case "when":
                Next();
                Error(token, "A `when` condition must be preceded by another `when`/`else`/`case` condition");
                ParseExpression(0);
                return null;
            case "for" or "tablerow":
                return ParseFor();
            case "while":
                return ParseWhile();
            case "case":
                return ParseCase();
            case "func":
                return ParseFunc();
            case "capture":
                return ParseCapture();
            case "with":
                return ParseWith();
            case "wrap":
                return ParseWrap();
            case "import":
                Next();
                var source = Expect("import statement", "import <expression>");
                return source is null ? null : Finish(new ScriptImportStatement(source), token);
            case "readonly":
                Next();
                var variable = ParseExpression(0);
                if (variable is not (ScriptVariable or ScriptLocalVariable))
                {
                    Error(token, "Error while parsing readonly statement: Expecting a variable in: readonly <variable>");
                    return null;
                }

                return Finish(new ScriptReadOnlyStatement(variable), token);
            case "break" or "continue":
                Next();
                return Finish(new ScriptJumpStatement(token.Is(_text, "break") ? FlowState.Break : FlowState.Continue), token);
            case "ret":
                Next();
                return Finish(new ScriptReturnStatement(IsStartOfExpression() ? ParseExpression(0) : null), token);
            default:
                return null;
        }
    }

    private T Finish<T>(T statement, Token start) where T : ScriptStatement
    {
        statement.Span = SpanFrom(start.Start);
        ExpectEndOfStatement();
        return statement;
    }

    private ScriptStatement? ParseExpressionStatement()
    {
        var start = Current;
        var expression = ParseExpression(0, top: true);
        if (expression is null)
        {
            if (Current.Type == TokenType.Eof && !_fatal)
            {
                return null;
            }

            ExpectEndOfStatement();
            return null;
        }

        ScriptStatement statement = _declaration ?? (ScriptStatement)new ScriptExpressionStatement(expression);
        _declaration = null;
        if (statement is ScriptFunctionStatement)
        {
            statement.Span = SpanFrom(start.Start);
            return statement;
        }

        return Finish(statement, start);
    }

    private bool ExpectEndOfStatement()
    {
        if (Current.Type is TokenType.NewLine or TokenType.SemiColon)
        {
            Next();
            return true;
        }

        if (Current.Type is TokenType.CodeExit or TokenType.Eof)
        {
            return true;
        }

        Error($"Invalid token found `{Text(Current)}`. Expecting <EOL>/end of line.");
        _fatal = true;
        _index = _tokens.Count - 1;
        return false;
    }

    private ScriptExpression? Expect(string what, string syntax, string expected = "Expecting <expression> instead of")
    {
        if (IsStartOfExpression())
        {
            return ParseExpression(0);
        }

        Error($"Error while parsing {what}: {expected} `{Text(Current)}` in: {syntax}");
        return null;
    }

    private void EndNotFound(string what, string syntax)
    {
        var message = new LogMessage(new SourceSpan(_fileName, Previous.Start, Previous.Start),
            $"Error while parsing {what}: The <end> statement was not found in: {syntax}");
        if (_messages.Count == 0 || !_fatal || what == "function statement")
        {
            _messages.Add(message);
        }
    }
}
