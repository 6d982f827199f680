using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

/// <summary>Functions: <c>func</c>, <c>do</c> and <c>f(x) = …</c>.</summary>
internal sealed partial class Parser
{
    /// <summary>A function that turned up where an expression was expected: <c>f(x) = …</c>.</summary>
    private ScriptFunctionStatement? _inlineFunction;

    private ScriptFunctionStatement ParseFunc()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptFunctionStatement(), start);
        var declaration = Finish(new ScriptFunctionDeclaration(), start);
        node.Declaration = declaration;
        node.Name = ExpectName(node);
        if (node.Name is ScriptLocalVariable local) declaration.LocalName = local.Name;
        if (_current.Type == TokenType.OpenParen) ParseParameters(node, declaration);
        ExpectEndOfStatement();
        ParseFunctionBody(declaration);
        Finish(declaration, start);
        return Finish(node, start);
    }

    private ScriptAnonymousFunction ParseAnonymousFunction()
    {
        var start = _current.Start;
        Advance();
        var node = Finish(new ScriptAnonymousFunction(), start);
        var declaration = Finish(new ScriptFunctionDeclaration { IsAnonymous = true }, start);
        node.Declaration = declaration;
        ExpectEndOfStatement();
        // What the body's own code blocks say about indents must not outlive it.
        var indent = _indent;
        ParseFunctionBody(declaration);
        _indent = indent;
        Finish(declaration, start);
        return Finish(node, start);
    }

    private void ParseFunctionBody(ScriptFunctionDeclaration declaration)
    {
        var outer = _function;
        _function = declaration;
        declaration.Body = ParseBlock(declaration);
        _function = outer;
    }

    /// <summary>Makes a function of <c>f(x) = expression</c>, of which the part before the sign has been parsed as a call.</summary>
    private ScriptFunctionCall ParseInlineFunction(ScriptFunctionCall head)
    {
        var start = head.Start;
        var statement = new ScriptFunctionStatement { Name = head.Target };
        var declaration = Finish(new ScriptFunctionDeclaration(), start);
        statement.Declaration = declaration;
        declaration.Parameters =
            [.. head.Arguments.Select(a => new ScriptParameter(((ScriptVariable)a).Name, null, false))];
        declaration.Required = head.Arguments.Length;
        if (head.Target is ScriptLocalVariable local) declaration.LocalName = local.Name;
        Finish(statement, start);
        Advance();
        var outer = _function;
        _function = declaration;
        declaration.Result = ExpectExpression(statement);
        _function = outer;
        Finish(declaration, start);
        _inlineFunction = Finish(statement, start);
        return head;
    }

    private ScriptExpression? ExpectName(ScriptNode node)
    {
        if (_current.Type is TokenType.Identifier or TokenType.LocalIdentifier && ParseVariable() is var variable
            && variable is ScriptVariable or ScriptLocalVariable)
        {
            return variable;
        }

        Log(node, node.Span, $"Expecting a variable instead of `{Shown(_current)}`");
        return null;
    }

    private void ParseParameters(ScriptFunctionStatement node, ScriptFunctionDeclaration declaration)
    {
        Advance();
        var parameters = new List<ScriptParameter>();
        var isFirst = true;
        SkipNewLines();
        while (_current.Type != TokenType.CloseParen && !_isFatal)
        {
            if (!isFirst && !Accept(TokenType.Comma))
                Log(SpanOf(_current), "Expecting a comma to separate arguments in a function call.");
            isFirst = false;
            SkipNewLines();
            if (ParseParameter(node, parameters) is not { } parameter) break;
            parameters.Add(parameter);
            SkipNewLines();
        }

        if (!Accept(TokenType.CloseParen) && !_isFatal)
            Log(SpanOf(_current), "Expecting a closing parenthesis for a function call.");
        declaration.Parameters = [.. parameters];
        declaration.Required = parameters.Count(p => p.Default is null && !p.IsRest);
    }

    private ScriptParameter? ParseParameter(ScriptFunctionStatement node, List<ScriptParameter> before)
    {
        var span = SpanOf(_current);
        if (ExpectName(node) is not { } variable) return null;
        var name = variable is ScriptVariable global ? global.Name : ((ScriptLocalVariable)variable).Name;
        ScriptExpression? standard = null;
        var isRest = Accept(TokenType.TripleDot);
        if (!isRest && Accept(TokenType.Assign)) standard = ExpectExpression(node);
        var last = before.Count > 0 ? before[^1] : null;
        if (last is { IsRest: true } && standard is not null)
            Log(span, "Cannot declare an optional parameter after a variable parameter (`...`).");
        else if (last is not null && (last.IsRest || (last.Default is not null && standard is null && !isRest)))
            Log(span, "Cannot declare a normal parameter after an optional parameter.");
        return new ScriptParameter(name, standard, isRest);
    }
}
