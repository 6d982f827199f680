using IncidentBot.Incidents.Chat;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Incidents.Escalations;

/// <summary>
/// Learns the names of those whom policies ask: at the start, and now and then, since a command must not wait for a platform. Who is
/// not known yet goes by what the configuration says.
/// </summary>
internal sealed partial class EscalationContacts(
    EscalationPolicies policies, IEnumerable<IChatPlatform> platforms, TimeProvider timeProvider, ILogger<EscalationContacts> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan FaultPause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (policies.All.Count == 0)
            return;
        while (true)
        {
            var areKnown = true;
            foreach (var account in policies.All.SelectMany(p => p.Levels).SelectMany(l => l.Targets).Select(t => t.ToPerson()).OfType<Person>().Distinct().ToList())
                areKnown &= await LearnAsync(account, stoppingToken);
            await Task.Delay(areKnown ? Interval : FaultPause, timeProvider, stoppingToken);
        }
    }

    /// <returns>False where the platform did not tell.</returns>
    private async Task<bool> LearnAsync(Person account, CancellationToken cancellationToken)
    {
        try
        {
            if (platforms.FirstOrDefault(p => p.Name == account.Platform) is { } platform && await platform.FindPersonAsync(account.Id, cancellationToken) is { } found)
                policies.Learn(account, found.Person);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Names are a convenience: without them nobody is asked any less.
            Log.Unknown(logger, account.Platform, account.Id, fault is ChatPlatformException ? fault.Message : fault.GetType().Name);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Platform} did not tell who {Id} is: {Reason}")]
        public static partial void Unknown(ILogger logger, string platform, string id, string reason);
    }
}
