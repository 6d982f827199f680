using System.ComponentModel.DataAnnotations;

namespace IncidentBot.Incidents.Escalations;

/// <summary>Section <c>Escalation:Policies:NAME</c>.</summary>
public sealed class EscalationPolicyOptions
{
    /// <summary>Who is asked first, who if nobody of them answers, and so on.</summary>
    [MinLength(1, ErrorMessage = "{0} is empty. Say who is asked, for example {0}:0:Targets:0 = local:ana.")]
    public List<EscalationLevelOptions> Levels { get; set; } = [];

    /// <summary>How often all levels are gone through. Default: 1.</summary>
    [Range(1, 10, ErrorMessage = "{0} must be from 1 to 10.")]
    public int Rounds { get; set; } = 1;

    /// <summary>Whether who is asked again gets a personal message only, and the room is not told again.</summary>
    public bool QuietRepeats { get; set; }

    /// <summary>Declaring an incident of one of these severities, or raising one to it, pages the policy by itself. Default: none.</summary>
    public HashSet<Severity> PageOn { get; set; } = [];
}
