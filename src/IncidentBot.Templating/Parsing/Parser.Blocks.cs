using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

/// <summary>The statements that have a body.</summary>
internal sealed partial class Parser
{
    private const string IfSyntax = "if <expression> ... end|else|else if";
    private const string ElseSyntax = "else | else if <expression> ... end|else|else if";
    private const string ForSyntax = "for <variable> in <expression> ... end";

    private ScriptBlock ParseBlock(Parent parent, out Terminator terminator)
    {
        var statements = new List<ScriptNode>();
        var start = Current.Start;
        ParseStatements(statements, parent, out terminator);
        return Make(statements, start);
    }

    private ScriptBlock ParseBlock(string what, string syntax)
    {
        var block = ParseBlock(Parent.Block, out var terminator);
        if (terminator == Terminator.EndOfFile)
        {
            EndNotFound(what, syntax);
        }

        return block;
    }

    private ScriptIfStatement? ParseIf()
    {
        var first = ParseIfHead(out var terminator);
        var last = first;
        // A chain of `else if` is read in a loop: its length must not use the stack.
        while (terminator == Terminator.Else)
        {
            Next();
            if (Is("if"))
            {
                var next = ParseIfHead(out terminator);
                if (last is not null)
                {
                    last.Else = next;
                }

                last = next;
                continue;
            }

            var otherwise = ParseElseBody();
            if (last is not null)
            {
                last.Else = otherwise;
            }

            break;
        }

        return first;
    }

    private ScriptIfStatement? ParseIfHead(out Terminator terminator)
    {
        var token = Current;
        Next();
        var condition = Expect("if statement", IfSyntax);
        terminator = Terminator.EndOfFile;
        if (!ExpectEndOfStatement())
        {
            return null;
        }

        var body = ParseBlock(Parent.If, out terminator);
        if (terminator == Terminator.EndOfFile)
        {
            EndNotFound("if statement", IfSyntax);
        }

        return condition is null ? null : new ScriptIfStatement(condition, body) { Span = SpanFrom(token.Start) };
    }

    /// <summary>Reads the body behind an <c>else</c> and its <c>end</c>.</summary>
    private ScriptBlock? ParseElseBody()
    {
        if (!ExpectEndOfStatement())
        {
            return null;
        }

        return ParseBlock("else statement", ElseSyntax);
    }

    private ScriptStatement? ParseOrphanElse(Parent parent)
    {
        var token = Current;
        Next();
        if (Is("if"))
        {
            ParseIf();
        }
        else
        {
            ParseElseBody();
        }

        Error(token, "A else condition must be preceded by another if/else/when condition or a for loop.");
        return null;
    }

    private ScriptForStatement? ParseFor()
    {
        var token = Current;
        var keyword = token.GetText(_text);
        var what = $"{keyword} statement";
        var syntax = keyword == "for" ? ForSyntax : "tablerow <variable> in <expression> ... end";
        Next();
        ScriptExpression? iterator = null;
        List<ScriptNamedArgument> options = [];
        var variable = IsVariable(Current) ? ParsePrimary() : null;
        if (variable is not (ScriptVariable or ScriptLocalVariable))
        {
            Error(token, $"Error while parsing {what}: Expecting a variable instead of `{Text(Current)}` in: {syntax}");
            SkipStatement();
        }
        else if (!Is("in"))
        {
            Error(token, $"Error while parsing {what}: Expecting 'in' word instead of `{Text(Current)}` in: {syntax}");
            SkipStatement();
        }
        else
        {
            Next();
            _loopOptions = options;
            iterator = Expect(what, syntax);
            _loopOptions = null;
            ParseLoopOptions(options);
        }

        if (!ExpectEndOfStatement())
        {
            return null;
        }

        var body = ParseBlock(Parent.For, out var terminator);
        ScriptBlock? otherwise = null;
        if (terminator == Terminator.Else)
        {
            Next();
            if (Is("if"))
            {
                Error("Invalid if/else combination within a for statement.");
                ParseIf();
            }
            else
            {
                otherwise = ParseElseBody();
            }
        }
        else if (terminator == Terminator.EndOfFile)
        {
            EndNotFound(what, syntax);
        }

        return variable is null || iterator is null
            ? null
            : new ScriptForStatement(keyword, variable, iterator, [.. options], body, otherwise) { Span = SpanFrom(token.Start) };
    }

