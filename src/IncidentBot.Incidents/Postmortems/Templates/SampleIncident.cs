using System.Globalization;
using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Postmortems.Templates;

/// <summary>
/// Incidents that never happened, to try a template with: one of which everything is recorded, one of which nothing is, one that goes
/// on, and one of which it was said why nothing will be recorded. They are made by the entities' own verbs, as the handlers make real ones.
/// </summary>
internal sealed class SampleIncident
{
    private static readonly Person _maria = By("maria");
    private static readonly Person _li = By("li");

    private readonly Incident _incident;
    private readonly List<TimelineEntry> _entries = [];
    private readonly List<Escalation> _escalations = [];
    private readonly List<ActionItem> _tasks = [];
    private readonly List<Answer> _answers = [];
    private readonly List<RoleAssignment> _roles = [];

    private SampleIncident(string title, Severity severity, bool isDrill, string began, string declared, string zone, params string[] services)
    {
        (_incident, var entry) = Incident.Declare(
            title, new DeclaredFacts(severity, services, At(began)), isPrivate: isDrill, isDrill, new Conversation("sample", "sample"), zone, _maria, At(declared));
        _entries.Add(entry);
    }

    /// <summary>Two days with a change of the clocks between them, and nothing left to ask.</summary>
    public static PostmortemModel Full { get; } = Model(Everything(), "2026-03-29 04:00");

    /// <summary>Only the start and the end are known: what a template must bear.</summary>
    public static PostmortemModel Empty { get; } = Model(Nothing(), "2026-03-29 04:00");

    /// <summary>A private drill at its beginning, with halves of facts: a draft can be asked for before there is an end.</summary>
    public static PostmortemModel GoingOn { get; } = Model(
        new SampleIncident("Orders are slow", Severity.Sev3, isDrill: true, "2026-03-02 09:00", "2026-03-02 09:05", "UTC", "checkout")
            .Answered(AnswerKind.NoMisleadingPaths, "")
            .Answered(AnswerKind.NoEscalations, "")
            .Recorded(EntryKind.Detected, "09:07", "", new DetectedFacts(null))
            .Recorded(EntryKind.Note, "09:10", "it began with the full hour")
            .ToDo("Find out why nobody was told", null, null),
        "2026-03-02 09:20");

    /// <summary>Like the empty one, and whatever can be waived is.</summary>
    public static PostmortemModel Waived { get; } = Model(
        Nothing()
            .Answered(AnswerKind.WaivedRootCause, "the provider does not tell what failed")
            .Answered(AnswerKind.WaivedFix, "it went away by itself")
            .Answered(AnswerKind.WaivedImpact, "the logs of that night are gone")
            .Answered(AnswerKind.WaivedTasks, "the service is shut down next week"),
        "2026-03-29 04:00");

    private static SampleIncident Nothing()
    {
        var sample = new SampleIncident("Sample", Severity.Sev3, isDrill: false, "2026-03-28 22:30", "2026-03-28 22:52", "UTC");
        sample._entries.Add(sample._incident.Resolve("", _maria, At("2026-03-28 23:30")).Value!);
        return sample;
    }

    private static SampleIncident Everything() =>
        new SampleIncident("Order confirmations are not sent", Severity.Sev3, isDrill: false, "2026-03-28 22:30", "2026-03-28 22:52", "Europe/Paris", "checkout")
            .Recorded(EntryKind.Detected, "22:47", "the alert on mails that wait for more than 15 minutes fired", new DetectedFacts(DetectionSource.Monitoring))
            .Held(IncidentRole.Commander, "22:53", _maria)
            .Held(IncidentRole.Comms, "22:54", By("sam"))
            .Held(IncidentRole.Scribe, "22:54", _li)
            .Recorded(EntryKind.Impact, "22:58", "customers paid, but got no confirmation, and some ordered a second time", new ImpactFacts(["checkout", "mail"], 40))
            .Recorded(EntryKind.Severity, "23:05", "customers order twice", new SeverityFacts(Severity.Sev3, Severity.Sev2))
            .Recorded(EntryKind.Action, "23:10", "Restarted the workers that hand the mails over; the queue kept growing")
            .Recorded(EntryKind.Hypothesis, "23:20", "The provider limits us after the newsletter of the afternoon")
            .Escalated("23:25", "MailWorks support", null, "do you refuse our mails?")
            .Declined("23:50", "they see no attempt of ours since 22:29 UTC")
            .Recorded(EntryKind.Misleading, "23:55", "The limit of the provider: nothing of ours ever arrives there, so there is nothing to limit")
            .Recorded(EntryKind.Update, "2026-03-29 00:10", "Orders are taken and safe; their confirmations will be sent late")
            .Recorded(EntryKind.Note, "00:20", "21,000 mails wait in the queue")
            .Escalated("00:40", "li", _li.Id, "you know how the relay is set up")
            .Acknowledged("00:46", _li)
            .Recorded(EntryKind.Hypothesis, "01:05", "The clock change has confused the scheduler of the queue")
            .Recorded(EntryKind.Misleading, "01:15", "The clock change: the first mail failed two and a half hours before it")
            .Recorded(EntryKind.Action, "01:25", "Connected to the relay by hand; it showed a certificate that had expired at 22:30 UTC")
            .Recorded(EntryKind.Status, "01:30", "the relay serves an expired certificate", new StatusFacts(IncidentStatus.Identified))
            .Recorded(EntryKind.Action, "01:40", "Reloaded the relay, which then served the new certificate")
            .Recorded(EntryKind.Status, "01:50", "the queue drains", new StatusFacts(IncidentStatus.Monitoring))
            .Resolved("02:10", "reloaded the mail relay; all confirmations are out")
            .Answered(AnswerKind.RootCause, Cause)
            .Answered(AnswerKind.Fix, "The relay was reloaded, so that it serves the certificate that was renewed on 21 March. Mails that waited were sent within 20 minutes, and the 312 orders that were made twice were cancelled and paid back.")
            .Answered(AnswerKind.Improvement, "A certificate is watched where it lies and not where it is served")
            .Answered(AnswerKind.Improvement, "Nobody on call knew that the relay holds a certificate of its own")
            .ToDo("Reload the relay after each renewal, in the same job", "li", new DateOnly(2026, 4, 3), isDone: true)
            .ToDo("Alert on the certificate that the relay serves, 14 days ahead", "sam", new DateOnly(2026, 4, 10))
            .ToDo("List in the handbook of those on call what holds a certificate", "maria", new DateOnly(2026, 4, 17));

