using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Responding;

/// <summary><c>/incident role commander|comms|scribe @user</c>.</summary>
public sealed record AssignRole(IncidentRole Role, Person Holder) : Command
{
    internal override async Task<CommandAnswer> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await PassOnAsync(context, Role, Holder, cancellationToken);
        var entry = context.Incident.Record(EntryKind.Role, context.Now, "", new RoleFacts(Role, Holder), context.By, context.Now);
        context.Add(entry);
        context.Invite(Holder);
        return context.Recorded(entry, $" @{Holder.Name} is {Role.ToText()}.");
    }

    /// <summary>Ends whoever holds the role, unless it is the same person, and begins anew with <paramref name="holder"/>; null: with nobody.</summary>
    internal static async Task PassOnAsync(CommandContext context, IncidentRole role, Person? holder, CancellationToken cancellationToken)
    {
        var incident = context.Incident;
        var current = await context.Db.Roles.SingleOrDefaultAsync(
            r => r.IncidentNumber == incident.Number && r.Role == role && r.EndedAt == null, cancellationToken);
        if (current is not null && holder is not null && current.Holder.IsSameAs(holder))
            return;
        current?.End(context.Now);
        if (holder is not null)
            context.Db.Add(new RoleAssignment(incident, role, holder, context.Now));
    }
}
