using System.Buffers;

namespace IncidentBot.Templating.Runtime;

/// <summary>
/// Where a render writes to. Past its limit it writes "..." once and then drops everything. The buffer is borrowed, so that a
/// draft costs no more memory than its text.
/// </summary>
internal sealed class TemplateOutput(int limit)
{
    /// <summary>A buffer that only a giant needs is not kept for the next render.</summary>
    private const int MostKept = 1 << 20;

    private char[] _buffer = [];
    private int _length;

    /// <summary>Writing more would be of no use.</summary>
    public bool IsFull { get; private set; }

    public void Append(ReadOnlySpan<char> text)
    {
        if (IsFull) return;
        if (limit > 0 && text.Length > limit - _length)
        {
            Copy(text[..(limit - _length)]);
            Copy("...");
            IsFull = true;
            return;
        }

        Copy(text);
    }

    public void Append(string? text) => Append(text.AsSpan());

    /// <summary>Writes text that may run over many lines, each of which starts with the indent.</summary>
    public void AppendIndented(ReadOnlySpan<char> text, string indent)
    {
        if (text.IsEmpty) return;
        var atLineStart = _length > 0 && _buffer[_length - 1] == '\n';
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

    /// <summary>What was written; the output is empty afterwards.</summary>
    public string TakeText()
    {
        var text = new string(_buffer, 0, _length);
        GiveBack();
        _buffer = [];
        _length = 0;
        IsFull = false;
        return text;
    }

    private void Copy(ReadOnlySpan<char> text)
    {
        if (text.Length > _buffer.Length - _length) Grow(text.Length);
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    private void Grow(int missing)
    {
        var length = (int)Math.Min(Math.Max((long)_length * 2, (long)_length + missing + 64), Array.MaxLength);
        var larger = length <= MostKept ? ArrayPool<char>.Shared.Rent(length) : new char[length];
        _buffer.AsSpan(0, _length).CopyTo(larger);
        GiveBack();
        _buffer = larger;
    }

    /// <summary>A render that fails halfway does not come here; its buffers are collected like anything else.</summary>
    private void GiveBack()
    {
        if (_buffer.Length is > 0 and <= MostKept) ArrayPool<char>.Shared.Return(_buffer);
    }
}