    private const string Cause = """
        The mail relay was refused by every worker, since the certificate that it served had expired at 22:30 UTC.

        A new certificate had been put in place eight days earlier, but the relay reads its certificate when it starts and had not been started since.

        Renewal was automated in January. The reload that people used to do by hand afterwards was not part of the job, as it was written down nowhere.

        The alert on certificates looks at the file, which had 82 days left, and not at what the relay serves.
        """;

    private static PostmortemModel Model(SampleIncident sample, string now) => PostmortemModel.From(
        new IncidentSnapshot(
            sample._incident, [.. sample._entries.OrderBy(e => e.OccurredAt).ThenBy(e => e.Number)], sample._escalations, sample._tasks, sample._answers, sample._roles),
        At(now)) with { Key = "INC-7" };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static Person By(string name) => new("sample", name, name);

    /// <summary>A bare clock time is on the day of the entry before.</summary>
    private DateTimeOffset Next(string text) => At(text.Length > 5 ? text : $"{_entries[^1].OccurredAt:yyyy-MM-dd} {text}");

    private SampleIncident Recorded(EntryKind kind, string at, string text, EntryFacts? facts = null, Person? by = null)
    {
        _entries.Add(_incident.Record(kind, Next(at), text, facts, by ?? _maria, Next(at)));
        return this;
    }

    private SampleIncident Held(IncidentRole role, string at, Person holder)
    {
        _roles.Add(new RoleAssignment(_incident, role, holder, Next(at)));
        return Recorded(EntryKind.Role, at, "", new RoleFacts(role, holder));
    }

    private SampleIncident Escalated(string at, string target, string? personId, string reason)
    {
        var (escalation, entry) = _incident.Escalate(target, personId is null ? null : new Person(_maria.Platform, personId, target), null, reason, _maria, Next(at)).Value;
        _escalations.Add(escalation);
        _entries.Add(entry);
        return this;
    }

    private SampleIncident Acknowledged(string at, Person by)
    {
        var escalation = _escalations[^1];
        escalation.Acknowledge(by, Next(at));
        return Recorded(EntryKind.Acknowledged, at, "", new EscalationFacts(escalation.Number, escalation.Target), by);
    }

    private SampleIncident Declined(string at, string reason)
    {
        var escalation = _escalations[^1];
        escalation.End(_maria, Next(at), reason);
        return Recorded(EntryKind.Declined, at, reason, new EscalationFacts(escalation.Number, escalation.Target));
    }

    private SampleIncident Resolved(string at, string how)
    {
        _entries.Add(_incident.Resolve(how, _maria, Next(at)).Value!);
        return this;
    }

    private SampleIncident Answered(AnswerKind kind, string text)
    {
        _answers.Add(_incident.Take(kind, text, _maria, _entries[^1].RecordedAt));
        return this;
    }

    private SampleIncident ToDo(string text, string? owner, DateOnly? due, bool isDone = false)
    {
        var task = _incident.AddActionItem(text, owner, null, due, _maria, _entries[^1].RecordedAt);
        if (isDone)
            task.Complete(_maria, _entries[^1].RecordedAt);
        _tasks.Add(task);
        return this;
    }
}
