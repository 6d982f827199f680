namespace IncidentBot.Incidents.Outbox;

public enum OutboxState
{
    Pending,
    Sent,

    /// <summary>Given up: the platform said that another try cannot help, or said no too often.</summary>
    Dead,
}

/// <summary>Something that others must see, committed with the command that caused it. Sent in the order of <see cref="Id"/> within a <see cref="Lane"/>.</summary>
public sealed class OutboxMessage
{
    private OutboxMessage()
    {
    }

    /// <param name="conversation">Null: the incident's room, which may not exist yet.</param>
    public OutboxMessage(string lane, string platform, Conversation? conversation, int? incidentNumber, OutboxOperation operation, DateTimeOffset createdAt)
    {
        Lane = lane;
        Platform = platform;
        Conversation = conversation;
        IncidentNumber = incidentNumber;
        Operation = operation;
        CreatedAt = createdAt;
        DeduplicationKey = Guid.NewGuid().ToString("N");
    }

    public long Id { get; private set; }

    public string Lane { get; private set; } = "";

    public string Platform { get; private set; } = "";

    public Conversation? Conversation { get; private set; }

    public int? IncidentNumber { get; private set; }

    public OutboxOperation Operation { get; private set; } = null!;

    public DateTimeOffset CreatedAt { get; private set; }

    public OutboxState State { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Not to be tried again before.</summary>
    public DateTimeOffset? NotBefore { get; private set; }

    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>Why the last try failed.</summary>
    public string? Error { get; private set; }

    /// <summary>The same at every try and never given twice, so that a platform can tell a repeated delivery.</summary>
    public string DeduplicationKey { get; private set; } = "";

    /// <summary>Until an incident's own room exists it is in the making, ahead in the same lane.</summary>
    public static string LaneOf(Incident incident) => incident.Room == incident.Origin ? incident.Origin.ToString() : incident.Key;

    public void RetryAt(DateTimeOffset notBefore, string error)
    {
        Attempts++;
        NotBefore = notBefore;
        Error = error;
    }

    /// <summary>Nothing was asked of the platform, so it is no try.</summary>
    public void WaitUntil(DateTimeOffset notBefore) => NotBefore = notBefore;

    public void GiveUp(DateTimeOffset now, string error)
    {
        Attempts++;
        State = OutboxState.Dead;
        DoneAt = now;
        Error = error;
    }
}
