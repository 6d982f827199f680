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
        if (_text[start] == '0' && kind is 'x' or 'b') return Prefixed(start, kind == 'x');
        _at = start;
        SkipDigits();
        var type = TokenType.Integer;
        // "1.." is a range and "1.x" a member; "1." alone is a number.
        if (CharAt(_at) == '.' && CharAt(_at + 1) is var c && c != '.' && (IsFloatSuffix(c) || c is 'e' or 'E' || !char.IsLetter(c)))
        {
            type = TokenType.Float;
            _at++;
            while (char.IsAsciiDigit(CharAt(_at))) _at++;
        }

        if (CharAt(_at) is 'e' or 'E')
        {
            _at += CharAt(_at + 1) is '+' or '-' ? 2 : 1;
            if (!char.IsAsciiDigit(CharAt(_at))) return Fail(_at, _at + 1, "Expecting at least one digit after the exponent");
            while (char.IsAsciiDigit(CharAt(_at))) _at++;
        }

        if (IsFloatSuffix(CharAt(_at)) && !IsIdentifierPart(CharAt(_at + 1)))
        {
            type = TokenType.Float;
            _at++;
        }

        return new Token(type, start, _at);
    }

    private Token Prefixed(int start, bool isHex)
    {
        var hasDigit = false;
        var hasPoint = false;
        for (_at = start + 2; CharAt(_at) is var d; _at++)
        {
            var isDigit = isHex ? char.IsAsciiHexDigit(d) : d is '0' or '1';
            var isPoint = d == '.' && !isHex && !hasPoint && _at > start + 2 && CharAt(_at + 1) is ('0' or '1');
            if (!isDigit && !isPoint && d != '_') break;
            hasDigit |= isDigit;
            hasPoint |= isPoint;
        }

        var suffix = CharAt(_at);
        var isSuffix = suffix is 'u' or 'U' || (hasPoint && suffix is ('f' or 'F' or 'd' or 'D'));
        if (isSuffix && !IsIdentifierPart(CharAt(_at + 1))) _at++;
        if (hasDigit) return new Token(isHex ? TokenType.HexInteger : TokenType.BinaryInteger, start, _at);
        return Fail(
            start,
            _at,
            isHex
                ? "Invalid hex number, expecting at least a hex digit [0-9a-fA-F] after 0x"
                : "Invalid binary number, expecting at least a binary digit 0 or 1 after 0b");
    }

    private static bool IsFloatSuffix(char c) => c is 'f' or 'F' or 'd' or 'D' or 'm' or 'M';

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
                at = SkipEscape(at, false);
            }
            else if (_text[at] == quote)
            {
                _at = at + 1;
                return new Token(TokenType.String, start, _at);
            }
        }

        return Unterminated("string", quote);
    }

    /// <summary>Checks the escape that starts at a backslash; gives the place of its last character.</summary>
    private int SkipEscape(int at, bool isInterpolated)
    {
        var c = CharAt(++at);
        switch (c)
        {
            case '\n' or '0' or '\'' or '"' or '\\' or 'b' or 'f' or 'n' or 'r' or 't' or 'v':
            case '{' when isInterpolated:
                return at;
            case '\r':
                return CharAt(at + 1) == '\n' ? at + 1 : at;
            case 'u' or 'x':
                var last = at + (c == 'u' ? 4 : 2);
                while (at < last && char.IsAsciiHexDigit(CharAt(at + 1))) at++;
                if (at == last) return at;
                at++;
                Fail(
                    at,
                    at + 1,
                    c == 'u'
                        ? $"Unexpected hex number `{CharAt(at)}` following `\\u`. Expecting `\\u0000` to `\\uffff`."
                        : $"Unexpected hex number `{CharAt(at)}` following `\\x`. Expecting `\\x00` to `\\xff`");
                break;
        }

        const string Allowed = "0 ' \\ \" b f n r t v u0000-uFFFF x00-xFF";
        Fail(at, at + 1, $"Unexpected escape character `{CharAt(at)}` in string. Only {Allowed} are allowed");
        // What stands there is read again as part of the string.
        return at - 1;
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

        return Unterminated("verbatim string", '`');
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
                at = SkipEscape(at, true);
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

        return Unterminated("string", quote);
    }

    /// <summary>Reported at the last character of the template, where the quote is missing.</summary>
    private Token Unterminated(string kind, char quote)
    {
        _at = _text.Length;
        return Fail(_at - 1, _at, $"Unexpected end of file while parsing a {kind} not terminated by a {quote}");
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
            '?' when second == '.' => (TokenType.QuestionDot, 2),
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
            '+' when second == '+' => (TokenType.Increment, 2),
            '+' => (TokenType.Plus, 1),
            '-' when second == '=' => (TokenType.SubtractAssign, 2),
            '-' when second == '-' => (TokenType.Decrement, 2),
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
        return new Token(type, start, _at);
    }

    private static bool IsIdentifierPart(char c) =>
        char.IsAsciiLetterOrDigit(c) || c == '_' || (c > 127 && char.IsLetterOrDigit(c));
}
