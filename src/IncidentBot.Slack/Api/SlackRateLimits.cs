using System.Collections.Concurrent;

namespace IncidentBot.Slack.Api;

/// <summary>
/// The pauses that Slack asked for, by method, and by channel where Slack counts so. A call during a pause fails at once: each
/// one that Slack has to refuse again makes the pause longer.
/// </summary>
public sealed class SlackRateLimits(TimeProvider timeProvider)
{
    private readonly ConcurrentDictionary<(string Method, string? Channel), DateTimeOffset> _until = [];

    /// <exception cref="SlackRateLimitException">The pause lasts still.</exception>
    public void ThrowIfPaused(string method, string? channel)
    {
        if (_until.TryGetValue((method, channel), out var until) && until - timeProvider.GetUtcNow() is var left && left > TimeSpan.Zero)
            throw new SlackRateLimitException(method, left);
    }

    public void Pause(string method, string? channel, TimeSpan pause)
    {
        var now = timeProvider.GetUtcNow();
        // Calls that were under way together come back with pauses of different lengths.
        _until.AddOrUpdate((method, channel), now + pause, (_, known) => known > now + pause ? known : now + pause);
        foreach (var (key, until) in _until)
        {
            if (until < now)
                _until.TryRemove(KeyValuePair.Create(key, until));
        }
    }
}
