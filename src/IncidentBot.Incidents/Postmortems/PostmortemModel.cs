using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>
/// What a postmortem states, as plain data: every fact that a draft, a page or a review shows is computed here, once. Texts are
/// as typed; whoever shows them escapes them. Null, or an empty list, is "not recorded".
/// </summary>
public sealed record PostmortemModel
{
    public required string Key { get; init; }

    public required string Title { get; init; }

    /// <summary><c>sev1</c>.</summary>
    public required string Severity { get; init; }

    /// <summary><c>resolved</c>.</summary>
    public required string Status { get; init; }

    public required bool IsDrill { get; init; }

    public required bool IsPrivate { get; init; }

    public required Person DeclaredBy { get; init; }

    /// <summary>Who holds the role now, or held it last.</summary>
    public required Person? Commander { get; init; }

    public required Person? Comms { get; init; }

    public required Person? Scribe { get; init; }

    /// <summary>The zone of every time: <c>UTC</c>, <c>Europe/London (UTC+01:00)</c>, or <c>Europe/London</c> when its clocks change within the timeline.</summary>
    public required string Zone { get; init; }

    /// <summary>When the impact began.</summary>
    public required PostmortemMoment Start { get; init; }

    /// <summary>When it ended (resolved, or cancelled); null while it goes on.</summary>
    public required PostmortemMoment? End { get; init; }

    /// <summary><c>42 h 32 min</c>; up to now while it goes on.</summary>
    public required string Duration { get; init; }

    public required IReadOnlyList<string> Services { get; init; }

    public required string? Experience { get; init; }

    /// <summary><c>100% (all users)</c>, <c>0% (no users)</c>, <c>12.5%</c>.</summary>
    public required string? PercentOfUsers { get; init; }

    /// <summary>The first sentences of the cause, on one line: from 20 words, if there are as many, to 50.</summary>
    public required string? RootCauseBrief { get; init; }

    public required PostmortemDetection? Detection { get; init; }

    public required IReadOnlyList<TimelineCandidate> Candidates { get; init; }

    /// <summary>Whether a clock change falls within the timeline, so that each bullet names its offset.</summary>
    public required bool ShowsOffsets { get; init; }

    /// <summary>What of <see cref="Candidates"/> the draft shows; all of them until someone chooses.</summary>
    public required TimelineSelection Timeline { get; init; }

    public required bool HasMisleadingPaths { get; init; }

    /// <summary>Somebody stated that there were none.</summary>
    public required bool StatesNoMisleadingPaths { get; init; }

    public required bool HasEscalations { get; init; }

    public required bool StatesNoEscalations { get; init; }

    public required string? RootCause { get; init; }

    public required string? Fix { get; init; }

    /// <summary>As given when the incident was resolved.</summary>
    public required string? Resolution { get; init; }

    public required IReadOnlyList<string> Improvements { get; init; }

    public required IReadOnlyList<PostmortemTask> Tasks { get; init; }

    public required PostmortemWaivers Waived { get; init; }

    public static PostmortemModel From(IncidentSnapshot snapshot, DateTimeOffset now)
    {
        var incident = snapshot.Incident;
        var zone = ZonedTime.Zone(incident.ZoneId);
        var end = incident.ResolvedAt ?? Cancelled(snapshot);
        bool showsOffsets = HasClockChange(snapshot, zone);
        var candidates = TimelineCandidates.From(snapshot, zone, showsOffsets);
        return new PostmortemModel
        {
            Key = incident.Key,
            Title = MarkdownText.OneLine(incident.Title),
            Severity = incident.Severity.ToText(),
            Status = incident.Status.ToText(),
            IsDrill = incident.IsDrill,
            IsPrivate = incident.IsPrivate,
            DeclaredBy = incident.DeclaredBy,
            Commander = Holder(snapshot, IncidentRole.Commander),
            Comms = Holder(snapshot, IncidentRole.Comms),
            Scribe = Holder(snapshot, IncidentRole.Scribe),
            Zone = ZoneText(zone, incident.ImpactStartedAt, showsOffsets),
            Start = PostmortemMoment.Of(incident.ImpactStartedAt, zone),
            End = end is null ? null : PostmortemMoment.Of(end.Value, zone),
            Duration = ZonedTime.FormatDuration(ZonedTime.WholeMinutes(incident.ImpactStartedAt, end ?? now)),
            Services = incident.Services,
            Experience = NullIfBlank(incident.Experience),
            PercentOfUsers = Percent(incident.PercentOfUsers),
            RootCauseBrief = Brief(incident.RootCause),
            Detection = incident.DetectedAt is null
                ? null
                : new PostmortemDetection(
                    PostmortemMoment.Of(incident.DetectedAt.Value, zone),
                    NullIfBlank(TimelineCandidates.DetectedBy(incident.DetectionSource).Replace(" by ", "", StringComparison.Ordinal)),
                    NullIfBlank(incident.DetectionHow)),
            Candidates = candidates,
            ShowsOffsets = showsOffsets,
            Timeline = TimelineSelection.Choose(candidates, int.MaxValue),
            HasMisleadingPaths = snapshot.Entries.Any(e => e.Kind == EntryKind.Misleading),
            StatesNoMisleadingPaths = incident.HadNoMisleadingPaths,
            HasEscalations = snapshot.Entries.Any(e => e.Kind == EntryKind.Escalated),
            StatesNoEscalations = incident.HadNoEscalations,
            RootCause = NullIfBlank(incident.RootCause),
            Fix = NullIfBlank(incident.Fix),
            Resolution = NullIfBlank(incident.Resolution),
            Improvements = [.. snapshot.Answers.Where(a => a.Kind == AnswerKind.Improvement && !string.IsNullOrWhiteSpace(a.Text)).Select(a => a.Text)],
            Tasks = [.. snapshot.ActionItems.OrderBy(t => t.Number).Select(t => new PostmortemTask(t.Number, t.Text, NullIfBlank(t.Owner), t.Due, t.IsDone))],
            Waived = PostmortemWaivers.Of(snapshot),
        };
    }

