namespace IncidentBot.Templating.Runtime;

/// <summary>What <c>for.index</c> and its like read.</summary>
internal sealed class LoopState(string keyword, int length)
{
    public string Keyword => keyword;

    public int Length => length;

    public int Index { get; set; }

    public int Columns { get; init; } = int.MaxValue;

    public object? Value { get; set; }

    public object? Previous { get; set; }

    public object? Get(string member) => member switch
    {
        "index" or "index0" => Boxed.Int(Index),
        "rindex" or "rindex0" when length >= 0 => Boxed.Int(length - Index - 1),
        "length" when length >= 0 => Boxed.Int(length),
        "first" => Boxed.Bool(Index == 0),
        "last" when length >= 0 => Boxed.Bool(Index == length - 1),
        "even" => Boxed.Bool((Index & 1) == 0),
        "odd" => Boxed.Bool((Index & 1) == 1),
        "changed" => Boxed.Bool(Index == 0 || !Equals(Value, Previous)),
        "col" => Boxed.Int(Index % Columns),
        _ => null,
    };
}
