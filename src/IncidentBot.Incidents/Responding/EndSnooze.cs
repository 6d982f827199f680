using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Reminders;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Responding;

/// <summary><c>/incident snooze off</c>: the room is reminded of the outage again.</summary>
public sealed record EndSnooze : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        if (!incident.IsOpen)
            return CommandAnswer.Refused(SnoozeReminders.Over(incident));
        if (incident.SnoozedUntil is not { } until || until <= context.Now)
            return CommandAnswer.Refused($"The reminders of {incident.Key} are not snoozed.");
        incident.Snooze(null);
        // Those that came due meanwhile were put off until the end of it.
        var putOff = await context.Db.Reminders
            .Where(r => r.IncidentNumber == incident.Number && r.State == ReminderState.Waiting && r.DueAt == until && OutageReminder.AllKinds.Contains(r.Kind))
            .ToListAsync(cancellationToken);
        putOff.ForEach(r => r.Postpone(context.Now));
        context.PostInRoom(new ChatMessage(
            new TextBlock(RichText.Bold("Snooze ended") + $" Reminders of {incident.Key}{incident.DrillMark} come again."),
            new ContextBlock($"by {context.By.Name}")));
        return context.Answer($"The snooze is ended: reminders of {incident.Key} come again.") with { ShownIn = incident.Room };
    }
}
