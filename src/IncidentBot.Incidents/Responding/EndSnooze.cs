using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;

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
        await SnoozeReminders.SnoozeAsync(context, null, cancellationToken);
        context.PostInRoom(RichText.Bold("Snooze ended") + $" Reminders of {incident.Key}{incident.DrillMark} come again.");
        return context.Answer($"The snooze is ended: reminders of {incident.Key} come again.") with { ShownIn = incident.Room };
    }
}
