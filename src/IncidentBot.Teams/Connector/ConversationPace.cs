using IncidentBot.Incidents.Chat;

namespace IncidentBot.Teams.Connector;

/// <summary>
/// What a bot may do in one conversation and in one tenant before Teams refuses it.
/// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
/// </summary>
internal sealed class ConversationPace(TimeProvider timeProvider)
{
    /// <summary>Who has to wait longer makes way for other conversations meanwhile.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestWaitOfBegun = TimeSpan.FromMinutes(1);

    /// <summary>As long as the longest limit.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    private static readonly Limit[] OfConversation =
    [
        new(7, TimeSpan.FromSeconds(1)), new(8, TimeSpan.FromSeconds(2)), new(60, TimeSpan.FromSeconds(30)), new(1800, TimeSpan.FromHours(1)),
    ];

    private static readonly Limit[] OfTenant = [new(30, TimeSpan.FromSeconds(1))];

    private readonly Dictionary<string, Turns> _conversations = [];
    private readonly Dictionary<string, Turns> _tenants = [];
    private readonly Lock _lock = new();
    private DateTimeOffset _clearedAt = timeProvider.GetUtcNow();

    /// <summary>How many conversations and tenants are kept in mind.</summary>
    public int Count => _conversations.Count + _tenants.Count;

    private DateTimeOffset Now => timeProvider.GetUtcNow();

    /// <summary>Returns when it is the caller's turn, which lasts until it is disposed of: on its way a call may lose any time that was won before.</summary>
    /// <param name="isBegun">What cannot go on later from where it is now waits longer.</param>
    /// <exception cref="ChatPlatformException">It will not be for a while.</exception>
    public async Task<IDisposable> TakeAsync(string conversationId, string? tenantId, CancellationToken cancellationToken, bool isBegun = false)
    {
        var until = Now + (isBegun ? LongestWaitOfBegun : LongestWait);
        while (true)
        {
            var wait = Take(conversationId, tenantId ?? "", out var turn);
            if (turn is not null)
                return turn;
            if (Now + wait > until)
                throw new ChatPlatformException("Teams takes only so many messages in a while; what is left is sent later.", isTransient: true, wait);
            await Task.Delay(wait, timeProvider, cancellationToken);
        }
    }

    /// <returns>How long until there may be a turn, where there is none yet.</returns>
    private TimeSpan Take(string conversationId, string tenantId, out Turn? turn)
    {
        lock (_lock)
        {
            var now = Now;
            if (now - _clearedAt > KeptFor)
            {
                Clear(_conversations, now - KeptFor);
                Clear(_tenants, now - KeptFor);
                _clearedAt = now;
            }
            var conversation = Of(_conversations, conversationId, OfConversation);
            var tenant = Of(_tenants, tenantId, OfTenant);
            var free = conversation.NextAfter(tenant.NextAfter(now, now), now);
            turn = free > now ? null : new Turn(this);
            if (turn is not null)
            {
                conversation.Add(turn);
                tenant.Add(turn);
            }
            return free - now;
        }
    }

    private static Turns Of(Dictionary<string, Turns> all, string id, Limit[] limits)
    {
        if (!all.TryGetValue(id, out var turns))
            all[id] = turns = new Turns(limits);
        return turns;
    }

    private static void Clear(Dictionary<string, Turns> all, DateTimeOffset before)
    {
        foreach (var (id, _) in all.Where(t => t.Value.EndedBefore(before)).ToList())
            all.Remove(id);
    }

    private sealed record Limit(int Most, TimeSpan Within);

    private sealed class Turn(ConversationPace pace) : IDisposable
    {
        /// <summary>Null while it lasts.</summary>
        public DateTimeOffset? EndedAt { get; private set; }

        public void Dispose()
        {
            lock (pace._lock)
                EndedAt ??= pace.Now;
        }
    }

    /// <summary>The turns given lately.</summary>
    private sealed class Turns(Limit[] limits)
    {
        private readonly List<Turn> _given = [];

        /// <returns>The earliest instant from <paramref name="from"/> on at which every limit is kept, as it looks now.</returns>
        public DateTimeOffset NextAfter(DateTimeOffset from, DateTimeOffset now)
        {
            var ends = _given.Select(t => t.EndedAt ?? now).Order().ToList();
            foreach (var limit in limits)
            {
                // The one that many turns ago must be out of the window.
                if (ends.Count >= limit.Most && ends[^limit.Most] + limit.Within is var free && free > from)
                    from = free;
            }
            return from;
        }

        public bool EndedBefore(DateTimeOffset instant) => _given.TrueForAll(t => t.EndedAt < instant);

        public void Add(Turn turn)
        {
            if (_given.Count == limits[^1].Most)
                _given.RemoveAt(0);
            _given.Add(turn);
        }
    }
}
