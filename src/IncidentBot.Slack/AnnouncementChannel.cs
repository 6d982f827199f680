using IncidentBot.Slack.Api;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IncidentBot.Slack;

/// <summary>
/// Learns the id of the announcement channel that the configuration names, before anything is announced: an incident that is declared
/// in that very channel is not announced there once more. A Slack that does not answer keeps nothing from starting.
/// </summary>
public sealed partial class AnnouncementChannel(
    SlackChannels channels, IOptions<SlackOptions> options, TimeProvider timeProvider, ILogger<AnnouncementChannel> logger) : BackgroundService
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
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Slack:AnnouncementChannel was not found: {Reason}")]
        public static partial void NotFound(ILogger logger, string reason);
    }
}
