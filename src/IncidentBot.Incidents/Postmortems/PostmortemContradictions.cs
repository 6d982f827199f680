using System.Globalization;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>Things that are recorded and cannot all be right.</summary>
internal static class PostmortemContradictions
{
    public static IEnumerable<Finding> Find(PostmortemModel model, IncidentSnapshot snapshot) =>
        Times(model, snapshot).Concat(Impact(model, snapshot)).Concat(Statements(model, snapshot));

    private static IEnumerable<Finding> Times(PostmortemModel m, IncidentSnapshot snapshot)
    {
        var start = m.Start;
        if (m.Detection is { } detection && IsBefore(detection.At, start))
            yield return Contradiction("detection", $"It was detected at {detection.At.Text}, before the impact began at {start.Text}.", Started(m));
        if (m.End is { } end)
        {
            if (IsBefore(end, start))
                yield return Contradiction("end of the outage", $"It ended at {end.Text}, before the impact began at {start.Text}.", Started(m));
            if (m.Detection is { } late && IsBefore(end, late.At))
                yield return Contradiction("detection", $"It was detected at {late.At.Text}, after it had ended at {end.Text}.", $"/incident {m.Key} detected at <time>");
            var changes = snapshot.Entries.Where(e => e.Kind == EntryKind.Status && e.OccurredAt > end.At).ToList();
            if (changes.Count > 0)
                yield return Contradiction("status", $"Its status changed after it had ended at {end.Text}: {Numbers(changes)}.", $"/timeline move {changes[0].Number} <time>");
        }
        var early = snapshot.Entries
            .Where(e => e.Kind is not (EntryKind.Detected or EntryKind.Resolved) && Minute(e.OccurredAt) < Minute(start.At))
            .ToList();
        if (early.Count > 0)
            yield return Contradiction(
                "timeline",
                $"{Numbers(early)} occurred before the impact began at {start.Text}.",
                $"/timeline move {early[0].Number} <time>, or {Started(m)}");
        foreach (var escalation in snapshot.Escalations.Where(e => e.AnsweredAt is { } at && Minute(at) < Minute(e.RequestedAt)))
            yield return Contradiction("escalations", $"Escalation {escalation.Number} to {escalation.Target} was answered before it was requested.", "/timeline move <entry> <time>");
    }

    private static IEnumerable<Finding> Impact(PostmortemModel m, IncidentSnapshot snapshot)
    {
        var percents = snapshot.Entries.OrderBy(e => e.Number)
            .Select(e => (e.Facts as ImpactFacts)?.PercentOfUsers)
            .OfType<decimal>().Distinct().ToList();
        if (percents.Count > 1)
            yield return new Finding(
                FindingKind.Notice,
                "percent of users",
                $"It was given as {string.Join(", then ", percents.Select(EntryText.Percent))}; the draft shows the last one recorded, {m.PercentOfUsers}.",
                $"/incident {m.Key} impact --users <percent>");
        if (snapshot.Incident is { PercentOfUsers: 0, Severity: Severity.Sev1 or Severity.Sev2 })
            yield return Contradiction("severity", $"It is {m.Severity}, but 0% of users were affected.", $"/incident {m.Key} severity sev3 <why>");
    }

    private static IEnumerable<Finding> Statements(PostmortemModel m, IncidentSnapshot snapshot)
    {
        if (m is { HasEscalations: true, StatesNoEscalations: true })
            yield return Contradiction("escalations", $"Somebody stated that there were none, but there are: {Numbers(snapshot.Entries.Where(e => e.Kind == EntryKind.Escalated))}.", "/timeline show");
        if (m is { HasMisleadingPaths: true, StatesNoMisleadingPaths: true })
            yield return Contradiction("misleading paths", $"Somebody stated that there were none, but there are: {Numbers(snapshot.Entries.Where(e => e.Kind == EntryKind.Misleading))}.", "/timeline show");
    }

    private static bool IsBefore(PostmortemMoment a, PostmortemMoment b) => Minute(a.At) < Minute(b.At);

    /// <summary>Times are shown by the minute; two in the same one are no contradiction.</summary>
    private static long Minute(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;

    private static string Numbers(IEnumerable<TimelineEntry> entries)
    {
        var numbers = entries.Select(e => "#" + e.Number.ToString(CultureInfo.InvariantCulture)).ToList();
        return (numbers.Count == 1 ? "Entry " : "Entries ") + string.Join(", ", numbers.Take(10)) + (numbers.Count > 10 ? " …" : "");
    }

    private static string Started(PostmortemModel m) => $"/incident {m.Key} started <time>";

    private static Finding Contradiction(string part, string text, string remedy) => new(FindingKind.Contradiction, part, text, remedy);
}
