using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Slack.Inbound;

/// <summary>
/// What is done once Slack has its answer. Not on the connection of the request: the next request on it would wait for a slow Slack.
/// Nothing here has to outlive the bot, what must is in the outbox.
/// </summary>
public sealed partial class SlackFollowUps(ILogger<SlackFollowUps> logger) : BackgroundService
{
    private const int MostAtOnce = 16;
    private const int MostWaiting = 1000;

    private readonly Channel<Func<CancellationToken, Task>> _waiting =
        Channel.CreateBounded<Func<CancellationToken, Task>>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Log.Dropped(logger));

    public void Add(Func<CancellationToken, Task> followUp) => _waiting.Writer.TryWrite(followUp);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(
            _waiting.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = stoppingToken },
            async (followUp, cancellationToken) =>
            {
                try
                {
                    await followUp(cancellationToken);
                }
                catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    Log.Failed(logger, fault);
                }
            });

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "What follows an answer to Slack failed")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "So much follows answers to Slack that the oldest of it was dropped")]
        public static partial void Dropped(ILogger logger);
    }
}
