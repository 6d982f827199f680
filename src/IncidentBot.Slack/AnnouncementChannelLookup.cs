using IncidentBot.Slack.Api;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IncidentBot.Slack;

/// <summary>
/// Learns the id of the announcement channel that the configuration names, so that an incident that is declared in that very channel
/// is not announced there once more. The bot serves meanwhile: a Slack that does not answer keeps nothing from starting.
/// </summary>
public sealed partial class AnnouncementChannelLookup(
    SlackChannels channels, IOptions<SlackOptions> options, TimeProvider timeProvider, ILogger<AnnouncementChannelLookup> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.AnnouncementChannel.Length > 0)
        {
            try
            {
                await channels.FindIdAsync(options.Value.AnnouncementChannel, stoppingToken);
                return;
            }
            catch (SlackException fault) when (fault.IsTransient)
            {
                await Task.Delay(Pause, timeProvider, stoppingToken);
            }
            catch (SlackException fault)
            {
                // Once it can be found, the first announcement finds it.
                Log.NotFound(logger, SlackFaults.Explain(fault));
                return;
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // It would stop the bot.
                Log.Failed(logger, fault);
                return;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Slack:AnnouncementChannel was not found: {Reason}")]
        public static partial void NotFound(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Error, "Slack:AnnouncementChannel was not looked for")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
