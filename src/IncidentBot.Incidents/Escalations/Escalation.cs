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
/// where the platform knows the person, null for a policy, a team or a name outside the chat.
/// </summary>
public sealed class Escalation
{
    private Escalation()
    {
    }

    internal Escalation(
        int incidentNumber, int number, string target, Person? targetPerson, string? policy, string reason, Person requestedBy, DateTimeOffset requestedAt)
    {
        IncidentNumber = incidentNumber;
        Number = number;
        Target = target;
        TargetPersonId = targetPerson?.Id;
        Policy = policy;
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

    /// <summary>The policy that says who is asked when, by its name; null: whoever was named is asked.</summary>
    public string? Policy { get; private set; }

    public string Reason { get; private set; } = "";

    public Person RequestedBy { get; private set; } = null!;

    public DateTimeOffset RequestedAt { get; private set; }

    public EscalationState State { get; private set; }

    public Person? AnsweredBy { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public string? AnswerReason { get; private set; }

    /// <summary>Who was asked when, the oldest first; of an escalation of an earlier version of the bot nothing.</summary>
    public IReadOnlyList<EscalationStep> Steps { get; private set; } = [];

    /// <summary>Those who declined while others are still asked: they are not asked again.</summary>
    public List<string> DeclinedIds { get; private set; } = [];

    /// <summary>When everybody had been asked as often as was to be, and nobody had answered.</summary>
    public DateTimeOffset? ExhaustedAt { get; private set; }

    public bool IsOpen => State == EscalationState.Open;

    /// <summary>How long until somebody acknowledged it.</summary>
    public TimeSpan? TimeToAcknowledge => State == EscalationState.Acknowledged ? AnsweredAt - RequestedAt : null;

    public bool IsAddressedTo(Person person) =>
        (TargetPersonId is not null
            ? TargetPersonId == person.Id
            : string.Equals(Target, person.Name, StringComparison.OrdinalIgnoreCase))
        || Steps.Any(s => s.Targets.Any(t => t.Is(person)));

    internal void Ask(EscalationStep step)
    {
        Steps = [.. Steps, step];
        ExhaustedAt = null;
    }

    /// <summary>Nobody is left who could be asked. It can still be acknowledged.</summary>
    internal void Exhaust(DateTimeOffset now) => ExhaustedAt = now;

    /// <summary>Who is asked next when nobody answers; null when all of the policy was gone through.</summary>
    public EscalationStep? Next(EscalationPolicy policy, DateTimeOffset now, TimeSpan? late) => Next(policy, isDeclined: false, DeclinedIds, now, late);

    /// <param name="isDeclined">Whoever was asked said no, so that asking again makes no sense.</param>
    private EscalationStep? Next(EscalationPolicy policy, bool isDeclined, List<string> declinedIds, DateTimeOffset now, TimeSpan? late = null)
    {
        if (Steps.Count == 0)
            return null;
        var (level, round) = (Steps[^1].Level, Steps[^1].Round);
        var times = Steps.Count(s => s.IsOfSameLevelAs(Steps[^1]));
        if (!isDeclined && level <= policy.Levels.Count && times <= policy.Levels[level - 1].Repeats && Step(policy, level, round, declinedIds, now, late) is { } again)
            return again;
        while (true)
        {
            (level, round) = level < policy.Levels.Count ? (level + 1, round) : (1, round + 1);
            if (round > policy.Rounds)
                return null;
            if (Step(policy, level, round, declinedIds, now, late) is { } next)
                return next;
        }
    }

    /// <summary>Null where everybody of the level has declined.</summary>
    private static EscalationStep? Step(EscalationPolicy policy, int level, int round, List<string> declinedIds, DateTimeOffset now, TimeSpan? late)
    {
        var targets = policy.Levels[level - 1].Targets.Where(t => t.Id is null || !declinedIds.Contains(t.Id)).ToList();
        return targets.Count == 0 ? null : new EscalationStep(level, round, targets, now, late);
    }

    public Refusal? Acknowledge(Person by, DateTimeOffset now)
    {
        if (State is EscalationState.Acknowledged or EscalationState.Withdrawn)
            return AlreadyAnswered();
        Answer(EscalationState.Acknowledged, by, now, null);
        return null;
    }

    /// <summary>Who is asked at once in place of those who declined; null where nobody is.</summary>
    /// <param name="groupIds">Groups of which everybody declined.</param>
    /// <param name="mayBeginRound">Where this round is over.</param>
    public EscalationStep? NextInstead(EscalationPolicy policy, IReadOnlyCollection<string> groupIds, bool mayBeginRound, DateTimeOffset now) =>
        Next(policy, isDeclined: true, [.. DeclinedIds, .. groupIds], now) is { } next && (mayBeginRound || next.Round == Steps[^1].Round) ? next : null;

    /// <summary>Somebody says no. It stays open until <see cref="End"/>, as others may be asked.</summary>
    /// <param name="isAsked">Else they speak for somebody outside the chat.</param>
    public Refusal? Decline(Person by, bool isAsked)
    {
        if (State != EscalationState.Open)
            return AlreadyAnswered();
        if (DeclinedIds.Contains(by.Id))
            return new Refusal($"You have declined escalation {Number} already; others are asked.");
        if (isAsked)
            DeclinedIds = [.. DeclinedIds, by.Id];
        return null;
    }

    /// <summary>Whoever declined was the last one.</summary>
    public void End(Person by, DateTimeOffset now, string? reason) => Answer(EscalationState.Declined, by, now, reason);

    /// <summary>Made anew from the entries that record it, after one of them was corrected: the last answer counts.</summary>
    internal void Refold(IEnumerable<TimelineEntry> entries, Person by, DateTimeOffset now)
    {
        State = EscalationState.Open;
        (AnsweredBy, AnsweredAt, AnswerReason) = (null, null, null);
        DeclinedIds = [];
        foreach (var entry in entries.OrderBy(e => e.Number))
        {
            if (entry.Kind == EntryKind.Escalated)
                (RequestedAt, Reason) = (entry.OccurredAt, entry.Text);
            if (entry.Kind == EntryKind.Escalated && entry.IsRemoved)
            {
                Answer(EscalationState.Withdrawn, by, now, null);
                return;
            }
            if (entry is { Kind: EntryKind.Declined, IsRemoved: false })
                DeclinedIds = [.. DeclinedIds, entry.Author.Id];
            if (entry.Kind is EntryKind.Acknowledged or EntryKind.Declined && !entry.IsRemoved && entry.Facts is EscalationFacts { GoesOn: false })
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
