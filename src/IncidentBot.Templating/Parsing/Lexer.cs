namespace IncidentBot.Templating.Parsing;

/// <summary>
/// Cuts a template into tokens, one at a time and without keeping them. Text outside the code is trimmed here, because
/// only the lexer knows which whitespace the <c>-</c> and <c>~</c> marks ask to drop.
/// </summary>
internal sealed partial class Lexer(string text, bool startsInCode)
{
    private readonly string _text = text;
    private readonly Stack<(char Quote, int Braces)> _interpolations = new();
    private int _at;
    private int _braces;
    private bool _inCode = startsInCode;
    private Token _pending;
    private bool _hasPending;

    /// <summary>Braces that belong to interpolated strings which a new line has cut off.</summary>
    private int _orphanBraces;

    /// <summary>Errors of the lexer are reported after those of the parser. The first one ends the tokens.</summary>
    public List<(int Start, int End, string Message)> Errors { get; } = [];

    /// <summary>The whitespace that stands alone before the last <c>{{</c> on its line.</summary>
    public (int Start, int Length) Indent { get; private set; }

    public Token Next()
    {
        if (_hasPending)
        {
            _hasPending = false;
            return _pending;
        }

        if (Errors.Count > 0) return Eof();
        return _inCode ? NextCode() : NextRaw();
    }

    private Token NextRaw()
    {
        var start = _at;
        for (var at = start; ;)
        {
            at = at < _text.Length ? _text.IndexOf('{', at) : -1;
            if (at < 0 || at + 1 >= _text.Length)
            {
                _at = _text.Length;
                return start < _text.Length ? new Token(TokenType.Raw, start, _text.Length) : Eof();
            }

            if (_text[at + 1] == '{') return EnterCode(start, at);
            var percents = CountPercents(at + 1);
            if (percents > 0 && CharAt(at + 1 + percents) == '{') return Escape(start, at, percents);
            at++;
        }
    }

    private Token EnterCode(int start, int at)
    {
        var mark = CharAt(at + 2);
        var stripped = mark is '-' or '~';
        var end = TrimEnd(start, at, mark);
        Indent = stripped ? default : IndentBefore(start, at);
        _at = at + (stripped ? 3 : 2);
        _inCode = true;
        _braces = 0;
        var enter = new Token(TokenType.CodeEnter, at, _at);
        if (end == start) return enter;
        _pending = enter;
        _hasPending = true;
        return new Token(TokenType.Raw, start, end);
    }

    private Token Escape(int start, int at, int percents)
    {
        var contentStart = at + percents + 2;
        var mark = CharAt(contentStart);
        if (mark is '-' or '~') contentStart++;
        var end = TrimEnd(start, at, mark);
        var contentEnd = _text.Length;
        _at = contentEnd;
        for (var close = _text.IndexOf('}', contentStart); close >= 0; close = _text.IndexOf('}', close + 1))
        {
            if (CountPercents(close + 1) != percents || CharAt(close + 1 + percents) != '}') continue;
            contentEnd = close;
            _at = close + percents + 2;
            var closing = close > contentStart ? _text[close - 1] : '\0';
            if (closing is '-' or '~')
            {
                contentEnd--;
                SkipAfter(closing);
            }

            break;
        }

        var content = new Token(TokenType.Raw, contentStart, contentEnd);
        if (end == start) return content.Length > 0 ? content : NextRaw();
        if (content.Length > 0)
        {
            _pending = content;
            _hasPending = true;
        }

        return new Token(TokenType.Raw, start, end);
    }

