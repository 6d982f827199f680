using IncidentBot.Incidents.Store;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Commands;

/// <summary>Which incident a command is about: the one it names, the one of the room, or the only open one declared there.</summary>
internal static class IncidentFinder
{
    private const int MostListed = 10;

    public static async Task<Outcome<Incident>> FindAsync(
        IncidentDbContext db, int? number, Conversation conversation, CancellationToken cancellationToken)
    {
        if (number is not null)
        {
            return await db.Incidents.SingleOrDefaultAsync(i => i.Number == number, cancellationToken) is { } named
                ? named
                : new Refusal($"There is no INC-{number}. /incident list all shows the incidents there are.");
        }
        var here = await db.Incidents
            .Where(i => i.Room == conversation)
            .OrderByDescending(i => i.Number)
            .Take(MostListed)
            .ToListAsync(cancellationToken);
        // A platform without rooms has several incidents in one place: the open one counts, and after it the latest.
        var open = here.FindAll(i => i.IsOpen);
        if (open.Count == 1)
            return open[0];
        if (open.Count == 0 && here.Count > 0)
            return here[0];
        if (open.Count == 0)
        {
            open = await db.Incidents
                .Where(i => i.Origin == conversation && i.Status != IncidentStatus.Resolved && i.Status != IncidentStatus.Cancelled)
                .OrderByDescending(i => i.Number)
                .Take(MostListed)
                .ToListAsync(cancellationToken);
            if (open.Count == 1)
                return open[0];
        }
        return open.Count > 1 ? Ambiguous(open) : await NoneAsync(db, conversation, cancellationToken);
    }

    private static Refusal Ambiguous(List<Incident> open) => new(
        $"Several incidents are open here: {Names(open)}. Name the one you mean: /incident {open[0].Key} …");

    private static async Task<Refusal> NoneAsync(IncidentDbContext db, Conversation conversation, CancellationToken cancellationToken)
    {
        var open = await db.Incidents
            .Where(i => !i.IsPrivate && i.Status != IncidentStatus.Resolved && i.Status != IncidentStatus.Cancelled)
            .OrderByDescending(i => i.Number)
            .Take(MostListed)
            .ToListAsync(cancellationToken);
        if (open.Count > 0)
            return new Refusal($"No open incident was declared here. Open elsewhere: {Names(open)}. Name the one you mean: /incident {open[0].Key} …");
        var last = await db.Incidents.Where(i => i.Origin == conversation).OrderByDescending(i => i.Number).FirstOrDefaultAsync(cancellationToken);
        return new Refusal(last is null
            ? "No incident is open. Declare one: /incident start sev2 Checkout answers 500"
            : $"No incident is open. The latest one declared here is {last.Key} ({last.Title}), which is {last.Status.ToText()}: "
                + $"go to its room or name it, as in /incident {last.Key} …");
    }

    private static string Names(List<Incident> incidents) => string.Join(", ", incidents.Select(i => $"{i.Key} ({i.Title})"));
}
