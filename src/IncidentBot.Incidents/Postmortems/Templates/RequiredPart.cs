using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Postmortems.Templates;

/// <summary>
/// A part that every draft must show. Whether a template shows it is found out without reading its words: another value must give
/// another draft, and where the value is missing the draft must say something that it does not say otherwise.
/// </summary>
/// <param name="Section">Under which heading it belongs.</param>
/// <param name="Field">Where a template finds it.</param>
/// <param name="Change">Another value in its place.</param>
/// <param name="Recorded">What is missing in <paramref name="Lacking"/>, recorded; null when it cannot be missing.</param>
/// <param name="Lacking">The empty incident, or what of it is needed for the part to be missing.</param>
internal sealed record RequiredPart(
    string Section,
    string Name,
    string Field,
    Func<PostmortemModel, PostmortemModel> Change,
    Func<PostmortemModel, PostmortemModel>? Recorded = null,
    Func<PostmortemModel, PostmortemModel>? Lacking = null)
{
    private const string Other = "something else";

    private static readonly PostmortemMoment _otherTime = PostmortemMoment.Of(new DateTimeOffset(1999, 9, 9, 19, 19, 0, TimeSpan.Zero), TimeZoneInfo.Utc);
    private static readonly PostmortemDetection _detection = new(_otherTime, Other, Other);
    private static readonly PostmortemTask _task = new(1, Other, "somebody", new DateOnly(1999, 9, 9), IsDone: false);

    private static readonly string _summary = PostmortemReview.Sections[0];
    private static readonly string _timeline = PostmortemReview.Sections[1];
    private static readonly string _cause = PostmortemReview.Sections[2];
    private static readonly string _measures = PostmortemReview.Sections[3];

    public static IReadOnlyList<RequiredPart> All { get; } =
    [
        new(_summary, "the duration", "summary.duration", m => m with { Duration = "99 h 9 min" }),
        new(_summary, "the start", "summary.start", m => m with { Start = _otherTime }),
        new(_summary, "the end", "summary.end", m => m with { End = _otherTime }, m => m, m => m with { End = null }),
        new(_summary, "the time zone", "incident.zone", WithOtherZone),
        new(_summary, "the affected services", "summary.services", m => m with { Services = [.. m.Services.Select(_ => Other)] }, m => m with { Services = [Other] }),
        new(_summary, "what users experienced", "summary.experience", m => m with { Experience = Other }, m => m with { Experience = Other }),
        new(_summary, "the share of users", "summary.percent_of_users", m => m with { PercentOfUsers = "99.9%" }, m => m with { PercentOfUsers = "99.9%" }),
        new(_timeline, "how the outage was detected", "detection", m => WithOtherBullets(m, EntryKind.Detected) with { Detection = _detection }, m => m with { Detection = _detection }),
        new(_timeline, "what was done", "timeline.entries", m => WithOtherBullets(m, EntryKind.Action)),
        new(_timeline, "the misleading paths", "timeline.has_misleading_paths", m => WithOtherBullets(m, EntryKind.Misleading), m => m with { HasMisleadingPaths = true }),
        new(_timeline, "the escalations", "timeline.has_escalations", m => WithOtherBullets(m, EntryKind.Escalated), m => m with { HasEscalations = true }),
        new(_timeline, "how it was resolved", "resolution.how", m => WithOtherBullets(m, EntryKind.Resolved) with { Resolution = Other }),
        new(_cause, "the root cause", "resolution.root_cause", WithOtherCause, WithOtherCause),
        new(_cause, "the fix", "resolution.fix", m => m with { Fix = Other }, m => m with { Fix = Other }),
        new(_measures, "what can be improved", "measures.improvements", m => m with { Improvements = [.. m.Improvements.Select(_ => Other)] }, m => m with { Improvements = [Other] }),
        new(_measures, "the tasks", "measures.tasks", m => WithTasks(m, t => t with { Text = Other }), m => m with { Tasks = [_task] }),
        new(_measures, "the owners of tasks", "task.owner", m => WithTasks(m, t => t with { Owner = "somebody" }), m => m with { Tasks = [_task] }, m => m with { Tasks = [_task with { Owner = null }] }),
        new(_measures, "the due dates of tasks", "task.due", m => WithTasks(m, t => t with { Due = _task.Due }), m => m with { Tasks = [_task] }, m => m with { Tasks = [_task with { Due = null }] }),
    ];

    private static PostmortemModel WithOtherCause(PostmortemModel m) => m with { RootCause = Other, RootCauseBrief = Other };

    private static PostmortemModel WithTasks(PostmortemModel m, Func<PostmortemTask, PostmortemTask> change) => m with { Tasks = [.. m.Tasks.Select(change)] };

    /// <summary>The zone stands in the moments too, and one place is enough.</summary>
    private static PostmortemModel WithOtherZone(PostmortemModel m) =>
        m with { Zone = Other, Start = m.Start with { Text = Other }, End = m.End is null ? null : m.End with { Text = Other } };

    private static PostmortemModel WithOtherBullets(PostmortemModel m, EntryKind kind) => m with
    {
        Timeline = m.Timeline with { Bullets = [.. m.Timeline.Bullets.Select(b => b.Kind == kind ? b with { Label = b.Label.Length == 0 ? "" : Other, Text = Other } : b)] },
    };
}
