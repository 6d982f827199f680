using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Responding;

/// <summary><c>/incident update text</c>: tells stakeholders, in the room and where incidents are announced.</summary>
public sealed record PostUpdate(string Text) : Command
{
    internal override Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var entry = incident.Record(EntryKind.Update, context.Now, Text, null, context.By, context.Now);
        context.Add(entry);
        var isAnnounced = context.Announce(new ChatMessage(
            new TextBlock(RichText.Bold($"Status update on {incident.Key}{incident.DrillMark} ({incident.Severity.ToText()}, {incident.Status.ToText()})") + " " + Text),
            new ContextBlock(RichText.Format($"{new InstantSpan(context.Now, incident.ZoneId)} · by {context.By.Name}"))));
        return Task.FromResult(context.Recorded(entry, isAnnounced ? " It is posted in the room and where incidents are announced." : " It is posted in the room."));
    }
}
