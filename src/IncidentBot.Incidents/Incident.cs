using System.Linq.Expressions;
using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents;

/// <summary>
/// The header row of an incident: what is true of it now. A verb decides, changes the header and hands back the row to add
/// (an entry, an escalation, a task); the timeline is never loaded for it, so a command's cost does not grow with the timeline.
/// All instants are UTC.
/// </summary>
public sealed class Incident
{
    private Incident()
    {
    }

    /// <summary>7 in INC-7; given by the store.</summary>
    public int Number { get; private set; }

    public string Title { get; private set; } = "";

    public Severity Severity { get; private set; }

    public IncidentStatus Status { get; private set; }

    public bool IsDrill { get; private set; }

    public bool IsPrivate { get; private set; }

    public Person DeclaredBy { get; private set; } = null!;

    /// <summary>Where it was declared.</summary>
    public Conversation Origin { get; private set; } = null!;

    /// <summary>Its own room, null until there is one. May be <see cref="Origin"/>.</summary>
    public Conversation? Room { get; private set; }

    /// <summary>Opens the incident's web page to whoever has it; a secret. 22 characters of base64url, or 32 hexadecimal digits.</summary>
    public string PageKey { get; private set; } = "";

    /// <summary>IANA id of the zone in which the postmortem shows its times.</summary>
    public string ZoneId { get; private set; } = "UTC";

    public DateTimeOffset DeclaredAt { get; private set; }

    public DateTimeOffset ImpactStartedAt { get; private set; }

    public DateTimeOffset? DetectedAt { get; private set; }

    public DetectionSource? DetectionSource { get; private set; }

    public string? DetectionHow { get; private set; }

    public DateTimeOffset? ResolvedAt { get; private set; }

    /// <summary>How it was resolved, as given to <c>/incident resolve</c>.</summary>
    public string? Resolution { get; private set; }

    public List<string> Services { get; private set; } = [];

    /// <summary>What users experienced.</summary>
    public string? Experience { get; private set; }

    /// <summary>0 to 100; null when nobody said.</summary>
    public decimal? PercentOfUsers { get; private set; }

    public string? RootCause { get; private set; }

    public string? Fix { get; private set; }

    /// <summary>Somebody stated that no debugging path misled them.</summary>
    public bool HadNoMisleadingPaths { get; private set; }

    /// <summary>Somebody stated that nobody had to be asked for help.</summary>
    public bool HadNoEscalations { get; private set; }

    /// <summary>Until then nobody is reminded of the outage itself.</summary>
    public DateTimeOffset? SnoozedUntil { get; private set; }

    /// <summary>The day, in its zone, by which the postmortem is to be complete; null while it is open.</summary>
    public DateOnly? PostmortemDueOn { get; private set; }

    public int LastEntryNumber { get; private set; }

    public int LastEscalationNumber { get; private set; }

    public int LastActionItemNumber { get; private set; }

    /// <summary>Optimistic concurrency token, raised by the store at every change.</summary>
    public int Version { get; internal set; }

    public string Key => $"INC-{Number}";

    /// <summary>Follows the key wherever people outside the room could take a drill for an outage.</summary>
    public string DrillMark => IsDrill ? " (drill)" : "";

    public bool IsOpen => Status.IsOpen();

    /// <summary><see cref="IsOpen"/>, for queries.</summary>
    internal static Expression<Func<Incident, bool>> AreOpen { get; } = i => i.Status != IncidentStatus.Resolved && i.Status != IncidentStatus.Cancelled;

    /// <summary>Whether a draft of the postmortem is kept up to date: from the first resolution on.</summary>
    public bool HasDraft { get; private set; }

    /// <summary>The room, or as long as there is none the place where it was declared.</summary>
    public Conversation HomeConversation => Room ?? Origin;

    /// <summary>When it was called off as a false alarm.</summary>
    public DateTimeOffset? CancelledAt { get; private set; }

    /// <summary>The last resolution, or the cancellation; null while it goes on.</summary>
    public DateTimeOffset? EndedAt => ResolvedAt ?? CancelledAt;

    /// <summary>From the first start of the impact to its end, between the minutes that are shown for both; null while it goes on.</summary>
    public TimeSpan? Duration => EndedAt is { } end ? ZonedTime.WholeMinutes(ImpactStartedAt, end) : null;

    /// <summary>Declares an incident. The caller adds both, the incident first, since the store gives the number.</summary>
    public static (Incident Incident, TimelineEntry Entry) Declare(
        string title,
        DeclaredFacts facts,
        bool isPrivate,
        bool isDrill,
        Conversation origin,
        string zoneId,
        Person by,
        DateTimeOffset now)
    {
        var incident = new Incident
        {
            DeclaredBy = by,
            DeclaredAt = now,
            Origin = origin,
            ZoneId = zoneId,
            IsPrivate = isPrivate,
            IsDrill = isDrill,
            PageKey = IncidentPages.NewKey(),
        };
        return (incident, incident.Record(EntryKind.Declared, now, title, facts, by, now));
    }

    public void MoveInto(Conversation room) => Room = room;

    public void Snooze(DateTimeOffset? until) => SnoozedUntil = until;

    public void ExpectPostmortem(DateOnly? dueOn) => PostmortemDueOn = dueOn;

    /// <summary>From now on a draft is kept up to date in the room.</summary>
    public void BeginDraft() => HasDraft = true;

