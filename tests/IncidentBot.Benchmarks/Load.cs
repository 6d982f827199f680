using System.Diagnostics;

namespace IncidentBot.Benchmarks;

/// <summary>What a number of clients got done, each doing one thing after the other for a while.</summary>
internal sealed record Load(Latencies Latencies, TimeSpan Elapsed)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    public double PerSecond => Latencies.Count / Elapsed.TotalSeconds;

    public static async Task<Load> RunAsync(int clients, Func<Task> action)
    {
        var start = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            var latencies = new Latencies();
            while (Stopwatch.GetElapsedTime(start) < Length)
                await latencies.MeasureAsync(action);
            return latencies;
        })));
        var together = new Latencies();
        foreach (var latencies in all)
            together.Add(latencies);
        return new Load(together, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>The round that got done neither most nor least.</summary>
    public static Load Middle(IEnumerable<Load> rounds) => rounds.OrderBy(l => l.PerSecond).ToList() is var sorted ? sorted[sorted.Count / 2] : null!;
}
