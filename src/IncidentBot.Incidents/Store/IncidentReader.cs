using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Store;

/// <summary>Reads whole incidents, for the postmortem and the pages.</summary>
public sealed class IncidentReader(IncidentStore store)
{
    /// <summary>Null when there is no such incident.</summary>
    public Task<IncidentSnapshot?> ReadAsync(int number, CancellationToken cancellationToken) =>
        store.ReadAsync(db => ReadAsync(db, number, cancellationToken), cancellationToken);

    /// <summary>The same within <paramref name="db"/>, so that it sees what a running command has saved.</summary>
    public static async Task<IncidentSnapshot?> ReadAsync(IncidentDbContext db, int number, CancellationToken cancellationToken)
    {
        var incident = await db.Incidents.AsNoTracking().SingleOrDefaultAsync(i => i.Number == number, cancellationToken);
        if (incident is null)
            return null;
        var entries = await db.Entries.AsNoTracking()
            .Include(e => e.Revisions)
            .Where(e => e.IncidentNumber == number && !e.IsRemoved)
            .OrderBy(e => e.OccurredAt).ThenBy(e => e.Number)
            .ToListAsync(cancellationToken);
        return new IncidentSnapshot(
            incident,
            entries,
            await db.Escalations.AsNoTracking().Where(e => e.IncidentNumber == number).OrderBy(e => e.Number).ToListAsync(cancellationToken),
            await db.ActionItems.AsNoTracking().Where(t => t.IncidentNumber == number).OrderBy(t => t.Number).ToListAsync(cancellationToken),
            await db.Answers.AsNoTracking().Where(a => a.IncidentNumber == number).OrderBy(a => a.Id).ToListAsync(cancellationToken),
            await db.Roles.AsNoTracking().Where(r => r.IncidentNumber == number).OrderBy(r => r.Id).ToListAsync(cancellationToken));
    }
}
