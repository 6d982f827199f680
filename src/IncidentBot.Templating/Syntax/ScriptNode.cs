using IncidentBot.Templating.Parsing;

namespace IncidentBot.Templating.Syntax;

/// <summary>A node of a parsed template. Nodes never change after parsing, so one tree serves any number of renders at once.</summary>
public abstract class ScriptNode
{
    private SourceText? _source;

    /// <summary>Where the node stands in its template.</summary>
    public SourceSpan Span => Source.Span(Start, End);

    internal SourceText Source => _source ?? throw new InvalidOperationException("The node has no source yet.");

    /// <summary>Offset of the first character.</summary>
    internal int Start { get; private set; }

    /// <summary>Offset after the last character.</summary>
    internal int End { get; private set; }

    /// <summary>What the parser calls this node in its messages, and how it is written.</summary>
    internal virtual (string Name, string Syntax) Grammar => ("expression", "<expression>");

    /// <summary>Where an operator that fails reports: at its sign, or at the call of the function that stands for it.</summary>
    internal virtual SourceSpan OperatorSpan => Span;

    /// <summary>The node as its author wrote it, without the space that only separates code from text.</summary>
    public sealed override string ToString()
    {
        if (Start < 0 || End <= Start) return string.Empty;
        var text = Source.Text[Start..End];
        return text.Contains("{{", StringComparison.Ordinal) || text.Contains("}}", StringComparison.Ordinal)
            ? SquareUp(text)
            : text;
    }

    internal void Place(SourceText source, int start, int end)
    {
        _source = source;
        Start = start;
        End = end;
    }

    internal SourceSpan At(int start, int end) => Source.Span(start, end);

    private static string SquareUp(string text)
    {
        var result = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var pair = i + 1 < text.Length && text[i] == text[i + 1] ? text[i] : '\0';
            if (pair == '}')
            {
                while (result.Length > 0 && result[^1] == ' ') result.Length--;
                result.Append("}}");
                i++;
            }
            else if (pair == '{')
            {
                result.Append("{{");
                i++;
                while (i + 1 < text.Length && text[i + 1] == ' ') i++;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}
