using IncidentBot.Templating.Syntax;

namespace IncidentBot.Templating.Runtime;

/// <summary>The arguments of all the calls under way, one on top of the other, so that a call makes no array of its own.</summary>
internal sealed class ArgumentStack
{
    private object?[] _values = new object?[64];
    private string?[] _names = new string?[64];

    public int Top { get; private set; }

    public void Push(string? name, object? value)
    {
        if (Top == _values.Length) Grow(Top * 2);
        _values[Top] = value;
        _names[Top] = name;
        Top++;
    }

    public int PushPiped(TemplateContext context, in PipedValue piped)
    {
        if (piped.From is null) return 0;
        var before = Top;
        if (piped.IsSpread) PushSpread(context, piped.From, piped.Value);
        else Push(null, piped.Value);
        return Top - before;
    }

    public void PushSpread(TemplateContext context, ScriptNode node, object? list)
    {
        if (Values.ToSequence(list) is not { } items)
        {
            Push(null, list);
            return;
        }

        foreach (var item in context.Counted(node, items)) Push(null, item);
    }

    /// <summary>Room for the bound arguments of a built-in.</summary>
    public Span<object?> Reserve(int count)
    {
        if (Top + count > _values.Length) Grow(Math.Max(Top + count, Top * 2));
        var span = _values.AsSpan(Top, count);
        Top += count;
        return span;
    }

    public ArgumentRange From(int mark) => new(_values.AsSpan(mark, Top - mark), _names.AsSpan(mark, Top - mark));

    public void Cut(int mark)
    {
        Array.Clear(_values, mark, Top - mark);
        Array.Clear(_names, mark, Top - mark);
        Top = mark;
    }

    private void Grow(int size)
    {
        // New arrays, not resized ones: calls under way still read from the old.
        var values = new object?[size];
        var names = new string?[size];
        Array.Copy(_values, values, Top);
        Array.Copy(_names, names, Top);
        _values = values;
        _names = names;
    }
}

internal readonly ref struct ArgumentRange(ReadOnlySpan<object?> values, ReadOnlySpan<string?> names)
{
    public ReadOnlySpan<object?> Values { get; } = values;

    public ReadOnlySpan<string?> Names { get; } = names;
}
