using IncidentBot.Incidents.Store;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Resolving;

/// <summary>What people are asked for after the outage until it is there, or somebody said why it never will be.</summary>
internal static class MissingParts
{
    /// <summary>Each part by the kind of its waiver, in the order in which they are asked for.</summary>
    private static readonly AnswerKind[] Parts = [AnswerKind.WaivedRootCause, AnswerKind.WaivedFix, AnswerKind.WaivedImpact, AnswerKind.WaivedTasks];

    /// <summary>In words: <c>the root cause</c>, <c>the tasks</c>; empty when nothing is missing.</summary>
    public static IReadOnlyList<string> Of(IncidentSnapshot snapshot) =>
        Of(snapshot.Incident, snapshot.ActionItems.Count > 0, [.. snapshot.Answers.Select(a => a.Kind)]);

    /// <summary>Null once the part is recorded after all.</summary>
    public static Answer? Waiver(IncidentSnapshot snapshot, AnswerKind part) =>
        IsRecorded(snapshot.Incident, snapshot.ActionItems.Count > 0, part) ? null : snapshot.Answers.LastOrDefault(a => a.Kind == part);

    /// <summary>Null when nothing is missing.</summary>
    public static DateOnly? DueOn(IncidentSnapshot snapshot) => Of(snapshot).Count > 0 ? snapshot.Incident.PostmortemDueOn : null;

    /// <summary>The same of many, by number; those of which nothing is missing are left out.</summary>
    public static async Task<IReadOnlyDictionary<int, DateOnly>> DueOnAsync(IncidentDbContext db, IEnumerable<Incident> incidents, CancellationToken cancellationToken)
    {
        var due = incidents.Where(i => i.PostmortemDueOn is not null).ToList();
        var missing = await OfAsync(db, due, cancellationToken);
        return due.Where(i => missing.ContainsKey(i.Number)).ToDictionary(i => i.Number, i => i.PostmortemDueOn!.Value);
    }

    /// <summary>What is missing of many, by number; those of which nothing is are left out. Reads no more than that needs.</summary>
    public static async Task<IReadOnlyDictionary<int, IReadOnlyList<string>>> OfAsync(
        IncidentDbContext db, IReadOnlyCollection<Incident> incidents, CancellationToken cancellationToken)
    {
        // One parameter for all, however many they are.
        var numbers = incidents.Select(i => i.Number).ToList();
        var withTasks = (await db.ActionItems
            .Where(t => EF.Parameter(numbers).Contains(t.IncidentNumber))
            .Select(t => t.IncidentNumber)
            .Distinct()
            .ToListAsync(cancellationToken)).ToHashSet();
        var answers = (await db.Answers
            .Where(a => EF.Parameter(numbers).Contains(a.IncidentNumber))
            .Select(a => new { a.IncidentNumber, a.Kind })
            .ToListAsync(cancellationToken)).ToLookup(a => a.IncidentNumber, a => a.Kind);
        return incidents
            .Select(i => (i.Number, Missing: Of(i, withTasks.Contains(i.Number), [.. answers[i.Number]])))
            .Where(i => i.Missing.Count > 0)
            .ToDictionary(i => i.Number, i => i.Missing);
    }

    /// <inheritdoc cref="Of(IncidentSnapshot)"/>
    public static async Task<IReadOnlyList<string>> OfAsync(IncidentDbContext db, Incident incident, CancellationToken cancellationToken) =>
        (await OfAsync(db, [incident], cancellationToken)).GetValueOrDefault(incident.Number, []);

    public static async Task<bool> IsRecordedAsync(IncidentDbContext db, Incident incident, AnswerKind part, CancellationToken cancellationToken) =>
        IsRecorded(incident, await db.ActionItems.AnyAsync(t => t.IncidentNumber == incident.Number, cancellationToken), part);

    public static string Name(AnswerKind part) => part switch
    {
        AnswerKind.WaivedRootCause => "the root cause",
        AnswerKind.WaivedFix => "the fix",
        AnswerKind.WaivedImpact => "the impact",
        AnswerKind.WaivedTasks => "the tasks",
        _ => throw new InvalidOperationException($"{part} waives nothing."),
    };

    private static IReadOnlyList<string> Of(Incident incident, bool hasTasks, HashSet<AnswerKind> answered) =>
        [.. Parts.Where(part => !IsRecorded(incident, hasTasks, part) && !answered.Contains(part)).Select(Name)];

    private static bool IsRecorded(Incident incident, bool hasTasks, AnswerKind part) => part switch
    {
        AnswerKind.WaivedRootCause => incident.RootCause is not null,
        AnswerKind.WaivedFix => incident.Fix is not null,
        AnswerKind.WaivedImpact => incident is { Experience: not null, PercentOfUsers: not null, Services.Count: > 0 },
        _ => hasTasks,
    };
}
