using IncidentBot.Incidents.Commands;

namespace IncidentBot.Incidents.Reminders;

/// <summary>What there is to remind of, of one kind.</summary>
public abstract class ReminderRule
{
    public abstract ReminderKind Kind { get; }

    /// <summary>How much too late it may be and still mean something.</summary>
    public abstract TimeSpan StaleAfter { get; }

    /// <summary>
    /// Decides from what is recorded now: adds to the context what is to be said and what comes after it. Called once for a reminder
    /// that is due, in the transaction that ends it.
    /// </summary>
    /// <param name="context">On behalf of the bot itself; of a reminder that is about an incident, with it.</param>
    internal abstract Task<ReminderState> FireAsync(CommandContext context, Reminder reminder, CancellationToken cancellationToken);
}
