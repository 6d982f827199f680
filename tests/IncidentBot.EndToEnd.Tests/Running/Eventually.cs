using System.Diagnostics;

namespace IncidentBot.EndToEnd.Tests.Running;

/// <summary>Waits for what another process does in its own time; every wait ends.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Tries until there is something.</summary>
    public static async Task<T> GetAsync<T>(string what, Func<Task<T?>> attempt, TimeSpan? within = null)
        where T : class
    {
        var began = Stopwatch.GetTimestamp();
        do
        {
            if (await attempt() is { } found)
                return found;
            await Task.Delay(Pause);
        }
        while (Stopwatch.GetElapsedTime(began) < (within ?? Bound));
        throw new TimeoutException($"It did not happen in time: {what}.");
    }

    public static Task<object> HoldsAsync(string what, Func<Task<bool>> condition, TimeSpan? within = null) =>
        GetAsync(what, async () => await condition() ? what as object : null, within);
}
