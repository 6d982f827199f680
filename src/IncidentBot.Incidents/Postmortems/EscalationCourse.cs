using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>One escalation in a single bullet: who was asked first, who next and when, who declined, and who acknowledged it.</summary>
/// <param name="declines">The entries of those who declined, in their order.</param>
/// <param name="time">Shows an instant beside the time of the bullet, which is that of the first request.</param>
internal sealed class EscalationCourse(Escalation escalation, IReadOnlyList<TimelineEntry> declines, Func<DateTimeOffset, string> time)
{
    private const int MostAsked = 4;
    private const int MostDeclines = 3;

    /// <summary>Goes before the reason of the escalation, so that shortening the bullet never loses it.</summary>
    public string Describe() =>
        $"Escalated to {(escalation.TargetPersonId is null ? "" : "@")}{escalation.Target} ({string.Join("; ", [.. Asked(), .. Declined(), Outcome()])})";

    private IEnumerable<string> Asked()
    {
        var asked = escalation.Steps.GroupBy(s => s.Names).Select(g => g.ToList()).ToList();
        if (asked is not [var first, .. var next])
            yield break;
        if (escalation.Policy is not null)
            yield return $"asked {first[0].Names}{(first.Count == 1 ? "" : ", " + Again(first))}";
        else if (first.Count > 1)
            yield return "asked " + Again(first);
        var listed = asked.Count > MostAsked ? MostAsked - 2 : next.Count;
        foreach (var steps in next.Take(listed))
            yield return $"then {steps[0].Names} at {time(steps[0].At)}{(steps.Count == 1 ? "" : ", " + Again(steps))}";
        if (next.Skip(listed).SelectMany(steps => steps).ToList() is { Count: > 0 } others)
            yield return $"then {string.Join(", ", others.SelectMany(s => s.Targets).Select(t => t.ToString()).Distinct())} until {time(others.Max(s => s.At))}";
    }

    private string Again(List<EscalationStep> steps) => steps.Count == 2 ? $"again at {time(steps[1].At)}" : $"{steps.Count} times until {time(steps[^1].At)}";

    /// <summary>Those after whom it went on.</summary>
    private IEnumerable<string> Declined()
    {
        var earlier = declines.SkipLast(escalation.State == EscalationState.Declined ? 1 : 0).ToList();
        return earlier.Count > MostDeclines
            ? [$"declined by {string.Join(", ", earlier.Select(d => d.Author.ToString()).Distinct())}"]
            : earlier.Select(d => $"declined{By(d.Author)} at {time(d.OccurredAt)}{Why(d.Text)}");
    }

    private string Outcome() => escalation switch
    {
        { State: EscalationState.Acknowledged, AnsweredBy: { } by, AnsweredAt: { } at, TimeToAcknowledge: { } after } =>
            $"acknowledged{By(by)} at {time(at)}, after {ZonedTime.FormatDuration(after)}",
        { State: EscalationState.Declined, AnsweredBy: { } by, AnsweredAt: { } at } => $"declined{By(by)} at {time(at)}{Why(escalation.AnswerReason)}",
        { State: EscalationState.Withdrawn } => "withdrawn",
        _ => "not acknowledged",
    };

    /// <summary>Of one person who was asked it is clear who answered.</summary>
    private string By(Person person) => escalation.Policy is null && escalation.IsAddressedTo(person) ? "" : $" by {person}";

    private static string Why(string? reason) =>
        Sentences.Split(MarkdownText.OneLine(reason ?? "")) is [var first, ..] ? ", " + Words.First(first.TrimEnd('.'), 12, 200) : "";
}
