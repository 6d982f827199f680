using System.Text.Json.Serialization;

namespace IncidentBot.Incidents.Escalations;

/// <summary>Those who were asked at one time.</summary>
/// <param name="Level">1, 2 … of the policy.</param>
/// <param name="Round">1, 2 …: how often its levels were gone through, with this time.</param>
/// <param name="Late">How much too late it came, null when in time.</param>
public sealed record EscalationStep(int Level, int Round, IReadOnlyList<EscalationTarget> Targets, DateTimeOffset At, TimeSpan? Late = null)
{
    /// <summary><c>@li, database team</c>.</summary>
    [JsonIgnore]
    public string Names => string.Join(", ", Targets.Select(t => t.ToString()));

    public bool IsOfSameLevelAs(EscalationStep other) => Level == other.Level && Round == other.Round;
}
