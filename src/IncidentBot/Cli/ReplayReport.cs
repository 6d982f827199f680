using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Cli;

/// <summary>An incident as <c>replay --format json</c> prints it. Instants are ISO 8601 in UTC, durations minutes; null is "not recorded".</summary>
internal sealed record ReplayReport(
    string Incident,
    string Title,
    Severity Severity,
    IncidentStatus Status,
    DateTimeOffset ImpactStartedAt,
    DateTimeOffset? DetectedAt,
    DateTimeOffset? ResolvedAt,
    double? DurationMinutes,
    IReadOnlyList<string> Services,
    string? Experience,
    decimal? PercentOfUsers,
    string? RootCause,
    string? Fix,
    IReadOnlyList<ReplayReport.Entry> Timeline,
    IReadOnlyList<ReplayReport.EscalationLine> Escalations,
    IReadOnlyList<string> Improvements,
    IReadOnlyList<ReplayReport.TaskLine> Tasks,
    IReadOnlyList<Finding> Findings,
    string? TemplateFault,
    int WordCount,
    string Markdown)
{
    /// <summary>Readable on a terminal: what is printed is no page, so only what JSON itself wants is escaped.</summary>
    public static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static ReplayReport Of(IncidentSnapshot snapshot, PostmortemDraft draft)
    {
        var incident = snapshot.Incident;
        return new ReplayReport(
            incident.Key,
            incident.Title,
            incident.Severity,
            incident.Status,
            incident.ImpactStartedAt,
            incident.DetectedAt,
            incident.ResolvedAt,
            incident.Duration?.TotalMinutes,
            incident.Services,
            incident.Experience,
            incident.PercentOfUsers,
            incident.RootCause,
            incident.Fix,
            [.. snapshot.Entries.Select(e => new Entry(e.Number, e.Kind, e.OccurredAt, e.RecordedAt, e.Author.Name, e.Text))],
            [.. snapshot.Escalations.Select(e => new EscalationLine(e.Number, e.Target, e.Reason, e.State, e.RequestedAt, e.AnsweredBy?.Name, e.AnsweredAt))],
            [.. snapshot.Answers.Where(a => a.Kind == AnswerKind.Improvement).Select(a => a.Text)],
            [.. snapshot.ActionItems.Select(t => new TaskLine(t.Number, t.Text, t.Owner, t.Due, t.IsDone))],
            draft.Findings,
            draft.TemplateFault,
            draft.WordCount,
            draft.Markdown);
    }

    internal sealed record Entry(int Number, EntryKind Kind, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Author, string Text);

    internal sealed record EscalationLine(
        int Number, string Target, string Reason, EscalationState State, DateTimeOffset RequestedAt, string? AnsweredBy, DateTimeOffset? AnsweredAt);

    internal sealed record TaskLine(int Number, string Text, string? Owner, DateOnly? Due, bool IsDone);
}
