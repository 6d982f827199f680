using System.Globalization;
using System.Numerics;
using IncidentBot.Templating.Runtime;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

internal sealed partial class Parser
{
    /// <summary>An operand with its members, indexers and calls in parentheses.</summary>
    private ScriptExpression? ParseOperand()
    {
        var depth = _depth;
        try
        {
            if (!Enter(ref _depth))
            {
                return null;
            }

            var operand = ParsePrimary();
            while (operand is not null && operand is not ScriptFunction && Enter(ref _depth))
            {
                var next = ParsePostfix(operand);
                if (ReferenceEquals(next, operand))
                {
                    break;
                }

                operand = next;
            }

            return operand;
        }
        finally
        {
            _depth = depth;
        }
    }

    private ScriptExpression? ParsePostfix(ScriptExpression target)
    {
        var token = Current;
        switch (token.Type)
        {
            case TokenType.Dot or TokenType.QuestionDot:
                if (Peek().Type != TokenType.Identifier)
                {
                    Error(Peek(), $"Invalid token `{Peek().Type}`. The dot operator is expected to be followed by a plain identifier");
                    _fatal = true;
                    return null;
                }

                Next();
                var name = Current;
                Next();
                var optional = token.Type == TokenType.QuestionDot || target is ScriptMemberExpression { IsOptional: true };
                return At(new ScriptMemberExpression(target, name.GetText(_text), SpanOf(name), optional), target.Span.Start);
            case TokenType.OpenBracket when !token.SpaceBefore && target is ScriptVariablePath or ScriptLiteral or ScriptFunctionCall:
                return ParseIndexer(target);
            case TokenType.OpenParen when !token.SpaceBefore && target is ScriptVariablePath or ScriptFunctionCall:
                return ParseExplicitCall(target);
            case TokenType.DoublePlus or TokenType.DoubleMinus when target is IScriptVariablePath:
                Next();
                return At(new ScriptIncrementExpression(target, token.Type == TokenType.DoublePlus ? 1 : -1, true, SpanOf(token)), target.Span.Start);
            default:
                return target;
        }
    }

    private ScriptIndexerExpression? ParseIndexer(ScriptExpression target)
    {
        _allowNewLines++;
        Next();
        var index = Expect("indexer expression", "<expression>[<index_expression>]", "Expecting <index_expression> instead of");
        _allowNewLines--;
        if (Current.Type == TokenType.CloseBracket)
        {
            Next();
        }
        else
        {
            Error($"Unexpected `{Text(Current)}`. Expecting ']'");
        }

        return index is null ? null : At(new ScriptIndexerExpression(target, index), target.Span.Start);
    }

    private ScriptExpression? ParsePrimary()
    {
        var token = Current;
        switch (token.Type)
        {
            case TokenType.Identifier:
                return ParseName();
            case TokenType.IdentifierSpecial:
                Next();
                var text = token.GetText(_text);
                if (text == "$" && Current.Type == TokenType.IdentifierSpecial && !Current.SpaceBefore && Current.Length == 1)
                {
                    Next();
                    return At(new ScriptBlockDelegate(), token.Start);
                }

                return At(new ScriptLocalVariable(text), token.Start);
            case TokenType.Integer or TokenType.HexInteger or TokenType.BinaryInteger or TokenType.Float:
                Next();
                return At(new ScriptLiteral(NumberOf(token), token.GetText(_text)), token.Start);
            case TokenType.String or TokenType.VerbatimString:
                Next();
                return At(new ScriptLiteral(StringOf(token), token.GetText(_text)), token.Start);
            case TokenType.InterpolatedBegin:
                return ParseInterpolated();
            case TokenType.OpenParen:
                return ParseParenthesis();
            case TokenType.OpenBracket:
                return ParseArray();
            case TokenType.OpenBrace:
                return ParseObject();
            case TokenType.DoublePlus or TokenType.DoubleMinus:
                Next();
                var operand = ParseOperand();
                if (operand is not IScriptVariablePath)
                {
                    Error("The operand of an increment or decrement operator must be a variable, property or indexer");
                    return null;
                }

                return At(new ScriptIncrementExpression(operand, token.Type == TokenType.DoublePlus ? 1 : -1, false, SpanOf(token)), token.Start);
            case TokenType.Exclamation or TokenType.Minus or TokenType.Plus or TokenType.Arroba or TokenType.Caret or TokenType.DoubleCaret:
                return ParseUnary();
            default:
                Error($"Unexpected token `{Text(token)}` while parsing expression");
                return null;
        }
    }

