using IncidentBot.Teams.Schema;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Teams.Inbound;

/// <summary>What each kind of activity does. The activity is authenticated.</summary>
public sealed partial class TeamsActivityHandler(ILogger<TeamsActivityHandler> logger)
{
    /// <returns>The answer to an invoke; null for everything else.</returns>
    public Task<InvokeResponse?> OnTurnAsync(Activity activity, CancellationToken cancellationToken)
    {
        Log.UnknownKind(logger, activity.Type, activity.Name);
        return Task.FromResult<InvokeResponse?>(activity.Type == ActivityTypes.Invoke ? new InvokeResponse(501) : null);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Teams sent a {Type} {Name}, which the bot does not use")]
        public static partial void UnknownKind(ILogger logger, string? type, string? name);
    }
}
