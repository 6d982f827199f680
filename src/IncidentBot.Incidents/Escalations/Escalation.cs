using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Escalations;

public enum EscalationState
{
    Open,
    Acknowledged,
    Declined,
    Withdrawn,
}

/// <summary>
/// Somebody was asked for help. <see cref="Target"/> is the name as typed without <c>@</c>; <see cref="TargetPersonId"/> is set
/// where the platform knows the person, null for a team or a name outside the chat.
/// </summary>
public sealed class Escalation
{
    private Escalation()
    {
    }

    internal Escalation(
        int incidentNumber, int number, string target, string? targetPersonId, string reason, Person requestedBy, DateTimeOffset requestedAt)
    {
        IncidentNumber = incidentNumber;
        Number = number;
        Target = target;
        TargetPersonId = targetPersonId;
        Reason = reason;
        RequestedBy = requestedBy;
        RequestedAt = requestedAt;
    }

    public long Id { get; private set; }

    public int IncidentNumber { get; private set; }

    /// <summary>1, 2 … per incident.</summary>
    public int Number { get; private set; }

    public string Target { get; private set; } = "";

    public string? TargetPersonId { get; private set; }

    public string Reason { get; private set; } = "";

    public Person RequestedBy { get; private set; } = null!;

    public DateTimeOffset RequestedAt { get; private set; }

    public EscalationState State { get; private set; }

    public Person? AnsweredBy { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public string? AnswerReason { get; private set; }

    public bool IsAddressedTo(Person person) =>
        TargetPersonId is not null
            ? TargetPersonId == person.Id
            : string.Equals(Target, person.Name, StringComparison.OrdinalIgnoreCase);

    public Refusal? Acknowledge(Person by, DateTimeOffset now)
    {
        if (State is EscalationState.Acknowledged or EscalationState.Withdrawn)
            return AlreadyAnswered();
        Answer(EscalationState.Acknowledged, by, now, null);
        return null;
    }

    public Refusal? Decline(Person by, DateTimeOffset now, string? reason)
    {
        if (State != EscalationState.Open)
            return AlreadyAnswered();
        Answer(EscalationState.Declined, by, now, reason);
        return null;
    }

    /// <summary>Made anew from the entries that record it, after one of them was corrected: the last answer counts.</summary>
    internal void Refold(IEnumerable<TimelineEntry> entries, Person by, DateTimeOffset now)
    {
        State = EscalationState.Open;
        (AnsweredBy, AnsweredAt, AnswerReason) = (null, null, null);
        foreach (var entry in entries.OrderBy(e => e.Number))
        {
            if (entry.Kind == EntryKind.Escalated)
                (RequestedAt, Reason) = (entry.OccurredAt, entry.Text);
            if (entry.Kind == EntryKind.Escalated && entry.IsRemoved)
            {
                Answer(EscalationState.Withdrawn, by, now, null);
                return;
            }
            if (entry.Kind != EntryKind.Escalated && !entry.IsRemoved)
                Answer(entry.Kind == EntryKind.Acknowledged ? EscalationState.Acknowledged : EscalationState.Declined, entry.Author, entry.OccurredAt, entry.Text);
        }
    }

    private Refusal AlreadyAnswered() => new(State == EscalationState.Withdrawn
        ? $"Escalation {Number} to {Target} was withdrawn."
        : $"Escalation {Number} to {Target} was already {(State == EscalationState.Declined ? "declined" : "acknowledged")} by {AnsweredBy}.");

    private void Answer(EscalationState state, Person by, DateTimeOffset now, string? reason)
    {
        State = state;
        AnsweredBy = by;
        AnsweredAt = now;
        AnswerReason = reason;
    }
}
