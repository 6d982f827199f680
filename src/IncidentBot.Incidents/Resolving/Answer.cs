namespace IncidentBot.Incidents.Resolving;

public enum AnswerKind
{
    RootCause,
    Fix,
    Improvement,
    NoMisleadingPaths,
    NoEscalations,

    /// <summary>Why the root cause will not be told; this and the next ones.</summary>
    WaivedRootCause,
    WaivedFix,
    WaivedImpact,
    WaivedTasks,
}

/// <summary>
/// An answer that makes no timeline entry. Rows are only ever added: the newest <see cref="AnswerKind.RootCause"/> and
/// <see cref="AnswerKind.Fix"/> count, and every <see cref="AnswerKind.Improvement"/>. Of the waivers of a part the newest counts, as long
/// as the part is not recorded.
/// </summary>
public sealed class Answer
{
    private Answer()
    {
    }

    internal Answer(int incidentNumber, AnswerKind kind, string text, Person by, DateTimeOffset at)
    {
        IncidentNumber = incidentNumber;
        Kind = kind;
        Text = text;
        By = by;
        At = at;
    }

    public long Id { get; private set; }

    public int IncidentNumber { get; private set; }

    public AnswerKind Kind { get; private set; }

    public string Text { get; private set; } = "";

    public Person By { get; private set; } = null!;

    public DateTimeOffset At { get; private set; }
}
