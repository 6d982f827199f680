using System.Diagnostics;
using System.Diagnostics.Metrics;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Outbox;
using IncidentBot.Incidents.Reminders;

namespace IncidentBot.Incidents.Telemetry;

/// <summary>
/// What the bot counts and traces. Tags are numbers and the names of types, platforms and outcomes: never a text, a person, a token
/// or the key of a page. Durations are in seconds.
/// </summary>
public sealed class IncidentTelemetry : IDisposable
{
    /// <summary>Of the meter, and of the source of spans.</summary>
    public const string Name = "IncidentBot";

    /// <summary>The command of what could not be read as any.</summary>
    internal const string Unreadable = "unreadable";

    private readonly TimeProvider _timeProvider;
    private readonly Counter<long> _commands;
    private readonly Histogram<double> _commandDuration;
    private readonly Counter<long> _messages;
    private readonly Histogram<double> _messageDelay;
    private readonly Counter<long> _escalations;
    private readonly Histogram<double> _acknowledgement;
    private readonly Counter<long> _drafts;
    private readonly Histogram<double> _draftDuration;
    private readonly Counter<long> _remindersDue;
    private readonly Counter<long> _remindersFired;
    private readonly Counter<long> _remindersLate;
    private readonly Counter<long> _remindersDropped;
    private readonly Counter<long> _remindersFailed;
    private readonly Histogram<double> _reminderLateness;
    private long _pending = -1;

