using System.Diagnostics.CodeAnalysis;

namespace IncidentBot.Incidents.Commands.Values;

/// <summary>
/// Reads the text after a command's word from left to right. What is not taken stays as it was typed: line breaks, blanks
/// and quotes. Options are taken by <see cref="CommandOptions.TryTake"/>.
/// </summary>
public sealed class ArgumentReader(string text)
{
    private string _text = text;

    /// <summary>Where the next word is looked for; give it to <see cref="ReturnTo"/> to read again from there.</summary>
    public int Position { get; private set; }

    /// <summary>Whether nothing but blanks is left.</summary>
    public bool AtEnd => NextWordStart() == _text.Length;

    /// <summary>All that is left, trimmed at its ends only.</summary>
    public string Rest => _text[Position..].Trim();

    /// <summary>The whole raw text that is read; positions count in it.</summary>
    internal string Text => _text;

    /// <summary>The next word without taking it; null at the end.</summary>
    public string? PeekWord()
    {
        var start = NextWordStart();
        return start == _text.Length ? null : _text[start..WordEnd(start)];
    }

    /// <summary>Takes the next run of characters without blanks.</summary>
    public bool TryTakeWord([NotNullWhen(true)] out string? word)
    {
        var start = NextWordStart();
        word = null;
        if (start == _text.Length)
            return false;

        Position = WordEnd(start);
        word = _text[start..Position];
        return true;
    }

    /// <summary>Takes the next word when it is <paramref name="keyword"/>, in any case.</summary>
    public bool TryTakeKeyword(string keyword) =>
        string.Equals(PeekWord(), keyword, StringComparison.OrdinalIgnoreCase) && TryTakeWord(out _);

    /// <summary>Takes a name: the text in double quotes (straight or smart), else the next word.</summary>
    /// <returns>False, with nothing taken, when there is no name; <paramref name="refusal"/> then says why.</returns>
    public bool TryTakeName([NotNullWhen(true)] out string? name, [NotNullWhen(false)] out Refusal? refusal)
    {
        name = null;
        refusal = null;
        var start = NextWordStart();
        if (start == _text.Length)
        {
            refusal = new Refusal("A name is missing. Give one word, or put a name with blanks in double quotes, for example \"Checkout API\".");
            return false;
        }

        if (!Quotation.Opens(_text, start))
            return TryTakeWord(out name);

        if (!Quotation.TryFindEnd(_text, start, out var end))
        {
            refusal = new Refusal($"The name {TypedText.Show(_text[(start + 1)..])} has no closing quote. Put double quotes around the whole name, for example \"Checkout API\".");
            return false;
        }

        var inner = _text[(start + 1)..end].Trim();
        if (inner.Length == 0)
        {
            refusal = new Refusal("The name between the quotes is empty. Put the name between them, for example \"Checkout API\".");
            return false;
        }

        Position = end + 1;
        name = inner;
        return true;
    }

    /// <summary>Takes all that is left, trimmed at its ends only.</summary>
    public string TakeRest()
    {
        var rest = Rest;
        Position = _text.Length;
        return rest;
    }

    /// <summary>Goes back (or on) to a <see cref="Position"/> of this reader.</summary>
    public void ReturnTo(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, _text.Length);
        Position = position;
    }

    internal void ReplaceRest(string rest)
    {
        _text = rest;
        Position = 0;
    }

    private int NextWordStart()
    {
        var start = Position;
        while (start < _text.Length && char.IsWhiteSpace(_text[start]))
            start++;
        return start;
    }

    private int WordEnd(int start)
    {
        var end = start;
        while (end < _text.Length && !char.IsWhiteSpace(_text[end]))
            end++;
        return end;
    }
}
