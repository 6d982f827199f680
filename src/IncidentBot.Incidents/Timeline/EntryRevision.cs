namespace IncidentBot.Incidents.Timeline;

public enum EntryCorrection
{
    Edited,
    Moved,
    KindChanged,
    Removed,
}

/// <summary>How an entry read before a correction, and who corrected it when.</summary>
public sealed class EntryRevision
{
    private EntryRevision()
    {
    }

    internal EntryRevision(
        EntryCorrection correction, EntryKind earlierKind, DateTimeOffset earlierOccurredAt, string earlierText, Person by, DateTimeOffset at)
    {
        Correction = correction;
        EarlierKind = earlierKind;
        EarlierOccurredAt = earlierOccurredAt;
        EarlierText = earlierText;
        By = by;
        At = at;
    }

    public long Id { get; private set; }

    public EntryCorrection Correction { get; private set; }

    public EntryKind EarlierKind { get; private set; }

    public DateTimeOffset EarlierOccurredAt { get; private set; }

    public string EarlierText { get; private set; } = "";

    public Person By { get; private set; } = null!;

    public DateTimeOffset At { get; private set; }
}
