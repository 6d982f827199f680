using System.Diagnostics;
using IncidentBot.Incidents.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;

namespace IncidentBot.Tests.Fakes;

/// <summary>The outbox of a bot whose clock stands still: it sends when a test says so.</summary>
internal static class SteppedOutbox
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    public static void LeaveToTests(IServiceCollection services)
    {
        services.Remove(services.Last(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.ReturnType == typeof(OutboxDispatcher)));
        var calls = new CallsUnderWay();
        services.AddSingleton(calls);
        services.ConfigureAll<HttpClientFactoryOptions>(http => http.HttpMessageHandlerBuilderActions.Add(handlers => handlers.AdditionalHandlers.Add(new Counting(calls))));
    }

    /// <summary>Lets it send all that it may send now; where it waits for its turn, time passes.</summary>
    /// <param name="inFlight">How many calls the far end has not answered.</param>
    /// <param name="callCount">How many it got.</param>
    public static async Task DeliverAsync(IServiceProvider services, SteppedTimeProvider clock, Func<int> inFlight, Func<int> callCount)
    {
        var underWay = services.GetRequiredService<CallsUnderWay>();
        var sending = Task.Run(() => services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None));
        var calls = 0;
        var sinceLastCall = Stopwatch.StartNew();
        while (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, Task.Delay(20));
            if (calls != callCount())
                sinceLastCall.Restart();
            // A call that has not arrived yet is under way all the same: on a busy machine that takes longer than the step.
            else if (inFlight() == 0 && underWay.Count == 0 && !sending.IsCompleted)
                clock.Advance(TimeSpan.FromMilliseconds(500));
            calls = callCount();
            if (sinceLastCall.Elapsed > LongestSilence)
                throw new TimeoutException($"The outbox neither ends nor calls anybody; {inFlight()} calls wait for an answer.");
        }
        await sending;
    }

    /// <summary>Waits for the calls that a timer set off: were the clock set forward meanwhile, they would seem to take too long.</summary>
    public static async Task SettleAsync(IServiceProvider services)
    {
        var underWay = services.GetRequiredService<CallsUnderWay>();
        do
            await Task.Delay(20);
        while (underWay.Count > 0);
    }

    /// <summary>The bot's calls that have no answer yet.</summary>
    private sealed class CallsUnderWay
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Begin() => Interlocked.Increment(ref _count);

        public void End() => Interlocked.Decrement(ref _count);
    }

    private sealed class Counting(CallsUnderWay calls) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            calls.Begin();
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                calls.End();
            }
        }
    }
}