    /// <summary>Adds an entry and takes over what it states about the incident.</summary>
    public TimelineEntry Record(EntryKind kind, DateTimeOffset occurredAt, string text, EntryFacts? facts, Person by, DateTimeOffset now)
    {
        var entry = new TimelineEntry(Number, ++LastEntryNumber, kind, occurredAt, now, by, text, facts);
        Apply(entry);
        TakeBackNone(kind);
        return entry;
    }

    /// <summary>An entry of this kind proves a "there were none" wrong.</summary>
    public void TakeBackNone(EntryKind kind)
    {
        if (kind == EntryKind.Misleading)
            HadNoMisleadingPaths = false;
        if (kind == EntryKind.Escalated)
            HadNoEscalations = false;
    }

    public Outcome<TimelineEntry> ChangeStatus(IncidentStatus status, string text, Person by, DateTimeOffset now)
    {
        if (!IsOpen)
            return Closed("its status cannot change");
        return Record(EntryKind.Status, now, text, new StatusFacts(status), by, now);
    }

    public Outcome<TimelineEntry> Resolve(string how, Person by, DateTimeOffset now)
    {
        if (!IsOpen)
            return Closed("it cannot be resolved again");
        return Record(EntryKind.Resolved, now, how, null, by, now);
    }

    public Outcome<TimelineEntry> Reopen(string why, Person by, DateTimeOffset now)
    {
        if (IsOpen)
            return new Refusal($"{Key} is still open ({Status.ToText()}), so there is nothing to reopen.");
        return Record(EntryKind.Reopened, now, why, null, by, now);
    }

    public Outcome<TimelineEntry> Cancel(string why, Person by, DateTimeOffset now)
    {
        if (!IsOpen)
            return Closed("it cannot be cancelled");
        return Record(EntryKind.Cancelled, now, why, null, by, now);
    }

    public Outcome<(Escalation Escalation, TimelineEntry Entry)> Escalate(
        string target, Person? targetPerson, string? policy, string reason, Person by, DateTimeOffset now)
    {
        if (!IsOpen)
            return Closed("nobody can be asked for help on it");
        var escalation = new Escalation(Number, ++LastEscalationNumber, target, targetPerson, policy, reason, by, now);
        return (escalation, Record(EntryKind.Escalated, now, reason, new EscalationFacts(escalation.Number, target), by, now));
    }

    public ActionItem AddActionItem(string text, string? owner, string? ownerId, DateOnly? due, Person by, DateTimeOffset now) =>
        new(Number, ++LastActionItemNumber, text, owner, ownerId, due, by, now);

    public Answer Take(AnswerKind kind, string text, Person by, DateTimeOffset now)
    {
        switch (kind)
        {
            case AnswerKind.RootCause:
                RootCause = text;
                break;
            case AnswerKind.Fix:
                Fix = text;
                break;
            case AnswerKind.NoMisleadingPaths:
                HadNoMisleadingPaths = true;
                break;
            case AnswerKind.NoEscalations:
                HadNoEscalations = true;
                break;
        }
        return new Answer(Number, kind, text, by, now);
    }

    /// <summary>Makes the header anew from the entries that count, after one of them was corrected.</summary>
    public void Refold(IEnumerable<TimelineEntry> entries)
    {
        DetectedAt = null;
        DetectionSource = null;
        DetectionHow = null;
        ResolvedAt = null;
        CancelledAt = null;
        Resolution = null;
        Experience = null;
        PercentOfUsers = null;
        foreach (var entry in entries.Where(e => !e.IsRemoved).OrderBy(e => e.Number))
            Apply(entry);
    }

    /// <summary>The refusal for what makes no sense once the incident is resolved or cancelled.</summary>
    public Refusal Closed(string consequence) => new(
        $"{Key} is {Status.ToText()}, so {consequence}. If the outage came back: /incident {Key} reopen <why>");

    private void Apply(TimelineEntry entry)
    {
        switch (entry.Kind, entry.Facts)
        {
            case (EntryKind.Declared, DeclaredFacts declared):
                Title = entry.Text;
                Severity = declared.Severity;
                Services = [.. declared.Services];
                ImpactStartedAt = declared.ImpactStartedAt;
                Status = IncidentStatus.Investigating;
                break;
            case (EntryKind.Detected, DetectedFacts detected):
                DetectedAt = entry.OccurredAt;
                DetectionSource = detected.Source ?? DetectionSource;
                if (entry.Text.Length > 0)
                    DetectionHow = entry.Text;
                break;
            case (EntryKind.Impact, ImpactFacts impact):
                if (impact.Services.Count > 0)
                    Services = [.. impact.Services];
                if (entry.Text.Length > 0)
                    Experience = entry.Text;
                PercentOfUsers = impact.PercentOfUsers ?? PercentOfUsers;
                break;
            case (EntryKind.Status, StatusFacts status):
                Status = status.Status;
                break;
            case (EntryKind.Severity, SeverityFacts severity):
                Severity = severity.To;
                break;
            case (EntryKind.Started, StartedFacts started):
                ImpactStartedAt = started.To;
                break;
            case (EntryKind.Resolved, _):
                Status = IncidentStatus.Resolved;
                HasDraft = true;
                ResolvedAt = entry.OccurredAt;
                if (entry.Text.Length > 0)
                    Resolution = entry.Text;
                break;
            case (EntryKind.Cancelled, _):
                Status = IncidentStatus.Cancelled;
                CancelledAt = entry.OccurredAt;
                break;
            case (EntryKind.Reopened, _):
                Status = IncidentStatus.Investigating;
                ResolvedAt = null;
                CancelledAt = null;
                Resolution = null;
                break;
        }
    }
}
