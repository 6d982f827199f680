namespace IncidentBot.Incidents.Timeline;

/// <summary>What a timeline entry records. The first group is made by <c>/incident</c>, the second by <c>/timeline</c>.</summary>
public enum EntryKind
{
    Declared,
    Detected,
    Impact,
    Status,
    Severity,
    Role,
    Update,
    Escalated,

    /// <summary>Made by the bot: nobody had answered an escalation, so somebody was asked again, somebody else, or nobody was left.</summary>
    FollowUp,
    Acknowledged,
    Declined,
    Started,
    Resolved,
    Reopened,
    Cancelled,

    Note,
    Action,
    Hypothesis,
    Misleading,
}

public static class EntryKinds
{
    /// <summary>The kinds that a person chooses, and may change into one another.</summary>
    public static bool IsFreeText(this EntryKind kind) =>
        kind is EntryKind.Note or EntryKind.Action or EntryKind.Hypothesis or EntryKind.Misleading;

    public static string ToText(this EntryKind kind) => kind == EntryKind.FollowUp ? "follow-up" : kind.ToString().ToLowerInvariant();
}
