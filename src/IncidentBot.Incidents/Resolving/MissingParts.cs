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

    public static bool IsRecorded(IncidentSnapshot snapshot, AnswerKind part) => IsRecorded(snapshot.Incident, snapshot.ActionItems.Count > 0, part);

    /// <summary>Null once the part is recorded after all.</summary>
    public static Answer? Waiver(IncidentSnapshot snapshot, AnswerKind part) =>
        IsRecorded(snapshot, part) ? null : snapshot.Answers.LastOrDefault(a => a.Kind == part);

    /// <summary>Null when nothing is missing.</summary>
    public static DateOnly? DueOn(IncidentSnapshot snapshot) => Of(snapshot).Count > 0 ? snapshot.Incident.PostmortemDueOn : null;

    /// <summary>The same of many, by number; those of which nothing is missing are left out.</summary>
    public static async Task<IReadOnlyDictionary<int, DateOnly>> DueOnAsync(IncidentDbContext db, IEnumerable<Incident> incidents, CancellationToken cancellationToken)
    {
        var due = incidents.Where(i => i.PostmortemDueOn is not null).ToDictionary(i => i.Number);
        var numbers = due.Keys.ToList();
        var withTasks = await db.ActionItems.Where(t => numbers.Contains(t.IncidentNumber)).Select(t => t.IncidentNumber).Distinct().ToListAsync(cancellationToken);
        var answers = (await db.Answers.Where(a => numbers.Contains(a.IncidentNumber)).ToListAsync(cancellationToken)).ToLookup(a => a.IncidentNumber, a => a.Kind);
        return due.Values
            .Where(i => Of(i, withTasks.Contains(i.Number), [.. answers[i.Number]]).Count > 0)
            .ToDictionary(i => i.Number, i => i.PostmortemDueOn!.Value);
    }

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
