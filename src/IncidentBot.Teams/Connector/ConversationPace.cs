using System.Collections.Concurrent;

namespace IncidentBot.Teams.Connector;

/// <summary>
/// What a bot may do in one conversation and in one tenant before Teams refuses it.
/// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
/// </summary>
internal sealed class ConversationPace(TimeProvider timeProvider)
{
    private static readonly Limit[] OfConversation =
    [
        new(7, TimeSpan.FromSeconds(1)), new(8, TimeSpan.FromSeconds(2)), new(60, TimeSpan.FromSeconds(30)), new(1800, TimeSpan.FromHours(1)),
    ];

    private static readonly Limit[] OfTenant = [new(30, TimeSpan.FromSeconds(1))];

    private readonly ConcurrentDictionary<string, Turns> _conversations = [];
    private readonly ConcurrentDictionary<string, Turns> _tenants = [];

    /// <summary>Returns when it is the caller's turn.</summary>
    public async Task WaitAsync(string conversationId, string? tenantId, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var turn = _conversations.GetOrAdd(conversationId, _ => new Turns(OfConversation)).Take(now);
        if (tenantId is not null)
            turn = _tenants.GetOrAdd(tenantId, _ => new Turns(OfTenant)).Take(turn);
        if (turn > now)
            await Task.Delay(turn - now, timeProvider, cancellationToken);
    }

    private sealed record Limit(int Most, TimeSpan Within);

    /// <summary>The turns given out lately, in order.</summary>
    private sealed class Turns(Limit[] limits)
    {
        private readonly Lock _lock = new();
        private readonly Queue<DateTimeOffset> _given = [];

        /// <returns>The earliest instant from <paramref name="from"/> on at which every limit is kept.</returns>
        public DateTimeOffset Take(DateTimeOffset from)
        {
            lock (_lock)
            {
                var given = _given.ToArray();
                foreach (var limit in limits)
                {
                    // The one that many turns ago must be out of the window.
                    if (given.Length >= limit.Most && given[^limit.Most] + limit.Within is var free && free > from)
                        from = free;
                }
                if (_given.Count == limits[^1].Most)
                    _given.Dequeue();
                _given.Enqueue(from);
                return from;
            }
        }
    }
}
