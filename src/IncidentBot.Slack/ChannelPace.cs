using System.Collections.Concurrent;

namespace IncidentBot.Slack;

/// <summary>One message a second in each channel, which is what Slack allows for long. https://api.slack.com/apis/rate-limits#posting</summary>
internal sealed class ChannelPace(TimeProvider timeProvider)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _next = [];

    /// <summary>Returns when it is the caller's turn.</summary>
    public Task WaitAsync(string channel, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var turn = _next.AddOrUpdate(channel, now + Interval, (_, next) => (next > now ? next : now) + Interval) - Interval;
        if (_next.Count > 1000)
        {
            foreach (var idle in _next.Where(n => n.Value < now))
                _next.TryRemove(idle);
        }
        return turn > now ? Task.Delay(turn - now, timeProvider, cancellationToken) : Task.CompletedTask;
    }
}
