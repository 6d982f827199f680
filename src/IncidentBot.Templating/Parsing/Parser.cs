using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

/// <summary>Turns tokens into nodes. It never throws: it collects messages and goes on behind the error.</summary>
internal sealed partial class Parser
{
    private const int DepthLimit = 250;
    private readonly string _text;
    private readonly string _fileName;
    private readonly List<LogMessage> _messages;
    private readonly List<Token> _tokens;
    private int _index;
    private int _allowNewLines;
    private int _depth;
    private int _blockDepth;
    private bool _fatal;

    public Parser(string text, string fileName, List<LogMessage> messages)
    {
        (_text, _fileName, _messages) = (text, fileName, messages);
        _tokens = new Lexer(text, fileName, messages).Run();
        Previous = new Token(TokenType.Invalid, default, default);
    }

    private Token Current => _tokens[_index];

    private Token Previous { get; set; }

    public ScriptBlock Run()
    {
        var statements = new List<ScriptNode>();
        while (Current.Type != TokenType.Eof)
        {
            ParseStatements(statements, Parent.Page, out _);
        }

        return Make(statements, default);
    }

    private ScriptBlock Make(List<ScriptNode> statements, TextPosition start) =>
        new([.. statements]) { Span = new SourceSpan(_fileName, start, Previous.End) };

    private Token Peek(int ahead = 1)
    {
        var at = _index;
        while (ahead > 0 && at < _tokens.Count - 1)
        {
            at++;
            if (_allowNewLines > 0 && _tokens[at].Type == TokenType.NewLine)
            {
                continue;
            }

            ahead--;
        }

        return _tokens[at];
    }

    private void Next()
    {
        Previous = Current;
        if (_index < _tokens.Count - 1)
        {
            _index++;
        }

        SkipNewLines();
    }

    /// <summary>Inside brackets new lines mean nothing; elsewhere they do, unless the next line goes on with a pipe.</summary>
    private void SkipNewLines()
    {
        if (Current.Type != TokenType.NewLine)
        {
            return;
        }

        var at = _index;
        while (_tokens[at].Type == TokenType.NewLine)
        {
            at++;
        }

        if (_allowNewLines > 0 || _tokens[at].Type is TokenType.VerticalBar or TokenType.PipeGreater)
        {
            _index = at;
        }
    }

    private bool Is(string keyword) => Current.Type == TokenType.Identifier && Current.Is(_text, keyword);

    private string Text(Token token) => token.GetText(_text).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);

    private SourceSpan SpanOf(Token token) => new(_fileName, token.Start, token.End);

    private SourceSpan SpanFrom(TextPosition start) => new(_fileName, start, Previous.End);

    private void Error(SourceSpan span, string message)
    {
        if (!_fatal)
        {
            _messages.Add(new LogMessage(span, message));
        }
    }

    private void Error(Token token, string message) => Error(SpanOf(token), message);

    private void Error(string message) => Error(Current, message);

    private bool Enter(ref int depth)
    {
        if (++depth <= DepthLimit)
        {
            return true;
        }

        Error($"The statement depth limit `{DepthLimit}` was reached when parsing this statement");
        _fatal = true;
        _index = _tokens.Count - 1;
        return false;
    }
}
