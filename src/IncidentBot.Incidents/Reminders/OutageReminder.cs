using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Responding;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Reminders;

/// <summary>What the room is reminded of while the outage goes on: not too often, not while it is snoozed, and never after it.</summary>
internal abstract class OutageReminder(RemindersOptions options) : ReminderRule
{
    /// <summary>What is not said while an incident is snoozed.</summary>
    public static readonly ReminderKind[] AllKinds = [ReminderKind.StatusUpdate, .. CoverageNudge.Kinds];

    public override TimeSpan StaleAfter => options.StaleAfter;

    public override async Task<DateTimeOffset?> PostponedToAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken)
    {
        if (!context.Incident.IsOpen)
            return null;
        var due = await DueAsync(context, cancellationToken);
        var free = await FreeAsync(context, cancellationToken);
        var snoozed = context.Incident.SnoozedUntil;
        return new[] { due, free, snoozed }.Max();
    }

    /// <summary>When there is something to say at the earliest, from what was recorded meanwhile; null: now.</summary>
    protected virtual Task<DateTimeOffset?> DueAsync(CommandContext context, CancellationToken cancellationToken) => Task.FromResult<DateTimeOffset?>(null);

    /// <summary>When the room may be reminded again, if it was as often as it may be within an hour.</summary>
    private async Task<DateTimeOffset?> FreeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var number = context.Incident.Number;
        var since = context.Now - TimeSpan.FromHours(1);
        var lately = await context.Db.Reminders
            .Where(r => r.IncidentNumber == number && r.State == ReminderState.Fired && r.DoneAt > since && AllKinds.Contains(r.Kind))
            .OrderByDescending(r => r.DoneAt)
            .Select(r => r.DoneAt)
            .Skip(options.MostPerHour - 1)
            .FirstOrDefaultAsync(cancellationToken);
        return lately + TimeSpan.FromHours(1);
    }
}
