using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;

namespace IncidentBot.Incidents.Resolving;

/// <summary><c>/incident due DATE</c>: another day by which the postmortem is to be complete.</summary>
public sealed record MovePostmortemDate(DateOnly Due) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        if (incident.IsOpen)
            return CommandAnswer.Refused($"{incident.Key} is still open ({incident.Status.ToText()}): its postmortem is due on no day before the outage has ended.");
        if (incident.Status == IncidentStatus.Cancelled)
            return CommandAnswer.Refused($"{incident.Key} was a false alarm, so no postmortem of it is due.");
        if ((await MissingParts.OfAsync(context.Db, incident, cancellationToken)).Count == 0)
            return CommandAnswer.Refused($"The postmortem of {incident.Key} lacks nothing any more, so it is due on no day.");
        await AskForMissingParts.MoveAsync(context, Due, cancellationToken);
        context.RefreshDueDate();
        var said = $"The postmortem of {incident.Key} is now due on {ZonedTime.FormatDate(Due)}";
        context.PostInRoom(RichText.Bold(said) + ".");
        return context.Answer(said + ".");
    }
}
