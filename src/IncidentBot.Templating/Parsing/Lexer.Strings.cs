namespace IncidentBot.Templating.Parsing;

internal sealed partial class Lexer
{
    private void ReadString(char quote)
    {
        var start = _position;
        Advance();
        while (_position.Offset < text.Length)
        {
            if (Current == quote)
            {
                var end = _position;
                Advance();
                Add(TokenType.String, start, end);
                return;
            }

            SkipStringCharacter();
        }

        Error($"Unexpected end of file while parsing a string not terminated by a {quote}", LastPosition());
    }

    private void ReadVerbatim()
    {
        var start = _position;
        Advance();
        while (_position.Offset < text.Length)
        {
            if (Current == '`')
            {
                var end = _position;
                Advance();
                if (Current != '`')
                {
                    Add(TokenType.VerbatimString, start, end);
                    return;
                }
            }

            Advance();
        }

        Error("Unexpected end of file while parsing a verbatim string not terminated by a `", LastPosition());
    }

    /// <summary>Reads the text of an interpolated string up to an open brace or the closing quote.</summary>
    private void ReadInterpolatedText(char quote)
    {
        _spaceBefore = false;
        var start = _position;
        var previous = start;
        while (_position.Offset < text.Length)
        {
            if (Current == quote || Current == '{')
            {
                if (_position.Offset > start.Offset)
                {
                    Add(TokenType.InterpolatedText, start, previous);
                }

                if (Current == quote)
                {
                    Take(TokenType.InterpolatedEnd, 1);
                }
                else
                {
                    _braces.Push(quote);
                    Take(TokenType.InterpolatedOpen, 1);
                }

                return;
            }

            previous = _position;
            SkipStringCharacter();
        }

        Error($"Unexpected end of file while parsing a string not terminated by a {quote}", LastPosition());
    }

    private void SkipStringCharacter()
    {
        if (Current != '\\')
        {
            Advance();
            return;
        }

        var start = _position;
        Advance();
        var c = Current;
        if (c is 'u' or 'x')
        {
            var digits = c == 'u' ? 4 : 2;
            for (var i = 1; i <= digits; i++)
            {
                if (!char.IsAsciiHexDigit(Peek(i)))
                {
                    Error($"Unexpected hex number `{Peek(i)}` following `\\{c}`. Expecting `\\{c}{new string('0', digits)}` to `\\{c}{(c == 'u' ? "ffff" : "ff")}`.", start);
                    break;
                }
            }
        }
        else if (c == '\r' && Peek(1) == '\n')
        {
            Advance();
        }
        else if (!(c is '\'' or '"' or '\\' or '0' or 'b' or 'n' or 'f' or 'r' or 't' or 'v' or '\n' or '\r' or '{' or '}' or '`'))
        {
            Error($"Unexpected escape character `{c}` in string. Only ' \\ {{ 0 b n f r t v u0000-uFFFF x00-xFF are allowed", start);
        }

        Advance();
    }

    private TextPosition LastPosition() => _position.Column > 0 ? _position.NextColumn(-1) : _position;

    /// <summary>The value of the escapes in the inside of a string.</summary>
    public static string Unescape(string source, int start, int end)
    {
        var first = source.IndexOf('\\', start, end - start);
        if (first < 0)
        {
            return source[start..end];
        }

        var result = new System.Text.StringBuilder(end - start);
        result.Append(source, start, first - start);
        for (var i = first; i < end; i++)
        {
            var c = source[i];
            if (c != '\\' || i + 1 >= end)
            {
                result.Append(c);
                continue;
            }

            c = source[++i];
            switch (c)
            {
                case '0': result.Append('\0'); break;
                case 'b': result.Append('\b'); break;
                case 'n': result.Append('\n'); break;
                case 'f': result.Append('\f'); break;
                case 'r': result.Append('\r'); break;
                case 't': result.Append('\t'); break;
                case 'v': result.Append('\v'); break;
                case '\n': break;
                case '\r':
                    i += i + 1 < end && source[i + 1] == '\n' ? 1 : 0;
                    break;
                case 'u' or 'x':
                    var digits = c == 'u' ? 4 : 2;
                    var value = 0;
                    while (digits-- > 0 && i + 1 < end && char.IsAsciiHexDigit(source[i + 1]))
                    {
                        value = (value << 4) + Convert.ToInt32(source[++i].ToString(), 16);
                    }

                    result.Append((char)value);
                    break;
                default: result.Append(c); break;
            }
        }

        return result.ToString();
    }
}
