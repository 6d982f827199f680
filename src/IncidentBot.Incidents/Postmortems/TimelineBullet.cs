using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>One line of the draft's timeline. Texts are raw and on one line.</summary>
/// <param name="Number">The entry's number (#3).</param>
/// <param name="Date">In the incident's zone.</param>
/// <param name="Time"><c>23:49</c>; <c>02:30 UTC+01:00</c> when a clock change falls within the timeline.</param>
/// <param name="Label">What kind of entry it is, with the facts: <c>Detected by monitoring</c>, <c>Assumption</c>; empty for notes and actions.</param>
/// <param name="Text">At most two sentences; empty when the label says it all.</param>
public sealed record TimelineBullet(int Number, EntryKind Kind, DateTimeOffset At, DateOnly Date, string Time, string Label, string Text)
{
    public int WordCount => Words.Count(Time) + Words.Count(Label) + Words.Count(Text);
}

/// <summary>How readily a bullet is given up; what stands first stays longest.</summary>
public enum TimelineRank
{
    /// <summary>The current detection and the last resolution: never dropped.</summary>
    Anchor,

    /// <summary>Escalations, misleading paths, earlier resolutions, reopening.</summary>
    Required,

    /// <summary>Actions and assumptions.</summary>
    Work,
    Status,

    /// <summary>Severity, impact, updates, the declaration.</summary>
    Change,
    Note,

    /// <summary>Impact or detection that a later entry corrected.</summary>
    Superseded,

    /// <summary>Roles and corrections of the start.</summary>
    Bookkeeping,
}

/// <summary>A bullet that may be shown.</summary>
/// <param name="EntryCount">How many entries it stands for: two when an escalation's answer was merged into it.</param>
/// <param name="Relevance">Compares bullets of the same rank; higher stays longer.</param>
public sealed record TimelineCandidate(TimelineBullet Bullet, TimelineRank Rank, int EntryCount, double Relevance);