    /// <param name="meter">Named <see cref="Name"/>; whoever made it disposes it.</param>
    public IncidentTelemetry(Meter meter, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        double[] fast = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
        double[] slow = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14400];
        _commands = meter.CreateCounter<long>("incidentbot.commands.handled", "{command}", "Commands by what became of them: recorded, refused, read, repeated or failed.");
        _commandDuration = Seconds(meter, "incidentbot.commands.duration", "From a command to its answer, which is on disk then.", fast);
        _messages = meter.CreateCounter<long>("incidentbot.outbox.messages", "{message}", "Tries to send a message: sent, retried or given_up.");
        _messageDelay = Seconds(meter, "incidentbot.outbox.delay", "From the command that caused a message until the chat has taken it.", slow);
        meter.CreateObservableGauge("incidentbot.outbox.pending", ObservePending, "{message}", "Messages that wait to be sent, as the outbox saw it at its last look.");
        _escalations = meter.CreateCounter<long>("incidentbot.escalations.answered", "{escalation}", "Escalations that were acknowledged, declined, or left unanswered.");
        _acknowledgement = Seconds(meter, "incidentbot.escalations.time_to_acknowledge", "From an escalation until it was acknowledged.", [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 14400, 86400]);
        _drafts = meter.CreateCounter<long>("incidentbot.drafts.rendered", "{draft}", "Postmortem drafts: rendered, or fallback where the own template failed.");
        _draftDuration = Seconds(meter, "incidentbot.drafts.duration", "Rendering a postmortem draft.", fast);
        _remindersDue = meter.CreateCounter<long>("incidentbot.reminders.due", "{reminder}", "Reminders whose time came.");
        _remindersFired = meter.CreateCounter<long>("incidentbot.reminders.fired", "{reminder}", "Reminders that were given.");
        _remindersLate = meter.CreateCounter<long>("incidentbot.reminders.late", "{reminder}", "Reminders that were given too late.");
        _remindersDropped = meter.CreateCounter<long>("incidentbot.reminders.dropped", "{reminder}", "Reminders that were due and not given, as nothing was left to remind of, or they came far too late.");
        _remindersFailed = meter.CreateCounter<long>("incidentbot.reminders.failed", "{reminder}", "Reminders that were given up, as they failed ten times.");
        _reminderLateness = Seconds(meter, "incidentbot.reminders.lateness", "From when a reminder was due until it was given.", slow);
    }

    internal ActivitySource Spans { get; } = new(Name);

    public void EscalationAcknowledged(TimeSpan after)
    {
        _escalations.Add(1, Tag("outcome", "acknowledged"));
        // The time of an escalation can be corrected, also to one after its answer.
        _acknowledgement.Record(Math.Max(0, after.TotalSeconds));
    }

    public void EscalationDeclined() => _escalations.Add(1, Tag("outcome", "declined"));

    public void EscalationUnanswered() => _escalations.Add(1, Tag("outcome", "unanswered"));

    /// <param name="kind">One of few words.</param>
    public void ReminderDue(string kind) => _remindersDue.Add(1, Tag("kind", kind));

    /// <inheritdoc cref="ReminderDue"/>
    public void ReminderFired(string kind, TimeSpan lateness, bool isLate)
    {
        _remindersFired.Add(1, Tag("kind", kind));
        if (isLate)
            _remindersLate.Add(1, Tag("kind", kind));
        _reminderLateness.Record(Math.Max(0, lateness.TotalSeconds), Tag("kind", kind));
    }

    /// <inheritdoc cref="ReminderDue"/>
    public void ReminderDropped(string kind) => _remindersDropped.Add(1, Tag("kind", kind));

    /// <inheritdoc cref="ReminderDue"/>
    public void ReminderFailed(string kind) => _remindersFailed.Add(1, Tag("kind", kind));

    /// <summary>One command, from when the bot has read it until its answer can go out.</summary>
    /// <param name="command">The name of its type, or <see cref="Unreadable"/>.</param>
    /// <param name="handle">Returns the answer, one of <see cref="CommandOutcome"/>, and which incident it was about.</param>
    internal async Task<CommandAnswer> HandleAsync(string command, string platform, Func<Task<(CommandAnswer Answer, string Outcome, int? Incident)>> handle)
    {
        var began = _timeProvider.GetTimestamp();
        using var span = StartRoot("command ", command, ActivityKind.Server);
        span?.SetTag("command", command).SetTag("platform", platform);
        var tags = new TagList { Tag("command", command) };
        try
        {
            var (answer, outcome, incident) = await handle();
            tags.Add("outcome", outcome);
            span?.SetTag("incident.number", incident).SetTag("outcome", outcome).SetTag("refused", answer.IsRefused);
            return answer;
        }
        catch (Exception fault)
        {
            tags.Add("outcome", CommandOutcome.Failed);
            tags.Add("error.type", fault.GetType().FullName);
            Fail(span, fault);
            throw;
        }
        finally
        {
            _commands.Add(1, tags);
            _commandDuration.Record(_timeProvider.GetElapsedTime(began).TotalSeconds, tags);
        }
    }

    /// <summary>One try to send a message.</summary>
    internal async Task SendAsync(OutboxMessage message, Func<Task> send)
    {
        var operation = message.Operation.GetType().Name;
        using var span = StartRoot("send ", operation, ActivityKind.Client);
        span?.SetTag("platform", message.Platform).SetTag("operation", operation).SetTag("incident.number", message.IncidentNumber).SetTag("attempt", message.Attempts + 1);
        try
        {
            await send();
        }
        catch (Exception fault) when (fault is not ChatPlatformException { AwaitsRoom: true })
        {
            Fail(span, fault);
            throw;
        }
        _messages.Add(1, Tag("platform", message.Platform), Tag("outcome", "sent"));
        var delay = _timeProvider.GetUtcNow() - message.CreatedAt;
        _messageDelay.Record(Math.Max(0, delay.TotalSeconds), Tag("platform", message.Platform));
    }

    /// <summary>One look at a reminder that may be due.</summary>
    internal async Task<Reminder?> LookAtReminderAsync(Func<Task<Reminder?>> look)
    {
        using var span = StartRoot("look at ", "reminder", ActivityKind.Internal);
        try
        {
            var reminder = await look();
            span?.SetTag("kind", reminder?.Kind.ToString()).SetTag("state", reminder?.State.ToString()).SetTag("incident.number", reminder?.IncidentNumber);
            return reminder;
        }
        catch (Exception fault)
        {
            Fail(span, fault);
            throw;
        }
    }

    internal void MessageRetried(string platform) => _messages.Add(1, Tag("platform", platform), Tag("outcome", "retried"));

    internal void MessageGivenUp(string platform) => _messages.Add(1, Tag("platform", platform), Tag("outcome", "given_up"));

    internal void MessagesPending(long count) => Volatile.Write(ref _pending, count);

    internal T RenderDraft<T>(int incident, Func<T> render, Func<T, bool> isFallback)
    {
        var began = _timeProvider.GetTimestamp();
        using var span = Spans.StartActivity("render draft");
        span?.SetTag("incident.number", incident);
        try
        {
            var draft = render();
            var outcome = isFallback(draft) ? "fallback" : "rendered";
            span?.SetTag("outcome", outcome);
            _drafts.Add(1, Tag("outcome", outcome));
            _draftDuration.Record(_timeProvider.GetElapsedTime(began).TotalSeconds, Tag("outcome", outcome));
            return draft;
        }
        catch (Exception fault)
        {
            Fail(span, fault);
            throw;
        }
    }

    public void Dispose() => Spans.Dispose();

    /// <summary>
    /// A trace of its own. The request around it is not exported, and whoever exports only what belongs to a sampled parent would export
    /// nothing.
    /// </summary>
    private Activity? StartRoot(string verb, string what, ActivityKind kind)
    {
        if (!Spans.HasListeners())
            return null;
        // Flows down from here and not back to the caller, if it is called in an asynchronous method ahead of its first await.
        Activity.Current = null;
        return Spans.StartActivity(verb + what, kind);
    }

    /// <summary>Its message may hold what somebody typed.</summary>
    private static void Fail(Activity? span, Exception fault) =>
        span?.SetStatus(ActivityStatusCode.Error, fault.GetType().FullName).SetTag("error.type", fault.GetType().FullName);

    private IEnumerable<Measurement<long>> ObservePending() => Volatile.Read(ref _pending) is >= 0 and var count ? [new(count)] : [];

    private static Histogram<double> Seconds(Meter meter, string name, string description, IReadOnlyList<double> boundaries) =>
        meter.CreateHistogram(name, "s", description, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = boundaries });

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
