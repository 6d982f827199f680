namespace IncidentBot.Templating.Parsing;

/// <summary>Turns the text of a template into tokens. White space control is done here: raw tokens come out already trimmed.</summary>
internal sealed partial class Lexer(string text, string? fileName, List<LogMessage> messages)
{
    private readonly List<Token> _tokens = [];
    // What each open brace in code is: an object ('{') or the expression of an interpolated string (its quote).
    private readonly Stack<char> _braces = new();
    private TextPosition _position;
    private bool _spaceBefore;

    private char Current => Peek(0);

    public List<Token> Run()
    {
        var trim = TrimMode.None;
        while (_position.Offset < text.Length)
        {
            trim = ReadRaw(trim);
            if (_position.Offset >= text.Length)
            {
                break;
            }

            if (EscapeLevel(_position.Offset) is var level and > 0)
            {
                trim = ReadEscape(level);
            }
            else
            {
                trim = ReadCode();
            }
        }

        _tokens.Add(Token.Eof);
        return _tokens;
    }

    private enum TrimMode
    {
        None,
        Greedy,
        NonGreedy,
    }

    private char Peek(int ahead)
    {
        var offset = _position.Offset + ahead;
        return (uint)offset < (uint)text.Length ? text[offset] : '\0';
    }

    private void Advance(int count = 1)
    {
        var (offset, line, column) = _position;
        for (; count > 0 && offset < text.Length; count--)
        {
            if (text[offset++] == '\n')
            {
                line++;
                column = 0;
            }
            else
            {
                column++;
            }
        }

        _position = new TextPosition(offset, line, column);
    }

    private void Error(string message, TextPosition start) =>
        messages.Add(new LogMessage(new SourceSpan(fileName, start, start), message));

    private void Error(string message) => Error(message, _position);

    private void Add(TokenType type, TextPosition start, TextPosition end)
    {
        _tokens.Add(new Token(type, start, end, _spaceBefore));
        _spaceBefore = false;
    }

    /// <summary>Adds a token of the next characters, all on one line.</summary>
    private void Take(TokenType type, int length)
    {
        var start = _position;
        _position = start.NextColumn(length);
        Add(type, start, start.NextColumn(length - 1));
    }

    /// <summary>The number of <c>%</c> in <c>{%{</c> at the offset, or zero.</summary>
    private int EscapeLevel(int offset)
    {
        if (offset >= text.Length || text[offset] != '{')
        {
            return 0;
        }

        var i = offset + 1;
        while (i < text.Length && text[i] == '%')
        {
            i++;
        }

        var level = i - offset - 1;
        return level > 0 && i < text.Length && text[i] == '{' ? level : 0;
    }

    private bool IsCodeEnter(int offset) => offset + 1 < text.Length && text[offset] == '{' && text[offset + 1] == '{';

    private static TrimMode ModeOf(char c) => c switch { '-' => TrimMode.Greedy, '~' => TrimMode.NonGreedy, _ => TrimMode.None };

    /// <summary>Reads text up to the next block and adds what remains of it after trimming.</summary>
    private TrimMode ReadRaw(TrimMode trimLeft)
    {
        SkipTrimmed(trimLeft);
        var start = _position;
        var end = start.Offset;
        var next = TrimMode.None;
        while (true)
        {
            end = text.IndexOf('{', end);
            if (end < 0)
            {
                end = text.Length;
                break;
            }

            var level = EscapeLevel(end);
            if (level > 0 || IsCodeEnter(end))
            {
                var mark = end + level + 2;
                next = mark < text.Length ? ModeOf(text[mark]) : TrimMode.None;
                break;
            }

            end++;
        }

        AddRaw(TokenType.Raw, start, end, next);
        Advance(end - start.Offset);
        return next;
    }

    private void AddRaw(TokenType type, TextPosition start, int end, TrimMode trimRight)
    {
        var last = end - 1;
        while (trimRight != TrimMode.None && last >= start.Offset && char.IsWhiteSpace(text[last])
            && (trimRight == TrimMode.Greedy || text[last] != '\n'))
        {
            last--;
        }

        if (last < start.Offset)
        {
            return;
        }

        var saved = _position;
        _position = start;
        Advance(last - start.Offset);
        Add(type, start, _position);
        _position = saved;
    }

    private void SkipTrimmed(TrimMode mode)
    {
        while (mode != TrimMode.None && _position.Offset < text.Length && char.IsWhiteSpace(Current))
        {
            var newLine = Current == '\n';
            Advance();
            if (newLine && mode == TrimMode.NonGreedy)
            {
                return;
            }
        }
    }

    private TrimMode ReadEscape(int level)
    {
        var open = _position;
        Advance(level + 2);
        var trimInside = ModeOf(Current);
        if (trimInside != TrimMode.None)
        {
            Advance();
        }

        var close = "}" + new string('%', level) + "}";
        var start = _position;
        var end = text.IndexOf(close, start.Offset, StringComparison.Ordinal);
        if (end < 0)
        {
            Error("Unexpected end of file found while parsing an escape block", open);
            Advance(text.Length - start.Offset);
            return TrimMode.None;
        }

        var trimAfter = end > start.Offset ? ModeOf(text[end - 1]) : TrimMode.None;
        AddRaw(TokenType.Escape, start, trimAfter == TrimMode.None ? end : end - 1, TrimMode.None);
        Advance(end + close.Length - start.Offset);
        return trimAfter;
    }

    private TrimMode ReadCode()
    {
        var start = _position;
        Advance(2);
        var end = start.NextColumn();
        if (ModeOf(Current) != TrimMode.None)
        {
            end = _position;
            Advance();
        }

        _spaceBefore = false;
        Add(TokenType.CodeEnter, start, end);
        _braces.Clear();
        while (_position.Offset < text.Length)
        {
            if (_braces.Count == 0 && CodeExitLength() is var exit and > 0)
            {
                var trim = exit == 3 ? ModeOf(Current) : TrimMode.None;
                Take(TokenType.CodeExit, exit);
                return trim;
            }

            ReadToken();
        }

        return TrimMode.None;
    }

    private int CodeExitLength()
    {
        if (Current == '}' && Peek(1) == '}')
        {
            return 2;
        }

        return ModeOf(Current) != TrimMode.None && Peek(1) == '}' && Peek(2) == '}' ? 3 : 0;
    }

    private void SkipComment()
    {
        _spaceBefore = true;
        Advance();
        if (Current == '#')
        {
            Advance();
            var end = text.IndexOf("##", _position.Offset, StringComparison.Ordinal);
            Advance(end < 0 ? text.Length - _position.Offset : end + 2 - _position.Offset);
            return;
        }

        while (_position.Offset < text.Length && Current != '\n' && !(Current == '\r' && Peek(1) == '\n') && CodeExitLength() == 0)
        {
            Advance();
        }
    }
}
