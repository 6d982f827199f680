namespace IncidentBot.Templating.Runtime;

internal enum LoopKind
{
    For,
    While,
    TableRow,
}

/// <summary>Where a running loop is; the values of <c>for.index</c> and its like.</summary>
internal sealed class LoopState(LoopState? outer, LoopKind kind, int length)
{
    private object? _value;
    private bool _changed = true;

    public LoopState? Outer { get; } = outer;

    public LoopKind Kind { get; } = kind;

    public int Columns { get; init; } = 1;

    public int Index { get; private set; }

    public void Move(int index, object? value)
    {
        _changed = index == 0 || !Equals(_value, value);
        _value = value;
        Index = index;
    }

    public object? Get(string member) => member switch
    {
        "index" => Values.Box(Index),
        "rindex" => Values.Box(length - Index - 1),
        "length" => Values.Box(length),
        "first" => Values.Box(Index == 0),
        "last" => Values.Box(Index == length - 1),
        "even" => Values.Box((Index & 1) == 0),
        "odd" => Values.Box((Index & 1) == 1),
        "changed" => Values.Box(_changed),
        "col" => Values.Box(Index % Columns),
        _ => null,
    };
}
