using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents;

/// <summary>
/// All that is known of one incident at one moment, read in one go: what the postmortem and the pages are made from.
/// <see cref="Entries"/> come in the order of when they occurred, without the removed ones; the others by number.
/// </summary>
public sealed record IncidentSnapshot(
    Incident Incident,
    IReadOnlyList<TimelineEntry> Entries,
    IReadOnlyList<Escalation> Escalations,
    IReadOnlyList<ActionItem> ActionItems,
    IReadOnlyList<Answer> Answers,
    IReadOnlyList<RoleAssignment> Roles);
