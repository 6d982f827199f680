using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Responding;

/// <summary><c>/incident role commander|comms|scribe @user</c>.</summary>
public sealed record AssignRole(IncidentRole Role, Person Holder) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var current = await context.Db.Roles.SingleOrDefaultAsync(
            r => r.IncidentNumber == incident.Number && r.Role == Role && r.EndedAt == null, cancellationToken);
        if (current is not null && current.Holder.IsSameAs(Holder))
            return CommandAnswer.Refused($"{Holder} is {Role.ToText()} of {incident.Key} already.");
        current?.End(context.Now);
        context.Db.Add(new RoleAssignment(incident, Role, Holder, context.Now));
        var entry = incident.Record(EntryKind.Role, context.Now, "", new RoleFacts(Role, Holder), context.By, context.Now);
        context.Add(entry);
        context.Invite(Holder);
        return context.Recorded(entry);
    }
}