    private void ParseLoopOptions(List<ScriptNamedArgument> options)
    {
        while (Current.Type == TokenType.Identifier)
        {
            var name = Current;
            Next();
            ScriptExpression? value = null;
            if (Current.Type == TokenType.Colon)
            {
                Next();
                value = ParseOperand();
            }

            options.Add(new ScriptNamedArgument(name.GetText(_text), value) { Span = SpanFrom(name.Start) });
        }
    }

    private void SkipStatement()
    {
        while (Current.Type is not (TokenType.NewLine or TokenType.SemiColon or TokenType.CodeExit or TokenType.Eof))
        {
            Next();
        }
    }

    private ScriptWhileStatement? ParseWhile()
    {
        const string Syntax = "while <expression> ... end";
        var token = Current;
        Next();
        var condition = Expect("while statement", Syntax);
        if (!ExpectEndOfStatement())
        {
            return null;
        }

        var body = ParseBlock("while statement", Syntax);
        return condition is null ? null : new ScriptWhileStatement(condition, body) { Span = SpanFrom(token.Start) };
    }

    private ScriptCaseStatement? ParseCase()
    {
        const string Syntax = "case <expression> ... end|when|else";
        var token = Current;
        Next();
        var value = Expect("case statement", Syntax);
        if (!ExpectEndOfStatement())
        {
            return null;
        }

        // Text between `case` and the first `when` is written nowhere.
        ParseStatements([], Parent.Case, out var terminator);
        var branches = new List<ScriptWhen>();
        ScriptBlock? otherwise = null;
        while (terminator == Terminator.When)
        {
            Next();
            var values = ParseWhenValues();
            if (!ExpectEndOfStatement())
            {
                return null;
            }

            branches.Add(new ScriptWhen([.. values], ParseBlock(Parent.When, out terminator)));
        }

        if (terminator == Terminator.Else)
        {
            Next();
            otherwise = ParseElseBody();
        }
        else if (terminator == Terminator.EndOfFile)
        {
            EndNotFound("case statement", Syntax);
        }

        return value is null ? null : new ScriptCaseStatement(value, [.. branches], otherwise) { Span = SpanFrom(token.Start) };
    }

    private List<ScriptExpression> ParseWhenValues()
    {
        var values = new List<ScriptExpression>();
        while (IsStartOfExpression())
        {
            if (ParseExpression(Precedence.Or) is { } value)
            {
                values.Add(value);
            }

            if (Current.Type is not (TokenType.Comma or TokenType.DoubleVerticalBar))
            {
                break;
            }

            Next();
        }

        if (values.Count == 0)
        {
            Error($"Error while parsing when statement: Expecting <expression> instead of `{Text(Current)}` in: when <expression> ... end|when|else");
        }

        return values;
    }

    private ScriptCaptureStatement? ParseCapture()
    {
        const string Syntax = "capture <variable> ... end";
        var token = Current;
        Next();
        var target = Expect("capture statement", Syntax);
        if (!ExpectEndOfStatement())
        {
            return null;
        }

        var body = ParseBlock("capture statement", Syntax);
        if (target is null)
        {
            return null;
        }

        if (target is not IScriptVariablePath path)
        {
            Error(target.Span, "Unsupported target expression for capture.");
            return null;
        }

        return new ScriptCaptureStatement(path, body) { Span = SpanFrom(token.Start) };
    }

    private ScriptWithStatement? ParseWith()
    {
        const string Syntax = "with <variable> ... end";
        var token = Current;
        Next();
        var target = Expect("with statement", Syntax);
        if (!ExpectEndOfStatement())
        {
            return null;
        }

        var body = ParseBlock("with statement", Syntax);
        return target is null ? null : new ScriptWithStatement(target, body) { Span = SpanFrom(token.Start) };
    }

    private ScriptWrapStatement? ParseWrap()
    {
        const string Syntax = "wrap <function_call> ... end";
        var token = Current;
        Next();
        var target = Expect("wrap statement", Syntax);
        if (!ExpectEndOfStatement())
        {
            return null;
        }

        var body = ParseBlock("wrap statement", Syntax);
        return target is null ? null : new ScriptWrapStatement(target, body) { Span = SpanFrom(token.Start) };
    }
}
