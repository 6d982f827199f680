namespace IncidentBot.Incidents.Reminders;

/// <summary>When a reminder is to be looked at.</summary>
public readonly record struct ScheduledReminder(long Id, DateTimeOffset RunAt);
