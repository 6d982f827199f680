using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.LocalChat.Http;

/// <summary>An incident as the side panel shows it. Instants are UTC; the page shows them in the reader's zone.</summary>
/// <param name="Room">The name of its room in the local chat, null while there is none.</param>
public sealed record IncidentView(
    int Number,
    string Key,
    string Title,
    string Severity,
    string Status,
    bool IsOpen,
    bool IsDrill,
    bool IsPrivate,
    string? Room,
    DateTimeOffset StartedAt,
    DateTimeOffset? DetectedAt,
    DateTimeOffset DeclaredAt,
    DateTimeOffset? ResolvedAt,
    string? Duration,
    IReadOnlyList<string> Services,
    string? Experience,
    decimal? PercentOfUsers,
    IReadOnlyList<RoleView> Roles,
    IReadOnlyList<EscalationView> Escalations,
    IReadOnlyList<TaskView> Tasks,
    IReadOnlyList<EntryView> Timeline,
    DraftView Draft)
{
    public static IncidentView Of(IncidentSnapshot snapshot, PostmortemDraft draft, string? room)
    {
        var incident = snapshot.Incident;
        return new IncidentView(
            incident.Number,
            incident.Key,
            incident.Title,
            incident.Severity.ToText(),
            incident.Status.ToText(),
            incident.IsOpen,
            incident.IsDrill,
            incident.IsPrivate,
            room,
            incident.ImpactStartedAt,
            incident.DetectedAt,
            incident.DeclaredAt,
            incident.ResolvedAt,
            incident.Duration is { } duration ? ZonedTime.FormatDuration(duration) : null,
            incident.Services,
            incident.Experience,
            incident.PercentOfUsers,
            [.. snapshot.Roles.Where(r => r.EndedAt is null).Select(r => new RoleView(r.Role.ToText(), r.Holder.Name))],
            [.. snapshot.Escalations.Select(e => new EscalationView(e.Number, e.Target, e.State.ToString().ToLowerInvariant(), e.Reason, e.AnsweredBy?.Name, e.AnsweredAt))],
            [.. snapshot.ActionItems.Select(t => new TaskView(t.Number, t.Text, t.Owner, t.Due, t.IsDone))],
            [.. snapshot.Entries.Select(EntryView.Of)],
            DraftView.Of(draft));
    }
}

public sealed record RoleView(string Role, string Holder);

public sealed record EscalationView(int Number, string Target, string State, string Reason, string? AnsweredBy, DateTimeOffset? AnsweredAt);

public sealed record TaskView(int Number, string Text, string? Owner, DateOnly? Due, bool IsDone);

public sealed record EntryView(int Number, string Kind, string Label, DateTimeOffset At, RichText Text, string Author, bool IsCorrected)
{
    public static EntryView Of(TimelineEntry entry) => new(
        entry.Number,
        entry.Kind.ToText(),
        EntryText.Label(entry.Kind),
        entry.OccurredAt,
        EntryText.Describe(entry),
        entry.Author.Name,
        entry.Revisions.Count > 0);
}

/// <param name="Html">Made from the Markdown; holds no markup that a person typed.</param>
public sealed record DraftView(string Markdown, string Html, int WordCount, IReadOnlyList<FindingView> Findings, string? TemplateFault)
{
    public static DraftView Of(PostmortemDraft draft) => new(
        draft.Markdown,
        MarkdownHtml.Render(draft.Markdown),
        draft.WordCount,
        [.. draft.Findings.Select(f => new FindingView(f.Kind.ToString().ToLowerInvariant(), f.Part, f.Text, f.Remedy))],
        draft.TemplateFault);
}

public sealed record FindingView(string Kind, string Part, string Text, string Remedy);
