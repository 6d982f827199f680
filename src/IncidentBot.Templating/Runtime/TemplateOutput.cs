using System.Text;

namespace IncidentBot.Templating.Runtime;

/// <summary>Where a render writes to. Past its limit it writes "..." once and then drops everything.</summary>
internal sealed class TemplateOutput(int limit)
{
    private readonly StringBuilder _text = new();

    /// <summary>Writing more would be of no use.</summary>
    public bool IsFull { get; private set; }

    public void Append(ReadOnlySpan<char> text)
    {
        if (IsFull) return;
        if (limit > 0 && text.Length > limit - _text.Length)
        {
            _text.Append(text[..(limit - _text.Length)]).Append("...");
            IsFull = true;
            return;
        }

        _text.Append(text);
    }

    public void Append(string? text) => Append(text.AsSpan());

    /// <summary>Writes text that may run over many lines, each of which starts with the indent.</summary>
    public void AppendIndented(ReadOnlySpan<char> text, string indent)
    {
        if (text.IsEmpty) return;
        var atLineStart = _text.Length > 0 && _text[^1] == '\n';
        while (!text.IsEmpty && !IsFull)
        {
            if (atLineStart) Append(indent);
            var end = text.IndexOf('\n');
            var line = end < 0 ? text : text[..(end + 1)];
            Append(line);
            text = text[line.Length..];
            atLineStart = true;
        }
    }

    public override string ToString() => _text.ToString();

    public void Clear()
    {
        _text.Clear();
        IsFull = false;
    }
}
