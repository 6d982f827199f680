namespace IncidentBot.Incidents.Reminders;

/// <summary>What a reminder is about. Stored by name.</summary>
public enum ReminderKind
{
    /// <summary>Nobody acknowledged an escalation within its time; the subject is the escalation's number.</summary>
    Escalation,

    /// <summary>Stakeholders have heard nothing for long.</summary>
    StatusUpdate,

    NoDetection,
    NoCommander,
    NoImpact,

    /// <summary>Nothing was recorded for long.</summary>
    Quiet,

    /// <summary>The draft still lacks something.</summary>
    MissingParts,

    /// <summary>The subject is the task's number.</summary>
    ActionItem,

    /// <summary>The week's digest, about no single incident.</summary>
    Digest,
}

public enum ReminderState
{
    Waiting,

    /// <summary>What it reminds of was handed to the outbox.</summary>
    Fired,

    /// <summary>When it came due there was nothing to remind of any more.</summary>
    NotNeeded,

    /// <summary>It came so late that it was left out; the room was told.</summary>
    Stale,

    /// <summary>It failed too often.</summary>
    Failed,
}

/// <summary>
/// Something that the bot must not forget, committed with the command that causes it. Coming due it is looked at once: whether there
/// is still something to remind of is decided then, from what is recorded.
/// </summary>
public sealed class Reminder
{
    private const int MostAttempts = 10;

    private Reminder()
    {
    }

    public Reminder(ReminderKind kind, int? incidentNumber, int subject, DateTimeOffset dueAt, DateTimeOffset createdAt)
    {
        Kind = kind;
        IncidentNumber = incidentNumber;
        Subject = subject;
        DueAt = dueAt;
        CreatedAt = createdAt;
    }

    public long Id { get; private set; }

    public ReminderKind Kind { get; private set; }

    public int? IncidentNumber { get; private set; }

    /// <summary>The number of an escalation or task within the incident; 0 where the kind says it all.</summary>
    public int Subject { get; private set; }

    /// <summary>When it is to be looked at; what it says tells its age from here.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>Not before, after it failed.</summary>
    public DateTimeOffset? NotBefore { get; private set; }

    public ReminderState State { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? DoneAt { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Why it was left out, or the type of the fault that it failed with.</summary>
    public string? Note { get; private set; }

    /// <summary>When it is tried.</summary>
    public DateTimeOffset RunAt => NotBefore > DueAt ? NotBefore.Value : DueAt;

    public void End(ReminderState state, DateTimeOffset now, string? note = null)
    {
        State = state;
        DoneAt = now;
        Note = note;
    }

    /// <summary>It is too early; look again then.</summary>
    public void Postpone(DateTimeOffset dueAt)
    {
        DueAt = dueAt;
        NotBefore = null;
    }

    /// <summary>It failed and is tried again with a growing pause, up to half an hour; after ten times it is given up.</summary>
    public void Fail(DateTimeOffset now, string fault)
    {
        Attempts++;
        Note = fault;
        if (Attempts >= MostAttempts)
            End(ReminderState.Failed, now, fault);
        else
            NotBefore = now + TimeSpan.FromMinutes(Math.Min(30, Math.Pow(2, Attempts - 1)));
    }
}
