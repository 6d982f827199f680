using System.Text.RegularExpressions;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>Turns the entries of an incident into bullets that a draft may show, in the order in which they occurred.</summary>
internal sealed partial class TimelineCandidates
{
    private readonly IncidentSnapshot _snapshot;
    private readonly Incident _incident;
    private readonly TimeZoneInfo _zone;
    private readonly bool _showsOffsets;
    private readonly TimelineRelevance _relevance;
    private readonly HashSet<int> _answerNumbers;
    private readonly TimelineEntry? _detected;
    private readonly TimelineEntry? _resolved;
    private readonly TimelineEntry? _experience;
    private readonly int _lastImpactNumber;

    private TimelineCandidates(IncidentSnapshot snapshot, TimeZoneInfo zone, bool showsOffsets)
    {
        _snapshot = snapshot;
        _incident = snapshot.Incident;
        _zone = zone;
        _showsOffsets = showsOffsets;
        _relevance = new TimelineRelevance(snapshot);
        _answerNumbers = [.. snapshot.Entries.Where(IsMergedAnswer).Select(e => e.Number)];
        _detected = Last(e => e.Kind == EntryKind.Detected);
        _resolved = Last(e => e.Kind == EntryKind.Resolved);
        _experience = Last(e => e.Kind == EntryKind.Impact && e.Text.Length > 0);
        _lastImpactNumber = Last(e => e.Kind == EntryKind.Impact)?.Number ?? 0;
    }

    public static IReadOnlyList<TimelineCandidate> From(IncidentSnapshot snapshot, TimeZoneInfo zone, bool showsOffsets)
    {
        var candidates = new TimelineCandidates(snapshot, zone, showsOffsets);
        return [.. snapshot.Entries
            .Where(e => !candidates._answerNumbers.Contains(e.Number))
            .OrderBy(e => e.OccurredAt).ThenBy(e => e.Number)
            .Select(candidates.Candidate)];
    }

    private TimelineCandidate Candidate(TimelineEntry entry)
    {
        var local = TimeZoneInfo.ConvertTime(entry.OccurredAt, _zone);
        var time = ZonedTime.FormatClock(entry.OccurredAt, _zone);
        if (_showsOffsets)
            time += " " + ZonedTime.FormatOffset(local.Offset);
        var (label, text) = Describe(entry);
        var bullet = new TimelineBullet(
            entry.Number, entry.Kind, entry.OccurredAt, DateOnly.FromDateTime(local.DateTime), time, MarkdownText.OneLine(label), MarkdownText.OneLine(text));
        int merged = entry.Kind == EntryKind.Escalated && Escalation(entry) is { } escalation
            ? _snapshot.Entries.Count(e => _answerNumbers.Contains(e.Number) && Escalation(e) == escalation)
            : 0;
        return new TimelineCandidate(bullet, Rank(entry), 1 + merged, _relevance.Of(entry));
    }

    private TimelineRank Rank(TimelineEntry entry) => entry.Kind switch
    {
        EntryKind.Detected => entry == _detected ? TimelineRank.Anchor : TimelineRank.Superseded,
        EntryKind.Resolved => entry == _resolved ? TimelineRank.Anchor : TimelineRank.Required,
        EntryKind.Escalated or EntryKind.FollowUp or EntryKind.Acknowledged or EntryKind.Declined => TimelineRank.Required,
        EntryKind.Misleading or EntryKind.Reopened or EntryKind.Cancelled => TimelineRank.Required,
        EntryKind.Action or EntryKind.Hypothesis => TimelineRank.Work,
        EntryKind.Status => TimelineRank.Status,
        // What users experienced stands in the summary, so the entry that says it again can go early too.
        EntryKind.Impact => entry.Number < _lastImpactNumber || entry == _experience ? TimelineRank.Superseded : TimelineRank.Change,
        EntryKind.Severity or EntryKind.Update or EntryKind.Declared => TimelineRank.Change,
        EntryKind.Role or EntryKind.Started => TimelineRank.Bookkeeping,
        _ => TimelineRank.Note,
    };

    private static string SeverityLabel(SeverityFacts facts) => facts.To == facts.From
        ? $"Severity stays {facts.To.ToText()}"
        : $"Severity {(facts.To < facts.From ? "raised" : "lowered")} from {facts.From.ToText()} to {facts.To.ToText()}";

