using IncidentBot.Incidents;
using IncidentBot.Slack.Api;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IncidentBot.Slack;

/// <summary>Says at the start what would otherwise show only once somebody types a command. A Slack that does not answer keeps nothing from starting.</summary>
public sealed partial class SlackStart(
    ISlackApiClient slack, IOptions<SlackOptions> options, IOptions<IncidentBotOptions> bot, ILogger<SlackStart> logger) : BackgroundService
{
    /// <summary>What a bot that Slack calls misses without its public address; null where nothing is missed.</summary>
    internal static string? AboutPublicUrl(SlackOptions options, string publicUrl) =>
        options.Mode == SlackMode.SocketMode || publicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? null
        : $"IncidentBot:PublicUrl is {(publicUrl.Length == 0 ? "empty" : $"\"{publicUrl}\"")}. Slack calls https:// addresses only, so the bot cannot say which ones to enter in the app's pages"
            + (publicUrl.Length == 0 ? ", and incidents' channels get no link of a web page" : "")
            + ". Set it to the address by which Slack reaches this bot, or set Slack:Mode to SocketMode, which needs none.";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (AboutPublicUrl(options.Value, bot.Value.PublicUrl) is { } missing)
            Log.NoPublicUrl(logger, missing);
        try
        {
            var identity = await slack.Auth.Test(stoppingToken);
            Log.Known(logger, identity.User, identity.Team);
        }
        catch (SlackException fault)
        {
            Log.Refused(logger, SlackFaults.Advise(fault));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Missing}")]
        public static partial void NoPublicUrl(ILogger logger, string missing);

        [LoggerMessage(2, LogLevel.Warning, "Nothing can be posted in Slack now; what people type is recorded, and sent once this is mended. {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(3, LogLevel.Information, "Slack knows the bot as @{User} in the workspace {Team}")]
        public static partial void Known(ILogger logger, string? user, string? team);
    }
}
