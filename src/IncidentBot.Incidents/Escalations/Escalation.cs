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

    internal void Withdraw(Person by, DateTimeOffset now) => Answer(EscalationState.Withdrawn, by, now, null);

    /// <summary>The entry that held the answer was removed: the question is open again.</summary>
    internal void ForgetAnswer()
    {
        State = EscalationState.Open;
        AnsweredBy = null;
        AnsweredAt = null;
        AnswerReason = null;
    }

    /// <summary>The entry that records the request was corrected.</summary>
    internal void CorrectRequest(DateTimeOffset at, string reason)
    {
        RequestedAt = at;
        Reason = reason;
    }

    /// <summary>The entry that records the answer was corrected.</summary>
    internal void CorrectAnswer(DateTimeOffset at, string reason)
    {
        AnsweredAt = at;
        AnswerReason = reason;
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
