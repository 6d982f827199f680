namespace IncidentBot.Incidents.Commands;

/// <summary>"Now" for a command, and the zone in which the person who typed it reads a clock.</summary>
public readonly record struct CommandClock(DateTimeOffset Now, TimeZoneInfo Zone);
