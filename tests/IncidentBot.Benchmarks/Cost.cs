namespace IncidentBot.Benchmarks;

/// <summary>What doing a thing takes.</summary>
/// <param name="Time">How long, each time.</param>
/// <param name="Bytes">Allocated each time, on whatever thread; nothing else goes on in this process.</param>
internal sealed record Cost(Latencies Time, double Bytes)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public TimeSpan Median => Time.Median;

    public static async Task<Cost> OfAsync(int times, Func<Task> action)
    {
        // More than the runtime needs to compile what is used often for good, and time for it to do so.
        for (var round = 0; round < 4; round++)
        {
            var start = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < 40 || TimeProvider.System.GetElapsedTime(start) < WarmUp; i++)
                await action();
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }

        var latencies = new Latencies();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < times; i++)
            await latencies.MeasureAsync(action);
        return new Cost(latencies, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)times);
    }

    public static Task<Cost> OfAsync(int times, Func<object> action) => OfAsync(times, () =>
    {
        action();
        return Task.CompletedTask;
    });
}
