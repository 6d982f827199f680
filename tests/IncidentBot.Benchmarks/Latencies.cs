using System.Diagnostics;

namespace IncidentBot.Benchmarks;

/// <summary>How long each of a number of things took, in Stopwatch ticks.</summary>
internal sealed class Latencies
{
    private readonly List<long> _ticks = [];
    private bool _isSorted;

    public int Count => _ticks.Count;

    public TimeSpan Median => At(0.5);

    public async Task MeasureAsync(Func<Task> action)
    {
        var start = Stopwatch.GetTimestamp();
        await action();
        Add(Stopwatch.GetTimestamp() - start);
    }

    public void Add(TimeSpan time) => Add((long)(time.TotalSeconds * Stopwatch.Frequency));

    public void Add(Latencies others)
    {
        _ticks.AddRange(others._ticks);
        _isSorted = false;
    }

    /// <summary>The nearest-rank percentile; <paramref name="share"/> is 0.99 for p99.</summary>
    public TimeSpan At(double share)
    {
        if (!_isSorted)
            _ticks.Sort();
        _isSorted = true;
        return Stopwatch.GetElapsedTime(0, _ticks[Math.Max(0, (int)Math.Ceiling(share * Count) - 1)]);
    }

    private void Add(long ticks)
    {
        _ticks.Add(ticks);
        _isSorted = false;
    }
}