    private ScriptUnaryExpression? ParseUnary()
    {
        var token = Current;
        Next();
        if (!IsStartOfExpression())
        {
            Error($"Error while parsing unary expression: Expecting <expression> instead of `{Text(Current)}` in: <operator> <expression>");
            return null;
        }

        var right = token.Type is TokenType.Exclamation ? ParseExpression(Precedence.Unary) : ParseOperand();
        return right is null ? null : At(new ScriptUnaryExpression(token.Type, token.GetText(_text), right), token.Start);
    }

    private ScriptExpression? ParseName()
    {
        var token = Current;
        var name = token.GetText(_text);
        if (ScriptLoopVariable.IsLoop(name) && Peek().Type == TokenType.Dot && Peek(2) is { Type: TokenType.Identifier } member)
        {
            Next();
            Next();
            Next();
            var memberName = member.GetText(_text);
            if (!ScriptLoopVariable.IsKnown(memberName))
            {
                Error(token, $"The loop variable <{name}.{memberName}> is not supported");
            }
            else if (name == "while" && memberName is "last" or "rindex" or "length" or "changed")
            {
                Error(token, $"The loop variable <{name}.{memberName}> is invalid");
            }

            return At(new ScriptLoopVariable(name, memberName, SpanOf(member)), token.Start);
        }

        Next();
        return name switch
        {
            "true" => At(new ScriptLiteral(Boxed.True, name), token.Start),
            "false" => At(new ScriptLiteral(Boxed.False, name), token.Start),
            "null" => At(new ScriptLiteral(null, name), token.Start),
            "this" => At(new ScriptThisExpression(), token.Start),
            "do" => ParseAnonymousFunction(token),
            _ => At(new ScriptVariable(name), token.Start),
        };
    }

    private ScriptNestedExpression? ParseParenthesis()
    {
        var token = Current;
        _allowNewLines++;
        var saved = _noNamedArguments;
        _noNamedArguments = 0;
        Next();
        var expression = Expect("nested expression", "(<expression>)");
        _noNamedArguments = saved;
        _allowNewLines--;
        if (Current.Type == TokenType.CloseParen)
        {
            Next();
        }
        else if (expression is not null)
        {
            Error($"Invalid token `{Text(Current)}`. Expecting a closing `)`.");
        }

        return expression is null ? null : At(new ScriptNestedExpression(expression), token.Start);
    }

    private ScriptArrayInitializer? ParseArray()
    {
        var token = Current;
        _allowNewLines++;
        Next();
        var values = new List<ScriptExpression>();
        var failed = false;
        while (Current.Type != TokenType.CloseBracket)
        {
            if (Expect("array initializer", "[item1, item2,...]") is not { } value)
            {
                failed = true;
                break;
            }

            values.Add(value);
            if (Current.Type != TokenType.Comma)
            {
                break;
            }

            Next();
        }

        _allowNewLines--;
        if (Current.Type == TokenType.CloseBracket)
        {
            Next();
        }
        else if (!failed)
        {
            Error($"Unexpected token found `{Text(Current)}` while expecting `]`.");
        }

        return At(new ScriptArrayInitializer([.. values]), token.Start);
    }

