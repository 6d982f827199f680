namespace IncidentBot.Incidents;

/// <summary>A channel, thread or room of a chat platform. <see cref="Id"/> is the platform's own id (kept verbatim).</summary>
public sealed record Conversation(string Platform, string Id);
