using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Outbox;

namespace IncidentBot.Incidents.Reminders;

/// <summary>
/// What there is to remind of, of one kind. The context stands for the bot itself, now, and has the incident if the reminder is
/// about one; what is added to it is committed together with the end of the reminder.
/// </summary>
public abstract class ReminderRule
{
    public abstract ReminderKind Kind { get; }

    /// <summary>How much too late it may be and still be sent.</summary>
    public abstract TimeSpan StaleAfter { get; }

    /// <summary>Continues "left out: a reminder …".</summary>
    public abstract RichText Describe(Reminder reminder);

    /// <summary>When to look again, where it is too early after all; else null.</summary>
    public virtual Task<DateTimeOffset?> PostponedToAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken) =>
        Task.FromResult<DateTimeOffset?>(null);

    /// <summary>Whether there is still something to remind of. Asked when it comes due, and again when what it says is sent.</summary>
    public virtual async Task<bool> IsNeededAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken) =>
        await ComposeAsync(context, reminder, cancellationToken) is not null;

    /// <summary>What it says now; null where there is nothing to remind of any more.</summary>
    public virtual Task<ChatMessage?> ComposeAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken) =>
        Task.FromResult<ChatMessage?>(null);

    /// <summary>Lets it be said: in the room, as composed when it is sent.</summary>
    public virtual Task FireAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken)
    {
        context.SendToRoom(new SendReminder(reminder.Id));
        return Task.CompletedTask;
    }

    /// <summary>Adds what comes after it, also where it was left out as stale, or failed for good.</summary>
    public virtual Task FollowAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken) => Task.CompletedTask;
}
