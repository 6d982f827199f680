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
        var level = _level;
        var newLineLevel = _newLineLevel;
        (_level, _newLineLevel) = (0, 0);
        ExpectEndOfStatement();
        // What the body's own code blocks say about indents must not outlive it.
        var indent = _indent;
        ParseFunctionBody(declaration);
        _indent = indent;
        (_level, _newLineLevel) = (level, newLineLevel);
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
        Finish(statement, start);
        Advance();
        var outer = _function;
        _function = declaration;
        if (ParseExpressionStatement() is ScriptExpressionStatement { Expression: { } result }) declaration.Result = result;
        _function = outer;
        Finish(declaration, start);
        _inlineFunction = Finish(statement, start);
        return head;
    }

    private ScriptExpression? ExpectName(ScriptNode node)
    {
        if (_current.Type is not (TokenType.Identifier or TokenType.LocalIdentifier))
        {
            Log(node, node.Span, $"Expecting a variable instead of `{Shown(_current)}`");
            return null;
        }

        var variable = ParseVariable();
        if (variable is ScriptVariable or ScriptLocalVariable or ScriptArgumentsVariable { Index: < 0 }) return variable;
        Log(node, node.Span, $"Unexpected variable `{variable}`");
        return null;
    }

    private void ParseParameters(ScriptFunctionStatement node, ScriptFunctionDeclaration declaration)
    {
        Advance();
        var parameters = new List<ScriptParameter>();
        var isClosed = false;
        while (!_isFatal && !(isClosed = Accept(TokenType.CloseParen)))
        {
            if (!StartsParenthesized(parameters.Count == 0) || ParseParameter(node, parameters) is not { } parameter) break;
            parameters.Add(parameter);
        }

        if (!isClosed) Log(SpanOf(_current), "Expecting a closing parenthesis for a function call.");
        declaration.Parameters = [.. parameters];
        declaration.Required = parameters.Count(p => p.Default is null && !p.IsRest);
    }

    private ScriptParameter? ParseParameter(ScriptFunctionStatement node, List<ScriptParameter> before)
    {
        if (ExpectName(node) is not { } variable) return null;
        var span = variable.Span;
        if (variable is not ScriptVariable) Log(span, "Expecting only a simple name parameter for a function");
        var name = (variable as ScriptVariable)?.Name ?? variable.ToString();
        var hasRest = before.Exists(p => p.IsRest);
        if (Accept(TokenType.Assign))
        {
            if (hasRest) Log(span, "Cannot declare an optional parameter after a variable parameter (`...`).");
            var standard = ExpectExpression(node);
            if (standard is not ScriptLiteral) Log(span, "Expecting only a literal for an optional parameter value.");
            return new ScriptParameter(name, standard, false);
        }

        if (Accept(TokenType.TripleDot))
        {
            if (hasRest) Log(span, "Cannot declare multiple variable parameters.");
            return new ScriptParameter(name, null, true);
        }

        if (before.Exists(p => p.IsRest || p.Default is not null))
            Log(span, "Cannot declare a normal parameter after an optional parameter.");
        return new ScriptParameter(name, null, false);
    }
}
