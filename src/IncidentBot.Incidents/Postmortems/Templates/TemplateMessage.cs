using IncidentBot.Templating.Parsing;
using IncidentBot.Templating.Syntax;

namespace IncidentBot.Incidents.Postmortems.Templates;

public enum TemplateMessageKind
{
    /// <summary>The template cannot be read, or cannot be rendered.</summary>
    Error,

    /// <summary>It renders, but hardly what its author meant.</summary>
    Warning,

    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,
}

/// <summary>Something to say about a place in a template, with the line that it is about: the same text for a terminal and for a room.</summary>
/// <param name="Line">Counted from 1, as <paramref name="Column"/> is.</param>
/// <param name="Text">On one line, shortened.</param>
/// <param name="Source">The line itself; null where there is none to show.</param>
public sealed record TemplateMessage(TemplateMessageKind Kind, string File, int Line, int Column, string Text, SourceLine? Source)
{
    /// <summary>A value that an author's template put into a message may be a megabyte.</summary>
    private const int MostCharacters = 400;

    private const string Indent = "    ";

    public static TemplateMessage Of(LogMessage message, string template) =>
        At(message.Type == ParserMessageType.Error ? TemplateMessageKind.Error : TemplateMessageKind.Warning, message.Span, message.Message, template);

    public static TemplateMessage Of(ScriptRuntimeException fault, string template) =>
        At(TemplateMessageKind.Error, fault.Span, fault.OriginalMessage, template);

    /// <summary>About the file and no place in it.</summary>
    public static TemplateMessage OfFile(TemplateMessageKind kind, string file, string text) => new(kind, file, 1, 1, Shorten(text), null);

    internal static TemplateMessage At(TemplateMessageKind kind, SourceSpan span, string text, string template)
    {
        var (line, column) = Place(span.Start, template);
        return new TemplateMessage(kind, span.FileName, line, column, Shorten(text), SourceLine.Of(template, line, column));
    }

    /// <param name="offset">Of the place in the template.</param>
    internal static TemplateMessage At(TemplateMessageKind kind, string file, int offset, string text, string template)
    {
        int lineStart = template.LastIndexOf('\n', Math.Max(0, offset - 1), Math.Max(0, offset)) + 1;
        return At(kind, new SourceSpan(file, new TextPosition(offset, template.AsSpan(0, offset).Count('\n'), offset - lineStart), default), text, template);
    }

    /// <summary><c>file(line,col) : error : text</c>, below it the line, and if asked for a caret below the place.</summary>
    public string ToText(bool withCaret)
    {
        var text = $"{File}({Line},{Column}) : {Kind.ToString().ToLowerInvariant()} : {Text}";
        if (Source is not null)
            text += $"\n{Indent}{Source.Text}";
        return Source is not null && withCaret ? $"{text}\n{Indent}{Source.Caret}" : text;
    }

    public override string ToString() => ToText(withCaret: true);

    /// <summary>The parser puts what is missing at the end at (0,0), where nobody can look for it.</summary>
    private static (int Line, int Column) Place(TextPosition position, string template)
    {
        if (position.Line >= 0)
            return (position.Line + 1, position.Column + 1);
        var end = template.TrimEnd();
        int lineStart = end.LastIndexOf('\n') + 1;
        return (end.Count(c => c == '\n') + 1, end.Length - lineStart + 1);
    }

    private static string Shorten(string text)
    {
        var line = MarkdownText.OneLine(text.Length > 8 * MostCharacters ? text[..(8 * MostCharacters)] : text);
        return line.Length <= MostCharacters ? line : line[..MostCharacters] + "…";
    }
}