    private (string Label, string Text) Describe(TimelineEntry entry) => (entry.Kind, entry.Facts) switch
    {
        (EntryKind.Declared, DeclaredFacts facts) => ($"Declared as {facts.Severity.ToText()} by {entry.Author}", ""),
        (EntryKind.Detected, DetectedFacts facts) => ("Detected" + DetectedBy(facts.Source), entry.Text),
        (EntryKind.Impact, ImpactFacts facts) => (ImpactLabel(facts), entry.Text),
        (EntryKind.Status, StatusFacts facts) => ("Status " + facts.Status.ToText(), entry.Text),
        (EntryKind.Severity, SeverityFacts facts) => (SeverityLabel(facts), entry.Text),
        (EntryKind.Role, RoleFacts facts) => ($"{facts.Holder} is {facts.Role.ToText()}", entry.Text),
        (EntryKind.Update, _) => ("Update", entry.Text),
        (EntryKind.Escalated, EscalationFacts facts) => (EscalationLabel(entry, facts), entry.Text),
        (EntryKind.FollowUp, FollowUpFacts facts) => ($"Escalation to {facts.Target}: {EntryText.FollowUp(facts)}", entry.Text),
        (EntryKind.Acknowledged, EscalationFacts facts) => ($"Escalation to {facts.Target} acknowledged by {entry.Author}", entry.Text),
        (EntryKind.Declined, EscalationFacts facts) => ($"Escalation to {facts.Target} declined by {entry.Author}", entry.Text),
        (EntryKind.Started, StartedFacts facts) => ("Start corrected to " + ZonedTime.Format(facts.To, _zone), entry.Text),
        (EntryKind.Hypothesis, _) => ("Assumption", entry.Text),
        (EntryKind.Misleading, _) => ("Misleading path", entry.Text),
        (EntryKind.Note or EntryKind.Action, _) when entry.Text.Length > 0 => ("", entry.Text),
        _ => (entry.Kind.ToString(), entry.Text),
    };

    internal static string DetectedBy(DetectionSource? source) => source switch
    {
        null => "",
        DetectionSource.Other => " by other means",
        _ => " by " + source.Value.ToText(),
    };

    private static string ImpactLabel(ImpactFacts facts)
    {
        var label = facts.Services.Count > 0 ? "Impact on " + string.Join(", ", facts.Services) : "Impact";
        return facts.PercentOfUsers is { } percent
            ? $"{label}, {EntryText.Percent(percent)} of users"
            : label;
    }

    private string EscalationLabel(TimelineEntry entry, EscalationFacts facts)
    {
        if (Escalation(entry) is not { } escalation)
            return "Escalated to " + facts.Target;
        var declines = _snapshot.Entries.Where(e => e.Kind == EntryKind.Declined && NumberOf(e) == escalation.Number).OrderBy(e => e.Number).ToList();
        // Beside a time in the words of people, which may be of another zone, a bare one would be misread.
        var areBare = !_showsOffsets && !Clock().IsMatch(string.Join(' ', declines.Select(d => d.Text).Prepend(entry.Text)));
        return new EscalationCourse(escalation, declines, Time).Describe();

        string Time(DateTimeOffset at) => areBare && ZonedTime.Date(at, _zone) == ZonedTime.Date(entry.OccurredAt, _zone) ? ZonedTime.FormatClock(at, _zone) : ZonedTime.Format(at, _zone);
    }

    private bool IsMergedAnswer(TimelineEntry entry) =>
        entry.Kind is EntryKind.Acknowledged or EntryKind.Declined or EntryKind.FollowUp
        && NumberOf(entry) is { } number
        && _snapshot.Entries.Any(e => e.Kind == EntryKind.Escalated && NumberOf(e) == number)
        && _snapshot.Escalations.Any(e => e.Number == number);

    private Escalation? Escalation(TimelineEntry entry) => NumberOf(entry) is { } number ? _snapshot.Escalations.FirstOrDefault(e => e.Number == number) : null;

    private static int? NumberOf(TimelineEntry entry) => entry.Facts switch
    {
        EscalationFacts facts => facts.Number,
        FollowUpFacts facts => facts.Number,
        _ => null,
    };

    private TimelineEntry? Last(Func<TimelineEntry, bool> predicate) => _snapshot.Entries.Where(predicate).MaxBy(e => e.Number);

    /// <summary><c>14:05</c>, <c>14h05</c>, <c>2 pm</c>.</summary>
    [GeneratedRegex("[0-9](?:[:.h][0-9]| ?[ap]m\\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();
}
