using System.Text.RegularExpressions;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>
/// How much an entry tells about this outage: the significant words that it shares with the title, the cause, the fix and
/// the resolution, and how close it is to a turning point (detection, change of status, resolution).
/// </summary>
internal sealed partial class TimelineRelevance
{
    private const int MostSharedWords = 8;

    /// <summary>Words are compared by their first letters, so that "restarted" meets "restart".</summary>
    private const int StemLength = 6;

    private static readonly HashSet<string> _common = new(
        ["about", "after", "again", "been", "before", "could", "every", "from", "have", "into", "more", "once", "only", "that", "their",
            "them", "then", "there", "they", "this", "until", "very", "were", "what", "when", "where", "which", "while", "whose", "will", "with", "would"],
        StringComparer.Ordinal);

    private readonly HashSet<string> _significant;
    private readonly long[] _turningPoints;

    public TimelineRelevance(IncidentSnapshot snapshot)
    {
        var incident = snapshot.Incident;
        string?[] telling = [incident.Title, incident.RootCause, incident.Fix, incident.Resolution, .. incident.Services];
        _significant = [.. telling.SelectMany(text => Stems(text ?? ""))];
        _turningPoints = [.. snapshot.Entries
            .Where(e => e.Kind is EntryKind.Detected or EntryKind.Status or EntryKind.Resolved or EntryKind.Reopened)
            .Select(e => e.OccurredAt.UtcTicks).Order()];
    }

    public double Of(TimelineEntry entry)
    {
        int shared = Math.Min(MostSharedWords, Stems(entry.Text).Where(_significant.Contains).Distinct().Count());
        return shared + (2 * Math.Exp(-MinutesToTurningPoint(entry.OccurredAt) / 10));
    }

    private double MinutesToTurningPoint(DateTimeOffset at)
    {
        if (_turningPoints.Length == 0)
            return double.PositiveInfinity;
        int next = Array.BinarySearch(_turningPoints, at.UtcTicks);
        if (next >= 0)
            return 0;
        next = ~next;
        long nearest = long.MaxValue;
        if (next < _turningPoints.Length)
            nearest = _turningPoints[next] - at.UtcTicks;
        if (next > 0)
            nearest = Math.Min(nearest, at.UtcTicks - _turningPoints[next - 1]);
        return TimeSpan.FromTicks(nearest).TotalMinutes;
    }

    private static IEnumerable<string> Stems(string text) =>
        from word in Word().Matches(text.Length > 4000 ? text[..4000] : text).Select(m => m.Value.ToLowerInvariant())
        where !_common.Contains(word)
        select word.Length > StemLength ? word[..StemLength] : word;

    [GeneratedRegex(@"[\p{L}\p{N}]{4,}")]
    private static partial Regex Word();
}
