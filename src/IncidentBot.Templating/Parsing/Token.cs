namespace IncidentBot.Templating.Parsing;

/// <summary>A token: its kind and its place, the end not included. The text is cut out of the source only when needed.</summary>
internal readonly record struct Token(TokenType Type, int Start, int End)
{
    public int Length => End - Start;
}
