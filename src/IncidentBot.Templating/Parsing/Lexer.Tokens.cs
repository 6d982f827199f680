namespace IncidentBot.Templating.Parsing;

internal sealed partial class Lexer
{
    private void ReadToken()
    {
        var c = Current;
        switch (c)
        {
            case '\n':
                Add(TokenType.NewLine, _position, _position);
                Advance();
                _spaceBefore = true;
                return;
            case '\r' or ' ' or '\t':
                Advance();
                _spaceBefore = true;
                return;
            case '#':
                SkipComment();
                return;
            case '"' or '\'':
                ReadString(c);
                return;
            case '`':
                ReadVerbatim();
                return;
            case '$':
                if (Peek(1) is '"' or '\'')
                {
                    Take(TokenType.InterpolatedBegin, 2);
                    ReadInterpolatedText(Peek(-1));
                    return;
                }

                ReadIdentifier(special: true);
                return;
            case '{':
                _braces.Push('{');
                Take(TokenType.OpenBrace, 1);
                return;
            case '}':
                ReadCloseBrace();
                return;
        }

        if (char.IsLetter(c) || c == '_')
        {
            ReadIdentifier(special: false);
        }
        else if (char.IsAsciiDigit(c))
        {
            ReadNumber();
        }
        else if (char.IsWhiteSpace(c))
        {
            Advance();
            _spaceBefore = true;
        }
        else
        {
            ReadOperator(c);
        }
    }

    private void ReadCloseBrace()
    {
        if (_braces.TryPop(out var kind) && kind != '{')
        {
            Take(TokenType.InterpolatedClose, 1);
            ReadInterpolatedText(kind);
            return;
        }

        Take(TokenType.CloseBrace, 1);
    }

    private void ReadIdentifier(bool special)
    {
        var length = 1;
        while (char.IsLetterOrDigit(Peek(length)) || Peek(length) == '_')
        {
            length++;
        }

        // `x.empty?` is the one name with a question mark.
        if (length == 5 && Peek(5) == '?' && _tokens[^1].Type is TokenType.Dot or TokenType.QuestionDot
            && string.CompareOrdinal(text, _position.Offset, "empty", 0, 5) == 0)
        {
            length++;
        }

        Take(special ? TokenType.IdentifierSpecial : TokenType.Identifier, length);
    }

    private void ReadNumber()
    {
        if (Current == '0' && Peek(1) is 'x' or 'X' && (char.IsAsciiHexDigit(Peek(2)) || Peek(2) == '_'))
        {
            var hex = 2;
            while (char.IsAsciiHexDigit(Peek(hex)) || Peek(hex) == '_')
            {
                hex++;
            }

            Take(TokenType.HexInteger, Peek(hex) is 'u' or 'U' ? hex + 1 : hex);
            return;
        }

        if (Current == '0' && Peek(1) is 'b' or 'B' && Peek(2) is '0' or '1' or '_')
        {
            var bits = 2;
            while (Peek(bits) is '0' or '1' or '_')
            {
                bits++;
            }

            Take(TokenType.BinaryInteger, Peek(bits) is 'u' or 'U' ? bits + 1 : bits);
            return;
        }

        var length = Digits(0);
        var isFloat = false;
        if (Peek(length) == '.' && char.IsAsciiDigit(Peek(length + 1)))
        {
            isFloat = true;
            length = Digits(length + 1);
        }

        if (Peek(length) is 'e' or 'E')
        {
            var exponent = Peek(length + 1) is '+' or '-' ? length + 2 : length + 1;
            if (char.IsAsciiDigit(Peek(exponent)))
            {
                isFloat = true;
                length = Digits(exponent);
            }
        }

        if (Peek(length) is 'f' or 'F' or 'd' or 'D' or 'm' or 'M' && !char.IsLetterOrDigit(Peek(length + 1)) && Peek(length + 1) != '_')
        {
            isFloat = true;
            length++;
        }

        Take(isFloat ? TokenType.Float : TokenType.Integer, length);
    }

    private int Digits(int from)
    {
        while (char.IsAsciiDigit(Peek(from)) || Peek(from) == '_')
        {
            from++;
        }

        return from;
    }

    private void ReadOperator(char c)
    {
        var (type, length) = (c, Peek(1), Peek(2)) switch
        {
            (';', _, _) => (TokenType.SemiColon, 1),
            (':', _, _) => (TokenType.Colon, 1),
            (',', _, _) => (TokenType.Comma, 1),
            ('.', '.', '.') => (TokenType.TripleDot, 3),
            ('.', '.', '<') => (TokenType.DoubleDotLess, 3),
            ('.', '.', _) => (TokenType.DoubleDot, 2),
            ('.', _, _) => (TokenType.Dot, 1),
            ('?', '?', _) => (TokenType.DoubleQuestion, 2),
            ('?', '!', _) => (TokenType.QuestionExclamation, 2),
            ('?', '.', var d) when !char.IsAsciiDigit(d) => (TokenType.QuestionDot, 2),
            ('?', _, _) => (TokenType.Question, 1),
            ('|', '|', _) => (TokenType.DoubleVerticalBar, 2),
            ('|', '>', _) => (TokenType.PipeGreater, 2),
            ('|', _, _) => (TokenType.VerticalBar, 1),
            ('&', '&', _) => (TokenType.DoubleAmp, 2),
            ('&', _, _) => (TokenType.Amp, 1),
            ('=', '=', _) => (TokenType.DoubleEqual, 2),
            ('=', _, _) => (TokenType.Equal, 1),
            ('!', '=', _) => (TokenType.ExclamationEqual, 2),
            ('!', _, _) => (TokenType.Exclamation, 1),
            ('<', '=', _) => (TokenType.LessEqual, 2),
            ('<', '<', _) => (TokenType.DoubleLess, 2),
            ('<', _, _) => (TokenType.Less, 1),
            ('>', '=', _) => (TokenType.GreaterEqual, 2),
            ('>', '>', _) => (TokenType.DoubleGreater, 2),
            ('>', _, _) => (TokenType.Greater, 1),
            ('+', '+', _) => (TokenType.DoublePlus, 2),
            ('+', '=', _) => (TokenType.PlusEqual, 2),
            ('+', _, _) => (TokenType.Plus, 1),
            ('-', '-', _) => (TokenType.DoubleMinus, 2),
            ('-', '=', _) => (TokenType.MinusEqual, 2),
            ('-', _, _) => (TokenType.Minus, 1),
            ('*', '=', _) => (TokenType.AsteriskEqual, 2),
            ('*', _, _) => (TokenType.Asterisk, 1),
            ('/', '/', '=') => (TokenType.DoubleDivideEqual, 3),
            ('/', '/', _) => (TokenType.DoubleDivide, 2),
            ('/', '=', _) => (TokenType.DivideEqual, 2),
            ('/', _, _) => (TokenType.Divide, 1),
            ('%', '=', _) => (TokenType.PercentEqual, 2),
            ('%', _, _) => (TokenType.Percent, 1),
            ('@', _, _) => (TokenType.Arroba, 1),
            ('^', '^', _) => (TokenType.DoubleCaret, 2),
            ('^', _, _) => (TokenType.Caret, 1),
            ('(', _, _) => (TokenType.OpenParen, 1),
            (')', _, _) => (TokenType.CloseParen, 1),
            ('[', _, _) => (TokenType.OpenBracket, 1),
            (']', _, _) => (TokenType.CloseBracket, 1),
            _ => (TokenType.Invalid, 1),
        };
        if (type == TokenType.Invalid)
        {
            Error($"Unexpected character `{c}`");
        }

        Take(type, length);
    }
}
