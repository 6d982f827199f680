using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;

namespace IncidentBot.Incidents.Responding;

/// <summary><c>/incident snooze 20m</c>: nobody is reminded of the outage for so long. Escalations go on.</summary>
public sealed record SnoozeReminders(TimeSpan For) : Command
{
    internal override Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        if (!incident.IsOpen)
            return Task.FromResult(CommandAnswer.Refused(Over(incident)));
        var until = context.Now + For;
        incident.Snooze(until);
        context.PostInRoom(new ChatMessage(
            new TextBlock(RichText.Format($"{RichText.Bold("Snoozed")} No reminders of {incident.Key}{incident.DrillMark} until {new InstantSpan(until, incident.ZoneId)}; escalations go on.")),
            new ContextBlock($"by {context.By.Name}")));
        return Task.FromResult(context.Answer($"No reminders of {incident.Key} until {context.Show(until)}; escalations go on.") with { ShownIn = incident.Room });
    }

    internal static string Over(Incident incident) => $"{incident.Key} is {incident.Status.ToText()}: nobody is reminded of the outage any more.";
}
