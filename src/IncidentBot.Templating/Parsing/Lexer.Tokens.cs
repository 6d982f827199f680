namespace IncidentBot.Templating.Parsing;

/// <summary>The tokens inside of code.</summary>
internal sealed partial class Lexer
{
    private Token Identifier(int start)
    {
        _at = start + 1;
        while (IsIdentifierPart(CharAt(_at))) _at++;
        return new Token(TokenType.Identifier, start, _at);
    }

    private Token Dollar(int start)
    {
        var next = CharAt(start + 1);
        if (next is '"' or '\'')
        {
            _at = start + 2;
            return InterpolationPart(next, TokenType.InterpolationBegin);
        }

        _at = start + 1;
        if (next == '$') _at++;
        else while (IsIdentifierPart(CharAt(_at))) _at++;
        return new Token(TokenType.LocalIdentifier, start, _at);
    }

    private Token Number(int start)
    {
        var kind = CharAt(start + 1);
        if (_text[start] == '0' && kind is 'x' or 'X' or 'b' or 'B')
        {
            _at = start + 2;
            var hex = kind is 'x' or 'X';
            while (CharAt(_at) is var d && (d == '_' || (hex ? char.IsAsciiHexDigit(d) : d is '0' or '1'))) _at++;
            if (CharAt(_at) is 'u' or 'U') _at++;
            return new Token(hex ? TokenType.HexInteger : TokenType.BinaryInteger, start, _at);
        }

        _at = start;
        SkipDigits();
        var type = TokenType.Integer;
        if (CharAt(_at) == '.' && char.IsAsciiDigit(CharAt(_at + 1)))
        {
            type = TokenType.Float;
            _at++;
            SkipDigits();
        }

        if (CharAt(_at) is 'e' or 'E')
        {
            var sign = CharAt(_at + 1) is '+' or '-' ? 1 : 0;
            if (char.IsAsciiDigit(CharAt(_at + 1 + sign)))
            {
                // 1e3 stays an integer; 1e-3 and 1.5e3 do not.
                if (CharAt(_at + 1) == '-') type = TokenType.Float;
                _at += 1 + sign;
                SkipDigits();
            }
        }

        switch (CharAt(_at))
        {
            case 'f' or 'F' or 'd' or 'D' or 'm' or 'M' when !IsIdentifierPart(CharAt(_at + 1)):
                type = TokenType.Float;
                _at++;
                break;
            case 'u' or 'U' when !IsIdentifierPart(CharAt(_at + 1)):
                _at++;
                break;
        }

        return new Token(type, start, _at);
    }

    private void SkipDigits()
    {
        while (CharAt(_at) is '_' or (>= '0' and <= '9')) _at++;
    }

    private Token QuotedString(int start)
    {
        var quote = _text[start];
        for (var at = start + 1; at < _text.Length; at++)
        {
            if (_text[at] == '\\')
            {
                at++;
            }
            else if (_text[at] == quote)
            {
                _at = at + 1;
                return new Token(TokenType.String, start, _at);
            }
        }

        return Unterminated(start, quote);
    }

    private Token Verbatim(int start)
    {
        for (var at = start + 1; at < _text.Length; at++)
        {
            if (_text[at] != '`') continue;
            if (CharAt(at + 1) == '`')
            {
                at++;
                continue;
            }

            _at = at + 1;
            return new Token(TokenType.VerbatimString, start, _at);
        }

        return Unterminated(start, '`');
    }

    /// <summary>Text of an interpolated string up to the next expression or the end. The token holds the text alone.</summary>
    private Token InterpolationPart(char quote, TokenType type)
    {
        var start = _at;
        for (var at = start; at < _text.Length; at++)
        {
            var c = _text[at];
            if (c == '\\')
            {
                at++;
            }
            else if (c == '{')
            {
                if (type == TokenType.InterpolationBegin) _interpolations.Push((quote, _braces));
                _at = at + 1;
                return new Token(type, start, at);
            }
            else if (c == quote)
            {
                if (type == TokenType.InterpolationMiddle) _interpolations.Pop();
                _at = at + 1;
                return new Token(TokenType.InterpolationEnd, start, at);
            }
        }

        return Unterminated(start, quote);
    }