    private Token NextCode()
    {
        SkipSpaceAndComments();
        if (_at >= _text.Length)
        {
            _inCode = false;
            return Eof();
        }

        var start = _at;
        var c = _text[start];
        if (c is '\r' or '\n')
        {
            _at += c == '\r' && CharAt(start + 1) == '\n' ? 2 : 1;
            _orphanBraces += _interpolations.Count;
            _interpolations.Clear();
            return new Token(TokenType.NewLine, start, _at);
        }

        if (AtCodeExit(start)) return ExitCode(start);
        if (char.IsAsciiLetter(c) || c == '_' || (c > 127 && char.IsLetter(c))) return Identifier(start);
        if (char.IsAsciiDigit(c)) return Number(start);
        return c switch
        {
            '"' or '\'' => QuotedString(start),
            '`' => Verbatim(start),
            '$' => Dollar(start),
            '{' => OpenBrace(start),
            '}' => CloseBrace(start),
            _ => Operator(start, c),
        };
    }

    private bool AtCodeExit(int at)
    {
        if (_braces > 0 || _interpolations.Count > 0) return false;
        if (_text[at] is '-' or '~') at++;
        return CharAt(at) == '}' && CharAt(at + 1) == '}';
    }

    private Token ExitCode(int start)
    {
        var mark = _text[start];
        _at = start + (mark == '}' ? 2 : 3);
        _inCode = false;
        var exit = new Token(TokenType.CodeExit, start, _at);
        SkipAfter(mark);
        return exit;
    }

    private Token OpenBrace(int start)
    {
        _braces++;
        _at++;
        return new Token(TokenType.OpenBrace, start, _at);
    }

    private Token CloseBrace(int start)
    {
        if (_interpolations.TryPeek(out var open) && open.Braces == _braces)
        {
            _at++;
            return InterpolationPart(open.Quote, TokenType.InterpolationMiddle);
        }

        _at++;
        if (_braces > 0) _braces--;
        else if (_orphanBraces > 0) _orphanBraces--;
        else Fail(start, start + 1, "Unexpected } while no matching {");
        return new Token(TokenType.CloseBrace, start, _at);
    }

    private void SkipSpaceAndComments()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '#') SkipComment();
            else if (char.IsWhiteSpace(c) && c is not ('\r' or '\n')) _at++;
            else return;
        }
    }

    private void SkipComment()
    {
        var many = CharAt(_at + 1) == '#';
        _at += many ? 2 : 1;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (!many && c is '\r' or '\n') return;
            if (c == '}' && CharAt(_at + 1) == '}')
            {
                // The mark of "-}}" belongs to the end of the code, not to the comment.
                if (_at > 0 && _text[_at - 1] is '-' or '~') _at--;
                return;
            }

            _at++;
            if (many && c == '#' && CharAt(_at) == '#')
            {
                _at++;
                return;
            }
        }
    }

    private int TrimEnd(int start, int end, char mark)
    {
        if (mark == '-')
        {
            while (end > start && char.IsWhiteSpace(_text[end - 1])) end--;
        }
        else if (mark == '~')
        {
            while (end > start && char.IsWhiteSpace(_text[end - 1]) && _text[end - 1] != '\n') end--;
        }

        return end;
    }

    private void SkipAfter(char mark)
    {
        if (mark == '-')
        {
            while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
        }
        else if (mark == '~')
        {
            while (_at < _text.Length && char.IsWhiteSpace(_text[_at]) && _text[_at] != '\n') _at++;
            if (CharAt(_at) == '\n') _at++;
        }
    }

    private (int Start, int Length) IndentBefore(int rawStart, int at)
    {
        var start = at;
        while (start > rawStart && _text[start - 1] is ' ' or '\t') start--;
        var lineStart = start == 0 || _text[start - 1] == '\n';
        return lineStart && start < at ? (start, at - start) : default;
    }

    private int CountPercents(int at)
    {
        var count = 0;
        while (CharAt(at + count) == '%') count++;
        return count;
    }

    private Token Fail(int start, int end, string message)
    {
        Errors.Add((start, end, message));
        return new Token(TokenType.Invalid, start, end);
    }

    private char CharAt(int at) => at < _text.Length ? _text[at] : '\0';

    private static Token Eof() => new(TokenType.Eof, -1, -1);
}
