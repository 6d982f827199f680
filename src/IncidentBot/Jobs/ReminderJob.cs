using System.Globalization;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;
using Quartz;

namespace IncidentBot.Jobs;

/// <summary>Says that a reminder is due. Doing so twice does no harm, so what was under way when the process died is run again.</summary>
internal sealed partial class ReminderJob(ReminderDispatcher dispatcher, ILogger<ReminderJob> logger) : IJob
{
    /// <summary>Where the trigger holds the reminder's number.</summary>
    public const string IdKey = "id";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var id = long.Parse(context.MergedJobDataMap.GetString(IdKey)!, CultureInfo.InvariantCulture);
        try
        {
            await dispatcher.FireAsync(id, cancellationToken);
        }
        catch (StoreUnavailableException fault)
        {
            // It still waits and its trigger is used up: the next reconciliation schedules it again, a minute from now at the latest.
            Log.Unavailable(logger, id, fault.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Reminder {Id} is due and still waits: {Reason}")]
        public static partial void Unavailable(ILogger logger, long id, string reason);
    }
}
