namespace IncidentBot.Incidents.Escalations;

/// <summary>Who is asked one after the other until somebody answers.</summary>
/// <param name="Rounds">How often all levels are gone through; at least 1.</param>
/// <param name="QuietRepeats">Whether the room is not told again when somebody is asked again.</param>
/// <param name="PageOn">The severities that page it by themselves.</param>
public sealed record EscalationPolicy(string Name, IReadOnlyList<EscalationLevel> Levels, int Rounds, bool QuietRepeats, IReadOnlySet<Severity> PageOn);

/// <param name="Wait">How long they have before they are asked again, or the next level is.</param>
/// <param name="Repeats">How often they are asked again.</param>
public sealed record EscalationLevel(IReadOnlyList<EscalationTarget> Targets, TimeSpan Wait, int Repeats);
