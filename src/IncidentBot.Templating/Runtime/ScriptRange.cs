using System.Collections;

namespace IncidentBot.Templating.Runtime;

/// <summary>
/// The whole numbers from one to another, up or down. They are worked out when they are read, so that a range of a million
/// million takes no room; none can be changed.
/// </summary>
public sealed class ScriptRange : IReadOnlyList<object?>
{
    private readonly long _start;
    private readonly int _step;

    internal ScriptRange(long start, long end, bool isEndIncluded)
    {
        _start = start;
        _step = start <= end ? 1 : -1;
        // The distance of two longs does not fit into a long.
        var distance = (decimal)end - start;
        LongCount = (long)Math.Min(Math.Abs(distance) + (isEndIncluded ? 1 : 0), long.MaxValue);
    }

    /// <summary>The number of items; <see cref="int.MaxValue"/> where there are more.</summary>
    public int Count => (int)Math.Min(LongCount, int.MaxValue);

    internal long LongCount { get; }

    public object? this[int index] => Values.Box(_start + ((long)index * _step));

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0L; i < LongCount; i++) yield return Values.Box(_start + (i * _step));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
