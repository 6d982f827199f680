using System.Text.Json.Serialization;

namespace IncidentBot.Incidents.Timeline;

/// <summary>
/// What an entry states about the incident beyond its text. The incident's header is the fold of these in the order
/// in which they were recorded, so that a correction of an entry corrects the header (<see cref="Incident.Refold"/>).
/// </summary>
[JsonDerivedType(typeof(DeclaredFacts), "declared")]
[JsonDerivedType(typeof(DetectedFacts), "detected")]
[JsonDerivedType(typeof(ImpactFacts), "impact")]
[JsonDerivedType(typeof(StatusFacts), "status")]
[JsonDerivedType(typeof(SeverityFacts), "severity")]
[JsonDerivedType(typeof(RoleFacts), "role")]
[JsonDerivedType(typeof(StartedFacts), "started")]
[JsonDerivedType(typeof(EscalationFacts), "escalation")]
[JsonDerivedType(typeof(FollowUpFacts), "followUp")]
public abstract record EntryFacts;

public sealed record DeclaredFacts(Severity Severity, IReadOnlyList<string> Services, DateTimeOffset ImpactStartedAt) : EntryFacts;

public sealed record DetectedFacts(DetectionSource? Source) : EntryFacts;

/// <summary>What one <c>/incident impact</c> gave; null or empty is "not given", the earlier value stands.</summary>
public sealed record ImpactFacts(IReadOnlyList<string> Services, decimal? PercentOfUsers) : EntryFacts;

public sealed record StatusFacts(IncidentStatus Status) : EntryFacts;

public sealed record SeverityFacts(Severity From, Severity To) : EntryFacts;

public sealed record RoleFacts(IncidentRole Role, Person Holder) : EntryFacts;

public sealed record StartedFacts(DateTimeOffset From, DateTimeOffset To) : EntryFacts;

/// <summary>Which escalation was requested, acknowledged or declined.</summary>
/// <param name="GoesOn">It was declined, and stays open as others are asked.</param>
public sealed record EscalationFacts(int Number, string Target, bool GoesOn = false) : EntryFacts;

/// <summary>What the bot did as nobody answered an escalation.</summary>
/// <param name="Names">Who was asked; empty: nobody was left.</param>
/// <param name="Level">1, 2 … of the policy.</param>
/// <param name="IsAgain">They had been asked before.</param>
/// <param name="DeclinedBy">The name of whoever made way for them; null: nobody answered in time.</param>
public sealed record FollowUpFacts(int Number, string Target, string Names, int Level, bool IsAgain, string? DeclinedBy = null) : EntryFacts;
