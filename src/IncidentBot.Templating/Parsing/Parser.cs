using System.Runtime.CompilerServices;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Parsing;

/// <summary>
/// Turns a template into a tree. Goes on after most errors, to report them all; a fatal one, after which nothing fits
/// together, ends the parse.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>How deep expressions and blocks may be nested. Keeps the parser, and later the evaluator, on its stack.</summary>
    private const int DepthLimit = 250;

    private readonly SourceText _source;
    private readonly LogMessageBag _messages;
    private readonly Lexer _lexer;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _namesByText;
    private Token _current;
    private Token _previous;
    private Token _next;
    private bool _hasNext;
    private string? _indent;
    private int _depth;
    private bool _isTooDeep;
    private bool _isFatal;

    /// <summary>Inside of brackets and braces, where new lines are nothing but space.</summary>
    private int _newLineLevel;

    /// <summary>Set when the tokens ran into something that makes sense in an enclosing block only.</summary>
    private bool _hasEnd;

    /// <summary>The function whose body is being parsed.</summary>
    private ScriptFunctionDeclaration? _function;

    public Parser(SourceText source, LogMessageBag messages, bool isCode)
    {
        _source = source;
        _messages = messages;
        _lexer = new Lexer(source.Text, isCode);
        _namesByText = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        Advance();
    }

    public ScriptPage ParsePage()
    {
        var page = new ScriptPage();
        page.Place(_source, 0, _source.Text.Length);
        page.Body = ParseBlock(page);
        foreach (var (start, end, message) in _lexer.Errors) Log(_source.Span(start, end), message);
        return page;
    }

    private void Advance()
    {
        _previous = _current;
        _current = Peek();
        _hasNext = false;
    }

    /// <summary>The token after the current one.</summary>
    private Token Peek()
    {
        if (!_hasNext) _next = _lexer.Next();
        while (_newLineLevel > 0 && _next.Type == TokenType.NewLine) _next = _lexer.Next();
        _hasNext = true;
        return _next;
    }

    private bool Accept(TokenType type)
    {
        if (_current.Type != type) return false;
        Advance();
        return true;
    }

    /// <summary>Goes past a token that has to be there, and past whatever stands in its place.</summary>
    private void ExpectToken(TokenType type, string text)
    {
        if (_current.Type != type)
            Log(SpanOf(_current), $"Unexpected token found `{Shown(_current)}` while expecting `{text}`.");
        Advance();
    }

    private T Finish<T>(T node, int start)
        where T : ScriptNode
    {
        // A node that swallowed nothing ends where it starts.
        node.Place(_source, start, Math.Max(start, _previous.End));
        return node;
    }

    /// <summary>A token that says what is missing may lie behind the end of the text.</summary>
    private ReadOnlySpan<char> TextOf(in Token token) =>
        token.Type == TokenType.Eof ? "<eof>" : _source.Text.AsSpan()[Math.Min(token.Start, _source.Text.Length)..Math.Min(token.End, _source.Text.Length)];

    /// <summary>One string for all the uses of a name.</summary>
    private string NameOf(ReadOnlySpan<char> text)
    {
        if (_namesByText.TryGetValue(text, out var name)) return name;
        name = text.ToString();
        _names.Add(name, name);
        return name;
    }

    private string Shown(in Token token) => token.Type switch
    {
        TokenType.Eof => "<eof>",
        TokenType.NewLine => TextOf(token).Contains('\r') ? "\\r\\n" : "\\n",
        // The token is the text after the brace.
        TokenType.InterpolationMiddle => "}",
        TokenType.InterpolationEnd when !IsWholeInterpolation(token) => "}",
        _ => TextOf(token).ToString(),
    };

    private SourceSpan SpanOf(in Token token) => _source.Span(token.Start, token.End);

    /// <summary>The character before which a token ends.</summary>
    private SourceSpan EndOf(in Token token) => _source.Span(token.End - 1, token.End);

    private void Log(SourceSpan span, string message, bool isFatal = false)
    {
        _messages.Add(new LogMessage(ParserMessageType.Error, span, message));
        _isFatal |= isFatal;
    }

    /// <summary>An error inside a construct: says which, and how it is written.</summary>
    private void Log(ScriptNode parent, SourceSpan span, string message, bool isFatal = false)
    {
        var (name, syntax) = parent.Grammar;
        Log(span, $"Error while parsing {name}: {message} in: {syntax}", isFatal);
    }

    /// <summary>Goes one deeper. Past the limit that is an error, but only the end of the stack ends the parse.</summary>
    private bool EnterDepth()
    {
        if (++_depth > DepthLimit && !_isTooDeep) LogTooDeep(false);
        if (RuntimeHelpers.TryEnsureSufficientExecutionStack()) return true;
        if (!_isTooDeep) LogTooDeep(true);
        _isFatal = true;
        return false;
    }

    private void LogTooDeep(bool isFatal)
    {
        _isTooDeep = true;
        Log(SpanOf(_previous), $"The statement depth limit `{DepthLimit}` was reached when parsing this statement", isFatal);
    }

    private bool ExpectEndOfStatement()
    {
        switch (_current.Type)
        {
            case TokenType.NewLine:
            case TokenType.SemiColon:
                Advance();
                return true;
            case TokenType.CodeExit:
            case TokenType.Eof:
                return true;
            default:
                Log(SpanOf(_current), $"Invalid token found `{Shown(_current)}`. Expecting <EOL>/end of line.", true);
                return false;
        }
    }

    private ScriptBlockStatement ParseBlock(ScriptNode owner)
    {
        var block = new ScriptBlockStatement();
        var start = Math.Max(0, _current.Start);
        var statements = new List<ScriptStatement>();
        _hasEnd = false;
        var depth = _depth;
        if (EnterDepth())
        {
            while (!_isFatal && !_hasEnd && TryParseStatement(owner, out var statement))
            {
                if (statement is not null) statements.Add(statement);
            }

            if (!_hasEnd && owner is not ScriptPage)
                Log(owner, SpanOf(_previous), "The <end> statement was not found");
        }

        _depth = depth;
        // The end belongs to this block; the one around it goes on.
        _hasEnd = false;
        block.Statements = [.. statements];
        return Finish(block, start);
    }
}
