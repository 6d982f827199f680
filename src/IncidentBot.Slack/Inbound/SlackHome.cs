using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Store;
using IncidentBot.Slack.Api;
using IncidentBot.Slack.Blocks;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Slack.Inbound;

/// <summary>The App Home tab. https://api.slack.com/surfaces/app-home</summary>
public sealed partial class SlackHome(
    ISlackApiClient slack, CommandDispatcher dispatcher, SlackPeople people, TimeProvider timeProvider, ILogger<SlackHome> logger)
{
    /// <summary>Shows a person what waits for them. Never fails: the tab is made anew whenever it is opened.</summary>
    public async Task PublishAsync(string userId, CancellationToken cancellationToken)
    {
        try
        {
            var (by, zone) = await people.FindAsync(userId, null, cancellationToken);
            var groups = await people.TryListGroupsAsync(cancellationToken);
            var command = new ShowHome { TeamIds = [.. groups.Where(g => g.DateDelete == 0 && g.Users?.Contains(userId) == true).Select(g => g.Id)] };
            var answer = await dispatcher.HandleAsync(
                new InboundAction("", SlackPlatform.In(userId), by, command, zone, timeProvider.GetUtcNow()), cancellationToken);
            var blocks = MessageBlocks.ToBlocks(answer.Message, _ => null).ToList();
            await slack.Views.Publish(userId, new HomeViewDefinition(blocks), cancellationToken);
        }
        catch (Exception fault) when (fault is SlackException or StoreUnavailableException)
        {
            Log.NotPublished(logger, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The App Home tab was not published")]
        public static partial void NotPublished(ILogger logger, Exception exception);
    }
}