    private static DateTimeOffset? Cancelled(IncidentSnapshot snapshot) =>
        snapshot.Incident.Status == IncidentStatus.Cancelled
            ? snapshot.Entries.Where(e => e.Kind == EntryKind.Cancelled).MaxBy(e => e.Number)?.OccurredAt
            : null;

    private static Person? Holder(IncidentSnapshot snapshot, IncidentRole role) =>
        snapshot.Roles.Where(r => r.Role == role).OrderBy(r => r.EndedAt is null).ThenBy(r => r.AssignedAt).LastOrDefault()?.Holder;

    private static bool HasClockChange(IncidentSnapshot snapshot, TimeZoneInfo zone) =>
        snapshot.Entries.Select(e => e.OccurredAt).Append(snapshot.Incident.ImpactStartedAt).Select(zone.GetUtcOffset).Distinct().Count() > 1;

    private static string ZoneText(TimeZoneInfo zone, DateTimeOffset at, bool showsOffsets) =>
        ZonedTime.IsUtc(zone) ? "UTC" : showsOffsets ? zone.Id : $"{zone.Id} ({ZonedTime.FormatOffset(zone.GetUtcOffset(at))})";

    private static string? Percent(decimal? percent) => percent switch
    {
        null => null,
        100 => "100% (all users)",
        0 => "0% (no users)",
        _ => EntryText.Percent(percent.Value),
    };

    private static string? Brief(string? cause)
    {
        const int enough = 20, most = 50;
        var sentences = Sentences.Split(MarkdownText.OneLine(cause ?? ""));
        if (sentences.Count == 0)
            return null;
        int taken = 1;
        int words = Words.Count(sentences[0]);
        while (words < enough && taken < sentences.Count)
            words += Words.Count(sentences[taken++]);
        return Words.First(string.Join(' ', sentences.Take(taken)), most, 600);
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>A time in the incident's zone.</summary>
/// <param name="Text">Date, time and zone: <c>2022-11-14 23:06 UTC</c>, <c>2024-06-12 16:37 Europe/London (UTC+01:00)</c>.</param>
public sealed record PostmortemMoment(DateTimeOffset At, DateOnly Date, string Clock, string Text)
{
    internal static PostmortemMoment Of(DateTimeOffset at, TimeZoneInfo zone) =>
        new(at, ZonedTime.Date(at, zone), ZonedTime.FormatClock(at, zone), ZonedTime.Format(at, zone));
}

/// <param name="By"><c>monitoring</c>, <c>an engineer</c>, <c>a customer</c>, <c>other means</c>.</param>
public sealed record PostmortemDetection(PostmortemMoment At, string? By, string? How);

/// <param name="Owner">The name without <c>@</c>.</param>
public sealed record PostmortemTask(int Number, string Text, string? Owner, DateOnly? Due, bool IsDone);

/// <summary>Why what is missing will not be told. Null for what is recorded, or still asked for.</summary>
/// <param name="Impact">Of its services, its experience and its share of users whichever is missing.</param>
public sealed record PostmortemWaivers(PostmortemWaiver? RootCause, PostmortemWaiver? Fix, PostmortemWaiver? Impact, PostmortemWaiver? Tasks)
{
    internal static PostmortemWaivers Of(IncidentSnapshot snapshot)
    {
        PostmortemWaiver? Waiver(AnswerKind part) => MissingParts.Waiver(snapshot, part) is { } answer ? new PostmortemWaiver(answer.By.Name, answer.Text) : null;
        return new(Waiver(AnswerKind.WaivedRootCause), Waiver(AnswerKind.WaivedFix), Waiver(AnswerKind.WaivedImpact), Waiver(AnswerKind.WaivedTasks));
    }
}

/// <param name="By">The name without <c>@</c>.</param>
public sealed record PostmortemWaiver(string By, string Reason);
