using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Reminders;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Responding;

/// <summary><c>/incident snooze 20m</c>: nobody is reminded of the outage for so long. Escalations go on.</summary>
public sealed record SnoozeReminders(TimeSpan For) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        if (!incident.IsOpen)
            return CommandAnswer.Refused(Over(incident));
        var until = context.Now + For;
        await SnoozeAsync(context, until, cancellationToken);
        context.PostInRoom(RichText.Format($"{RichText.Bold("Snoozed")} No reminders of {incident.Key}{incident.DrillMark} until {new InstantSpan(until, incident.ZoneId)}; escalations go on."));
        return context.Answer($"No reminders of {incident.Key} until {context.Show(until)}; escalations go on.") with { ShownIn = incident.Room };
    }

    /// <summary>What came due meanwhile was put off until the end of the snooze, and moves with it.</summary>
    /// <param name="until">Null: it ends now.</param>
    internal static async Task SnoozeAsync(CommandContext context, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var before = incident.SnoozedUntil;
        incident.Snooze(until);
        if (before is null)
            return;
        var putOff = await context.Db.Reminders
            .Where(r => r.IncidentNumber == incident.Number && r.State == ReminderState.Waiting && r.DueAt == before && OutageReminder.AllKinds.Contains(r.Kind))
            .ToListAsync(cancellationToken);
        putOff.ForEach(r => r.Postpone(until ?? context.Now));
    }

    internal static string Over(Incident incident) => $"{incident.Key} is {incident.Status.ToText()}: nobody is reminded of the outage any more.";
}
