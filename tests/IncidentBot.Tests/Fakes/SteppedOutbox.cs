using System.Diagnostics;
using IncidentBot.Incidents.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IncidentBot.Tests.Fakes;

/// <summary>The outbox of a bot whose clock stands still: it sends when a test says so.</summary>
internal static class SteppedOutbox
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    public static void LeaveToTests(IServiceCollection services) =>
        services.Remove(services.Last(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.ReturnType == typeof(OutboxDispatcher)));

    /// <summary>Lets it send all that it may send now; where it waits for its turn, time passes.</summary>
    /// <param name="inFlight">How many calls the far end has not answered.</param>
    /// <param name="callCount">How many it got.</param>
    public static async Task DeliverAsync(IServiceProvider services, SteppedTimeProvider clock, Func<int> inFlight, Func<int> callCount)
    {
        var sending = Task.Run(() => services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None));
        var calls = 0;
        var sinceLastCall = Stopwatch.StartNew();
        while (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, Task.Delay(20));
            if (calls != callCount())
                sinceLastCall.Restart();
            else if (inFlight() == 0 && !sending.IsCompleted)
                clock.Advance(TimeSpan.FromMilliseconds(500));
            calls = callCount();
            if (sinceLastCall.Elapsed > LongestSilence)
                throw new TimeoutException($"The outbox neither ends nor calls anybody; {inFlight()} calls wait for an answer.");
        }
        await sending;
    }
}
