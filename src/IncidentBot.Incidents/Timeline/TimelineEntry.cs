using IncidentBot.Incidents.Chat;

namespace IncidentBot.Incidents.Timeline;

/// <summary>
/// Something that happened, in the order of <see cref="Number"/> as recorded and of <see cref="OccurredAt"/> as shown.
/// Nothing is lost: corrections add a <see cref="EntryRevision"/>, removal is a mark.
/// </summary>
public sealed class TimelineEntry
{
    private TimelineEntry()
    {
    }

    internal TimelineEntry(
        int incidentNumber,
        int number,
        EntryKind kind,
        DateTimeOffset occurredAt,
        DateTimeOffset recordedAt,
        Person author,
        string text,
        EntryFacts? facts)
    {
        IncidentNumber = incidentNumber;
        Number = number;
        Kind = kind;
        OccurredAt = occurredAt;
        RecordedAt = recordedAt;
        Author = author;
        Text = text;
        Facts = facts;
    }

    public long Id { get; private set; }

    public int IncidentNumber { get; internal set; }

    /// <summary>#1, #2 … per incident; never changes and is never given twice.</summary>
    public int Number { get; private set; }

    public EntryKind Kind { get; private set; }

    public DateTimeOffset OccurredAt { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    public Person Author { get; private set; } = null!;

    /// <summary>As typed; empty where the kind and the facts say it all.</summary>
    public string Text { get; private set; } = "";

    public EntryFacts? Facts { get; private set; }

    /// <summary>The message it was made of, null when it was typed as a command.</summary>
    public MessageReference? Source { get; private set; }

    /// <summary>Shows that message.</summary>
    public string? Link { get; private set; }

    public bool IsRemoved { get; private set; }

    public List<EntryRevision> Revisions { get; private set; } = [];

    public void TakeFrom(CapturedMessage message)
    {
        Source = message.Source;
        Link = message.Link;
    }

    public void Edit(string text, Person by, DateTimeOffset now)
    {
        Keep(EntryCorrection.Edited, by, now);
        Text = text;
    }

    public void Move(DateTimeOffset occurredAt, Person by, DateTimeOffset now)
    {
        Keep(EntryCorrection.Moved, by, now);
        OccurredAt = occurredAt;
    }

    public void ChangeKind(EntryKind kind, Person by, DateTimeOffset now)
    {
        Keep(EntryCorrection.KindChanged, by, now);
        Kind = kind;
    }

    public void Remove(Person by, DateTimeOffset now)
    {
        Keep(EntryCorrection.Removed, by, now);
        IsRemoved = true;
    }

    private void Keep(EntryCorrection correction, Person by, DateTimeOffset now) =>
        Revisions.Add(new EntryRevision(correction, Kind, OccurredAt, Text, by, now));
}
