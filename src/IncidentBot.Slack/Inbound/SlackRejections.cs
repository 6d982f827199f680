using Microsoft.Extensions.Logging;

namespace IncidentBot.Slack.Inbound;

/// <summary>Logs requests that Slack did not sign: one line a minute at most, since the address is public and anybody may knock.</summary>
public sealed partial class SlackRejections(TimeProvider timeProvider, ILogger<SlackRejections> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _quietUntil;
    private int _count;

    public void Add(string reason)
    {
        lock (_lock)
        {
            _count++;
            var now = timeProvider.GetUtcNow();
            if (now < _quietUntil)
                return;
            if (_count == 1)
                Log.Rejected(logger, reason);
            else
                Log.RejectedMany(logger, _count, reason);
            _quietUntil = now + Pause;
            _count = 0;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A request to a Slack URL was rejected: {Reason}")]
        public static partial void Rejected(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Warning, "{Count} requests to Slack URLs were rejected since the last such line, the last one: {Reason}")]
        public static partial void RejectedMany(ILogger logger, int count, string reason);
    }
}
