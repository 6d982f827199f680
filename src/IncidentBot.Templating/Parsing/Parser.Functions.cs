using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

internal sealed partial class Parser
{
    private const string FuncSyntax = "func <variable> ... end";

    private ScriptFunctionStatement? ParseFunc()
    {
        var token = Current;
        Next();
        var name = IsVariable(Current) ? ParseFunctionName() : null;
        if (name is null)
        {
            Error(token, $"Error while parsing function statement: Expecting a variable instead of `{Text(Current)}` in: {FuncSyntax}");
            SkipStatement();
        }

        var parameters = Current.Type == TokenType.OpenParen ? ParseParameters() : null;
        ExpectEndOfStatement();
        var body = ParseBlock("function statement", FuncSyntax);
        return name is null
            ? null
            : At(new ScriptFunctionStatement(name, At(new ScriptFunction(parameters, body), token.Start)), token.Start);
    }

    private IScriptVariablePath? ParseFunctionName()
    {
        var token = Current;
        Next();
        return token.Type == TokenType.Identifier
            ? At(new ScriptVariable(token.GetText(_text)), token.Start)
            : At(new ScriptLocalVariable(token.GetText(_text)), token.Start);
    }

    private ScriptFunctionParameter[] ParseParameters()
    {
        _allowNewLines++;
        Next();
        var parameters = new List<ScriptFunctionParameter>();
        while (Current.Type == TokenType.Identifier)
        {
            var token = Current;
            Next();
            ScriptExpression? otherwise = null;
            var isVariable = Current.Type == TokenType.TripleDot;
            if (isVariable)
            {
                Next();
            }
            else if (Current.Type == TokenType.Equal)
            {
                Next();
                otherwise = Expect("function statement", FuncSyntax);
            }

            CheckOrder(token, parameters, otherwise is not null, isVariable);
            parameters.Add(new ScriptFunctionParameter(string.Intern(token.GetText(_text)), otherwise, isVariable));
            if (Current.Type != TokenType.Comma)
            {
                break;
            }

            Next();
        }

        _allowNewLines--;
        if (Current.Type == TokenType.CloseParen)
        {
            Next();
        }
        else
        {
            Error("Expecting a closing parenthesis for a function call.");
        }

        return [.. parameters];
    }

    private void CheckOrder(Token token, List<ScriptFunctionParameter> before, bool isOptional, bool isVariable)
    {
        var last = before.Count > 0 ? before[^1] : null;
        if (last is null)
        {
            return;
        }

        if (!isOptional && !isVariable && (last.Default is not null || last.IsVariable))
        {
            Error(token, "Cannot declare a normal parameter after an optional parameter.");
        }
        else if (last.IsVariable)
        {
            Error(token, isOptional
                ? "Cannot declare an optional parameter after a variable parameter (`...`)."
                : "Cannot declare multiple variable parameters.");
        }
    }

    private ScriptFunction? ParseAnonymousFunction(Token token)
    {
        // The body has lines of its own, even between parentheses.
        var newLines = _allowNewLines;
        _allowNewLines = 0;
        var body = ParseBlock("anonymous function", "do ... end");
        _allowNewLines = newLines;
        SkipNewLines();
        return At(new ScriptFunction(null, body), token.Start);
    }
}
