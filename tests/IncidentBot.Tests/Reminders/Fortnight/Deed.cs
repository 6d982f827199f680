namespace IncidentBot.Tests.Reminders.Fortnight;

internal enum DeedKind
{
    Start,
    Detected,
    Commander,
    Impact,
    Update,
    Note,
    Escalate,
    Acknowledge,
    Decline,
    Snooze,
    Severity,
    Resolve,
    Reopen,
    Cancel,
    Cause,
    Fix,
    Task,
    TaskDone,
    TaskDue,
    TaskOwner,
    TaskNotMine,
}

/// <summary>What somebody means to do at a time; the same for every run of a seed.</summary>
internal sealed record Deed(DateTimeOffset PlannedAt, int Incident, DeedKind Kind)
{
    /// <summary>Of an escalation or task within its incident; of a start and a change of severity, the severity.</summary>
    public int Number { get; init; }

    /// <summary>Who is asked for help, or owns the task.</summary>
    public string? Whom { get; init; }

    public DateOnly? Due { get; init; }

    public TimeSpan Span { get; init; }

    public bool IsDrill { get; init; }

    public bool IsPrivate { get; init; }

    /// <summary>Of a start: it names a service. Of an impact: it says all that is asked for.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Decides what is left open here, such as who of those who were asked answers.</summary>
    public int Dice { get; init; }

    /// <summary>Occurs in what is typed, and nowhere else.</summary>
    public string Mark { get; init; } = "";

    public override string ToString() =>
        $"{PlannedAt:MM-dd HH:mm:ss.fff} INC-{Incident} {Kind} {(Number > 0 ? Number : "")} {Whom} {(Due is { } due ? $"due {due:yyyy-MM-dd}" : "")} {(Span > TimeSpan.Zero ? Span : "")} {(IsComplete ? "complete" : "")} {(IsDrill ? "drill" : "")} {(IsPrivate ? "private" : "")}";
}

/// <summary>What was done: committed at that time, before everything with a higher <paramref name="Sequence"/>.</summary>
internal sealed record Done(Deed Deed, string By, DateTimeOffset At, int Sequence)
{
    public DeedKind Kind => Deed.Kind;

    public override string ToString() => $"{At:MM-dd HH:mm:ss.fff} ({Sequence}) by {By}: {Deed}";
}
