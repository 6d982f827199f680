namespace IncidentBot.Incidents.ActionItems;

/// <summary>Whose a task is, and until when: what a reminder asks of its owner.</summary>
public sealed record TaskAssignment(string? Owner, string? OwnerId, DateOnly? Due);