    private Token Unterminated(int start, char quote)
    {
        _at = _text.Length;
        return Fail(start, Math.Min(start + 1, _text.Length), $"Unexpected end of file while parsing a string not terminated by a {quote}");
    }

    private Token Operator(int start, char c)
    {
        var second = CharAt(start + 1);
        var third = CharAt(start + 2);
        var (type, length) = c switch
        {
            ';' => (TokenType.SemiColon, 1),
            '(' => (TokenType.OpenParen, 1),
            ')' => (TokenType.CloseParen, 1),
            '[' => (TokenType.OpenBracket, 1),
            ']' => (TokenType.CloseBracket, 1),
            ',' => (TokenType.Comma, 1),
            ':' => (TokenType.Colon, 1),
            '@' => (TokenType.At, 1),
            '^' => (TokenType.Caret, 1),
            '.' when second == '.' && third == '.' => (TokenType.TripleDot, 3),
            '.' when second == '.' && third == '<' => (TokenType.RangeExclusive, 3),
            '.' when second == '.' => (TokenType.Range, 2),
            '.' => (TokenType.Dot, 1),
            '?' when second == '.' && !char.IsAsciiDigit(third) => (TokenType.QuestionDot, 2),
            '?' when second == '?' => (TokenType.Coalesce, 2),
            '?' when second == '!' => (TokenType.NotNullThen, 2),
            '?' => (TokenType.Question, 1),
            '=' when second == '=' => (TokenType.Equal, 2),
            '=' => (TokenType.Assign, 1),
            '!' when second == '=' => (TokenType.NotEqual, 2),
            '!' => (TokenType.Not, 1),
            '<' when second == '=' => (TokenType.LessOrEqual, 2),
            '<' when second == '<' => (TokenType.ShiftLeft, 2),
            '<' => (TokenType.Less, 1),
            '>' when second == '=' => (TokenType.GreaterOrEqual, 2),
            '>' when second == '>' => (TokenType.ShiftRight, 2),
            '>' => (TokenType.Greater, 1),
            '&' when second == '&' => (TokenType.And, 2),
            '|' when second == '|' => (TokenType.Or, 2),
            '|' when second == '>' => (TokenType.Pipe, 2),
            '|' => (TokenType.Pipe, 1),
            '+' when second == '=' => (TokenType.AddAssign, 2),
            '+' when second == '+' && IsStep(start) => (TokenType.Increment, 2),
            '+' => (TokenType.Plus, 1),
            '-' when second == '=' => (TokenType.SubtractAssign, 2),
            '-' when second == '-' && IsStep(start) => (TokenType.Decrement, 2),
            '-' => (TokenType.Minus, 1),
            '*' when second == '=' => (TokenType.MultiplyAssign, 2),
            '*' => (TokenType.Multiply, 1),
            '/' when second == '/' && third == '=' => (TokenType.DivideRoundAssign, 3),
            '/' when second == '/' => (TokenType.DivideRound, 2),
            '/' when second == '=' => (TokenType.DivideAssign, 2),
            '/' => (TokenType.Divide, 1),
            '%' when second == '=' => (TokenType.ModulusAssign, 2),
            '%' => (TokenType.Modulus, 1),
            _ => (TokenType.Invalid, 1),
        };
        _at = start + length;
        return type == TokenType.Invalid
            ? Fail(start, _at, $"Unexpected character `{c}`")
            : new Token(type, start, _at);
    }

    /// <summary>Tells <c>x++</c> and <c>++x</c> from <c>1 - -2</c> written without a space.</summary>
    private bool IsStep(int start)
    {
        var before = start > 0 && (IsIdentifierPart(_text[start - 1]) || _text[start - 1] is ']' or ')');
        var after = CharAt(start + 2) is var c && (IsIdentifierPart(c) || c is '$' or '(');
        return before ? !after : after && !char.IsAsciiDigit(CharAt(start + 2)) && CharAt(start + 2) != '(';
    }

    private static bool IsIdentifierPart(char c) =>
        char.IsAsciiLetterOrDigit(c) || c == '_' || (c > 127 && char.IsLetterOrDigit(c));
}
