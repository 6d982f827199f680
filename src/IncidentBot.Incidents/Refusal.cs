namespace IncidentBot.Incidents;

/// <summary>An expected "no", told to the person who asked.</summary>
/// <param name="Reason">Full English sentences: the bad value, what is accepted, and an example. May repeat typed text, so escape it where it is shown.</param>
public sealed record Refusal(string Reason);
