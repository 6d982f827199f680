namespace IncidentBot.Incidents.Postmortems;

public enum FindingKind
{
    /// <summary>A required part was never recorded.</summary>
    Missing,

    /// <summary>It is there, but says too little: a task without an owner, a cause of three words.</summary>
    Vague,

    /// <summary>Two things that are recorded cannot both be right.</summary>
    Contradiction,

    /// <summary>Worth knowing: left out for brevity, the template failed.</summary>
    Notice,
}

/// <summary>One line of the review. <paramref name="Remedy"/> is a command that mends it, or empty.</summary>
/// <param name="Part">Which part of the draft: <c>root cause</c>, <c>percent of users</c> …</param>
public sealed record Finding(FindingKind Kind, string Part, string Text, string Remedy = "");
