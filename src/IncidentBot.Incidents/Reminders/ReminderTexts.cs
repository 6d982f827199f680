namespace IncidentBot.Incidents.Reminders;

internal static class ReminderTexts
{
    /// <summary>What a scheduler and a busy outbox take is no lateness that anybody needs to know of.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(2);

    /// <summary>How much too late it is, if that is worth telling.</summary>
    public static TimeSpan? Lateness(Reminder reminder, DateTimeOffset now) => Lateness(reminder.DueAt, now);

    /// <inheritdoc cref="Lateness(Reminder, DateTimeOffset)"/>
    public static TimeSpan? Lateness(DateTimeOffset? dueAt, DateTimeOffset now) => now - dueAt is { } late && late >= LateAfter ? late : null;

    public static string Late(TimeSpan late) => $"this comes {ZonedTime.FormatDuration(late)} late, since the bot could not send it in time";
}
