using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Store;
using IncidentBot.Incidents.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Incidents.Reminders;

/// <summary>
/// Looks at reminders that are due. Whoever knows the time (a scheduler, a test, a replay) names the reminder; doing so twice, too
/// early or too late does no harm.
/// </summary>
public sealed partial class ReminderDispatcher(
    IncidentStore store,
    CommandContextFactory contexts,
    IEnumerable<ReminderRule> rules,
    RemindersOptions options,
    IncidentTelemetry telemetry,
    TimeProvider timeProvider,
    ILogger<ReminderDispatcher> logger)
{
    /// <summary>A scheduler may be ahead by a little, and does not come back.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ReminderKind, ReminderRule> _rules = rules.ToDictionary(r => r.Kind);
    private readonly ReminderKind[] _kinds = [.. rules.Select(r => r.Kind)];

    /// <summary>All that wait, each with its time; not those of kinds that only a newer version of the bot knows.</summary>
    public Task<IReadOnlyList<ScheduledReminder>> ListWaitingAsync(CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<ScheduledReminder>>(
            async db => await Known(db)
                .Where(r => r.State == ReminderState.Waiting)
                .Select(r => new ScheduledReminder(r.Id, r.RunAt))
                .ToListAsync(cancellationToken),
            cancellationToken);

    /// <summary>
    /// Makes what waits without any command having caused it: the week's digest. Once is enough, as each digest makes the next one,
    /// whatever becomes of it.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken) => store.WriteAsync(
        async db =>
        {
            var now = timeProvider.GetUtcNow();
            var zone = contexts.CreateForBot(db, null, now).Zone;
            var next = WeeklyDigest.Next(options, zone, now);
            var waiting = await db.Reminders.OrderBy(r => r.Id).FirstOrDefaultAsync(r => r.Kind == ReminderKind.Digest && r.State == ReminderState.Waiting, CancellationToken.None);
            if (waiting is null && next is { } at)
                db.Add(new Reminder(ReminderKind.Digest, null, 0, at, now));
            // Another day or hour was configured since.
            else if (waiting is not null && next is { } moved && waiting.DueAt > now && waiting.DueAt != moved)
                waiting.Postpone(moved);
            if (await db.Reminders.CountAsync(r => r.State == ReminderState.Waiting && !_kinds.Contains(r.Kind), CancellationToken.None) is > 0 and var unknown)
                Log.Unknown(logger, unknown);
            return await db.SaveChangesAsync(CancellationToken.None);
        },
        cancellationToken);

    /// <summary>
    /// Looks at one reminder: in one commit what it says goes to the outbox, what follows from it is recorded, and it is marked as done.
    /// Nothing happens when it is done already or not due yet; one that fails is marked to be tried again later, and after ten times as
    /// failed, and then too what follows it is recorded.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was written; it still waits.</exception>
    /// <returns>What became of it; null where nothing happened.</returns>
    public async Task<Reminder?> FireAsync(long id, CancellationToken cancellationToken)
    {
        var looked = await LookAsync(id, cancellationToken);
        if (looked is { State: not ReminderState.Waiting })
            Count(looked);
        if (looked is not null)
            Log.Done(logger, id, looked.Kind, IncidentKey.Describe(looked.IncidentNumber), looked.State, looked.DueAt);
        return looked;
    }

    private void Count(Reminder done)
    {
        var kind = done.Kind.ToString();
        telemetry.ReminderDue(kind);
        if (done.State == ReminderState.Fired)
            telemetry.ReminderFired(kind, done.DoneAt!.Value - done.DueAt, ReminderTexts.Lateness(done, done.DoneAt.Value) is not null);
        else if (done.State == ReminderState.Failed)
            telemetry.ReminderFailed(kind);
        else
            telemetry.ReminderDropped(kind);
        if (done is { Kind: ReminderKind.Escalation, Note: FollowUpEscalation.Unanswered } or { Kind: ReminderKind.Escalation, State: ReminderState.Stale or ReminderState.Failed })
            telemetry.EscalationUnanswered();
    }

    /// <summary>Continues "a reminder …".</summary>
    public string Describe(Reminder reminder) => _rules[reminder.Kind].Describe(reminder).ToPlainText();

    /// <summary>What a reminder that came due says now; null where there is nothing to remind of any more.</summary>
    public async Task<ChatMessage?> ComposeAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = store.Read();
        var reminder = await db.Reminders.SingleAsync(r => r.Id == id, cancellationToken);
        var now = NowFor(reminder);
        var context = await ContextAsync(db, reminder, now, cancellationToken);
        if (await _rules[reminder.Kind].ComposeAsync(context, reminder, cancellationToken) is not { } message)
            return null;
        return ReminderTexts.Lateness(reminder, now) is { } late
            ? new ChatMessage([.. message.Blocks, new ContextBlock(ReminderTexts.Late(late))])
            : message;
    }

    /// <summary>A newer version that was taken back may have left others, which cannot even be read.</summary>
    private IQueryable<Reminder> Known(IncidentDbContext db) => db.Reminders.Where(r => _kinds.Contains(r.Kind));

    private async Task<Reminder?> LookAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            return await telemetry.LookAtReminderAsync(() => store.WriteAsync(db => FireAsync(db, id), cancellationToken));
        }
        catch (Exception fault) when (fault is not (StoreUnavailableException or OperationCanceledException))
        {
            Log.Failed(logger, id, fault);
            return await FailAsync(id, fault.GetType().Name);
        }
    }

    private async Task<Reminder?> FailAsync(long id, string fault)
    {
        // Each with less: a rule that throws here too, or an incident that cannot be read, must not keep it from being marked.
        foreach (var giveUp in new Func<IncidentDbContext, Reminder, Task>[] { TellAndFollowAsync, TellFailedAsync })
        {
            try
            {
                return await store.WriteAsync(db => FailAsync(db, id, fault, giveUp), CancellationToken.None);
            }
            catch (Exception another) when (another is not StoreUnavailableException)
            {
                Log.NotFollowed(logger, id, another);
            }
        }
        return await store.WriteAsync(db => FailAsync(db, id, fault, (_, _) => Task.CompletedTask), CancellationToken.None);
    }

    /// <param name="giveUp">What goes along with it when it is not tried any more.</param>
    private async Task<Reminder?> FailAsync(IncidentDbContext db, long id, string fault, Func<IncidentDbContext, Reminder, Task> giveUp)
    {
        var reminder = await db.Reminders.SingleAsync(r => r.Id == id, CancellationToken.None);
        // What was committed all the same is done.
        if (reminder.State != ReminderState.Waiting)
            return null;
        reminder.Fail(timeProvider.GetUtcNow(), fault);
        if (reminder.State == ReminderState.Failed)
            await giveUp(db, reminder);
        await db.SaveChangesAsync(CancellationToken.None);
        return reminder;
    }

    private async Task<Reminder?> FireAsync(IncidentDbContext db, long id)
    {
        var reminder = await Known(db).SingleOrDefaultAsync(r => r.Id == id, CancellationToken.None);
        if (reminder is not { State: ReminderState.Waiting } || timeProvider.GetUtcNow() + Tolerance < reminder.RunAt)
            return null;
        var now = NowFor(reminder);
        var context = await ContextAsync(db, reminder, now, CancellationToken.None);
        var rule = _rules[reminder.Kind];
        if (await rule.PostponedToAsync(context, reminder, CancellationToken.None) is { } later && later > now)
        {
            reminder.Postpone(later);
        }
        else if (!await rule.IsNeededAsync(context, reminder, CancellationToken.None))
        {
            reminder.End(ReminderState.NotNeeded, now);
            await rule.FollowAsync(context, reminder, CancellationToken.None);
        }
        else if (now - reminder.DueAt > rule.StaleAfter)
        {
            reminder.End(ReminderState.Stale, now, $"{ZonedTime.FormatDuration(now - reminder.DueAt)} late");
            TellLeftOut(context, reminder, "The bot could not send it in time.");
            await rule.FollowAsync(context, reminder, CancellationToken.None);
        }
        else
        {
            reminder.End(ReminderState.Fired, now);
            await rule.FireAsync(context, reminder, CancellationToken.None);
            await rule.FollowAsync(context, reminder, CancellationToken.None);
        }
        await db.SaveChangesAsync(CancellationToken.None);
        return reminder;
    }

    private async Task TellAndFollowAsync(IncidentDbContext db, Reminder failed) =>
        await _rules[failed.Kind].FollowAsync(await TellFailedAsync(db, failed), failed, CancellationToken.None);

    private async Task<CommandContext> TellFailedAsync(IncidentDbContext db, Reminder failed)
    {
        var context = await ContextAsync(db, failed, failed.DoneAt!.Value, CancellationToken.None);
        TellLeftOut(context, failed, $"It failed {failed.Attempts} times, and the bot's log says why.");
        return context;
    }

    /// <summary>In the room of its incident; of one that is about none the log and the probes tell.</summary>
    private void TellLeftOut(CommandContext context, Reminder reminder, string why)
    {
        if (reminder.IncidentNumber is null)
            return;
        var incident = context.Incident;
        context.PostInRoom(ChatMessage.Of(RichText.Format(
            $"Left out: a reminder {_rules[reminder.Kind].Describe(reminder)} ({incident.Key}{incident.DrillMark}), which was due at {new InstantSpan(reminder.DueAt, incident.ZoneId)}. {why}")));
    }

    /// <summary>One that is looked at a little too early is looked at as at its time: what follows it would be due at that very time again.</summary>
    private DateTimeOffset NowFor(Reminder reminder) => timeProvider.GetUtcNow() is var now && now < reminder.RunAt ? reminder.RunAt : now;

    private async Task<CommandContext> ContextAsync(IncidentDbContext db, Reminder reminder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var incident = reminder.IncidentNumber is { } number ? await db.Incidents.SingleAsync(i => i.Number == number, cancellationToken) : null;
        return contexts.CreateForBot(db, incident, now);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Reminder {Id} failed")]
        public static partial void Failed(ILogger logger, long id, Exception exception);

        [LoggerMessage(2, LogLevel.Information, "Reminder {Id} ({Kind}) of {Incident}: {State}, due at {DueAt:u}")]
        public static partial void Done(ILogger logger, long id, ReminderKind kind, string incident, ReminderState state, DateTimeOffset dueAt);

        [LoggerMessage(3, LogLevel.Error, "Reminder {Id} failed, and so did what was to follow it or to tell of it")]
        public static partial void NotFollowed(ILogger logger, long id, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "{Count} of the reminders that wait are of a kind that this version does not know; they wait for one that does")]
        public static partial void Unknown(ILogger logger, int count);
    }
}
