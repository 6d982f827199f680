namespace IncidentBot.Templating.Parsing;

/// <param name="Type">The kind of token.</param>
/// <param name="Start">Its first character.</param>
/// <param name="End">Its last character (included).</param>
/// <param name="SpaceBefore">Whether blanks, a comment or a new line stand before it: <c>x [1]</c> is a call, <c>x[1]</c> an index.</param>
internal readonly record struct Token(TokenType Type, TextPosition Start, TextPosition End, bool SpaceBefore = false)
{
    public static readonly Token Eof = new(TokenType.Eof, TextPosition.Eof, TextPosition.Eof);

    public int Length => End.Offset - Start.Offset + 1;

    public string GetText(string source) => Type switch
    {
        TokenType.Eof => "<eof>",
        _ when Start.Offset >= source.Length || End.Offset < Start.Offset => "<error>",
        _ => source.Substring(Start.Offset, Math.Min(Length, source.Length - Start.Offset)),
    };

    public bool Is(string source, string text) =>
        Length == text.Length && Start.Offset >= 0 && string.CompareOrdinal(source, Start.Offset, text, 0, text.Length) == 0;
}