    private ScriptObjectInitializer ParseObject()
    {
        var token = Current;
        _allowNewLines++;
        var saved = _noNamedArguments;
        _noNamedArguments = 0;
        Next();
        var members = new List<KeyValuePair<string, ScriptExpression>>();
        while (Current.Type != TokenType.CloseBrace && ParseMember(members))
        {
            if (Current.Type != TokenType.Comma)
            {
                break;
            }

            Next();
        }

        _noNamedArguments = saved;
        _allowNewLines--;
        if (Current.Type == TokenType.CloseBrace)
        {
            Next();
        }

        return At(new ScriptObjectInitializer([.. members]), token.Start);
    }

    private bool ParseMember(List<KeyValuePair<string, ScriptExpression>> members)
    {
        var name = Current;
        if (name.Type is not (TokenType.Identifier or TokenType.String or TokenType.VerbatimString))
        {
            Error($"Unexpected token `{Text(name)}` while parsing object initializer. Expecting a simple identifier for the member name.");
            return false;
        }

        Next();
        if (Current.Type != TokenType.Colon)
        {
            Error($"Unexpected token `{Text(Current)}` Expecting a colon : after identifier `{Text(name)}` for object initializer member name");
            return false;
        }

        Next();
        if (!IsStartOfExpression())
        {
            Error($"Unexpected token `{Text(Current)}`. Expecting an expression for the value of the member.");
            return false;
        }

        if (ParseExpression(0) is not { } value)
        {
            return false;
        }

        members.Add(new(string.Intern(name.Type == TokenType.Identifier ? name.GetText(_text) : StringOf(name)), value));
        return true;
    }

    private ScriptInterpolatedString? ParseInterpolated()
    {
        var token = Current;
        Next();
        var parts = new List<ScriptExpression>();
        while (Current.Type is TokenType.InterpolatedText or TokenType.InterpolatedOpen)
        {
            var part = Current;
            if (part.Type == TokenType.InterpolatedText)
            {
                Next();
                var text = Lexer.Unescape(_text, part.Start.Offset, part.End.Offset + 1);
                parts.Add(At(new ScriptLiteral(text, text), part.Start));
                continue;
            }

            Next();
            if (ParseExpression(0) is not { } value)
            {
                return null;
            }

            parts.Add(value);
            if (Current.Type != TokenType.InterpolatedClose)
            {
                Error("Opened interpolated expression not closed on the same line.");
                return null;
            }

            Next();
        }

        if (Current.Type != TokenType.InterpolatedEnd)
        {
            Error($"Unexpected token `{Text(Current)}` while parsing expression");
            return null;
        }

        Next();
        return At(new ScriptInterpolatedString([.. parts]), token.Start);
    }

    private string StringOf(Token token) => token.Type == TokenType.VerbatimString
        ? _text.Substring(token.Start.Offset + 1, token.Length - 2).Replace("``", "`", StringComparison.Ordinal)
        : Lexer.Unescape(_text, token.Start.Offset + 1, token.End.Offset);

    private object NumberOf(Token token)
    {
        var digits = token.GetText(_text).Replace("_", "", StringComparison.Ordinal);
        switch (token.Type)
        {
            case TokenType.HexInteger:
                var isUnsigned = digits[^1] is 'u' or 'U';
                var hex = BigInteger.Parse("0" + digits[2..].TrimEnd('u', 'U'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                return isUnsigned || hex > uint.MaxValue ? Arithmetic.Fit(hex) : Boxed.Int((int)(uint)hex);
            case TokenType.BinaryInteger:
                var value = BigInteger.Zero;
                foreach (var bit in digits[2..].TrimEnd('u', 'U'))
                {
                    value = (value << 1) + (bit - '0');
                }

                return Arithmetic.Fit(value);
            case TokenType.Integer:
                return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? Boxed.Long(number)
                    : BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        }

        var body = digits.TrimEnd('f', 'F', 'd', 'D', 'm', 'M');
        if (digits[^1] is 'f' or 'F')
        {
            return float.Parse(body, CultureInfo.InvariantCulture);
        }

        return digits[^1] is 'm' or 'M' && decimal.TryParse(body, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? exact
            : double.Parse(body, CultureInfo.InvariantCulture);
    }
}
