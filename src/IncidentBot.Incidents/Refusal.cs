namespace IncidentBot.Incidents;

/// <summary>An expected "no". <see cref="Reason"/> is a full sentence that a person can act on.</summary>
public sealed record Refusal(string Reason);
