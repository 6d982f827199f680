using System.Globalization;
using IncidentBot.Incidents;
using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Tests.Builders;

/// <summary>
/// An incident with its rows, made by the entity's own verbs, as the handlers make it. Times are "2026-03-02 09:05" or
/// "09:05" of the day that was named last, all UTC.
/// </summary>
public sealed class IncidentBuilder
{
    private readonly Incident _incident;
    private readonly List<TimelineEntry> _entries = [];
    private readonly List<Escalation> _escalations = [];
    private readonly List<ActionItem> _tasks = [];
    private readonly List<Answer> _answers = [];
    private readonly List<RoleAssignment> _roles = [];
    private DateOnly _day;

    public IncidentBuilder(
        string title = "Checkout answers 500",
        Severity severity = Severity.Sev2,
        string at = "2026-03-02 09:14",
        string? began = null,
        string zone = "UTC",
        bool isDrill = false,
        params string[] services)
    {
        var now = Time(at);
        var facts = new DeclaredFacts(severity, services, began is null ? now : Time(began));
        (_incident, var entry) = Incident.Declare(title, facts, false, isDrill, new Conversation("test", "C1"), zone, By("maria"), now);
        // The number is given by the store.
        typeof(Incident).GetProperty(nameof(Incident.Number))!.SetValue(_incident, 1);
        _entries.Add(entry);
    }

    public static Person By(string name) => new("test", name, name);

    public DateTimeOffset Time(string text)
    {
        if (text.Length > 5)
        {
            var at = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            _day = DateOnly.FromDateTime(at.UtcDateTime);
            return at;
        }
        return new DateTimeOffset(_day.ToDateTime(TimeOnly.Parse(text, CultureInfo.InvariantCulture)), TimeSpan.Zero);
    }

    public IncidentBuilder Detected(string at, DetectionSource? source, string how) => Record(EntryKind.Detected, at, how, new DetectedFacts(source));

    public IncidentBuilder Impact(string at, string experience, decimal? percent = null, params string[] services) =>
        Record(EntryKind.Impact, at, experience, new ImpactFacts(services, percent));

    public IncidentBuilder Status(string at, IncidentStatus status, string text = "") => Record(EntryKind.Status, at, text, new StatusFacts(status));

    public IncidentBuilder SeverityChanged(string at, Severity to, string why = "") =>
        Record(EntryKind.Severity, at, why, new SeverityFacts(_incident.Severity, to));

    public IncidentBuilder Update(string at, string text) => Record(EntryKind.Update, at, text);

    public IncidentBuilder Started(string at, string to)
    {
        var now = Time(at);
        return Record(EntryKind.Started, now, "", new StartedFacts(_incident.ImpactStartedAt, Time(to)));
    }

    public IncidentBuilder Role(string at, IncidentRole role, string holder)
    {
        _roles.Add((RoleAssignment)Activator.CreateInstance(
            typeof(RoleAssignment),
            System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic,
            null,
            [_incident, role, By(holder), Time(at)],
            CultureInfo.InvariantCulture)!);
        return Record(EntryKind.Role, at, "", new RoleFacts(role, By(holder)));
    }

    public IncidentBuilder Note(string at, string text) => Record(EntryKind.Note, at, text);

    public IncidentBuilder Action(string at, string text) => Record(EntryKind.Action, at, text);

    public IncidentBuilder Hypothesis(string at, string text) => Record(EntryKind.Hypothesis, at, text);

    public IncidentBuilder Misleading(string at, string text) => Record(EntryKind.Misleading, at, text);

    public IncidentBuilder Entry(EntryKind kind, DateTimeOffset at, string text) => Record(kind, at, text, null);

    public IncidentBuilder Escalated(string at, string target, string reason, bool isKnown = true)
    {
        Assert.True(_incident.Escalate(target, isKnown ? By(target) : null, null, reason, By("maria"), Time(at)).Succeeded(out var made, out _));
        _escalations.Add(made.Escalation);
        _entries.Add(made.Entry);
        return this;
    }

    public IncidentBuilder Acknowledged(string at, int number, string by)
    {
        var escalation = _escalations[number - 1];
        Assert.Null(escalation.Acknowledge(By(by), Time(at)));
        return Record(EntryKind.Acknowledged, Time(at), "", new EscalationFacts(number, escalation.Target), by);
    }

    public IncidentBuilder Declined(string at, int number, string by, string reason)
    {
        var escalation = _escalations[number - 1];
        Assert.Null(escalation.Decline(By(by), isAsked: true));
        escalation.End(By(by), Time(at), reason);
        return Record(EntryKind.Declined, Time(at), reason, new EscalationFacts(number, escalation.Target), by);
    }

    public IncidentBuilder Resolved(string at, string how) => Add(_incident.Resolve(how, By("maria"), Time(at)));

    public IncidentBuilder Reopened(string at, string why) => Add(_incident.Reopen(why, By("maria"), Time(at)));

    public IncidentBuilder Cancelled(string at, string why) => Add(_incident.Cancel(why, By("maria"), Time(at)));

    public IncidentBuilder Cause(string text) => Answer(AnswerKind.RootCause, text);

    public IncidentBuilder Fix(string text) => Answer(AnswerKind.Fix, text);

    public IncidentBuilder Improve(string text) => Answer(AnswerKind.Improvement, text);

    public IncidentBuilder NoMisleadingPaths() => Answer(AnswerKind.NoMisleadingPaths, "");

    public IncidentBuilder NoEscalations() => Answer(AnswerKind.NoEscalations, "");

    /// <param name="part">The kind of its waiver.</param>
    public IncidentBuilder Waive(AnswerKind part, string reason) => Answer(part, reason);

    public IncidentBuilder WaiveAll(string reason) =>
        Waive(AnswerKind.WaivedRootCause, reason).Waive(AnswerKind.WaivedFix, reason).Waive(AnswerKind.WaivedImpact, reason).Waive(AnswerKind.WaivedTasks, reason);

    public IncidentBuilder Task(string text, string? owner = null, string? due = null, bool isDone = false)
    {
        var now = _entries[^1].RecordedAt;
        var task = _incident.AddActionItem(text, owner, null, due is null ? null : DateOnly.Parse(due, CultureInfo.InvariantCulture), By("maria"), now);
        if (isDone)
            task.Complete(By("maria"), now);
        _tasks.Add(task);
        return this;
    }

    /// <summary>As the store reads it: in the order of when it occurred, without what was removed.</summary>
    public IncidentSnapshot Build() => new(
        _incident,
        [.. _entries.Where(e => !e.IsRemoved).OrderBy(e => e.OccurredAt).ThenBy(e => e.Number)],
        [.. _escalations],
        [.. _tasks],
        [.. _answers],
        [.. _roles]);

    private IncidentBuilder Answer(AnswerKind kind, string text)
    {
        _answers.Add(_incident.Take(kind, text, By("maria"), _entries[^1].RecordedAt));
        return this;
    }

    private IncidentBuilder Record(EntryKind kind, string at, string text, EntryFacts? facts = null) => Record(kind, Time(at), text, facts);

    private IncidentBuilder Record(EntryKind kind, DateTimeOffset at, string text, EntryFacts? facts, string by = "maria")
    {
        _entries.Add(_incident.Record(kind, at, text, facts, By(by), at));
        return this;
    }

    private IncidentBuilder Add(Outcome<TimelineEntry> outcome)
    {
        Assert.True(outcome.Succeeded(out var entry, out var refusal), refusal?.Reason);
        _entries.Add(entry);
        return this;
    }
}
