using System.ComponentModel.DataAnnotations;

namespace IncidentBot.Incidents.Escalations;

/// <summary>Section <c>Escalation:Policies:NAME:Levels:N</c>, counted from 0.</summary>
public sealed class EscalationLevelOptions : IValidatableObject
{
    /// <summary>All are asked at once; one that answers is enough. See <see cref="EscalationTarget"/>.</summary>
    [MinLength(1, ErrorMessage = "{0} is empty. Say who is asked, for example {0}:0 = local:ana.")]
    public List<string> Targets { get; set; } = [];

    /// <summary>How long they have before they are asked again, or the next level is. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "{0} must be from 1s to 1 day, for example 5m.")]
    public TimeSpan Wait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the same level is asked again before the next one. Default: 0.</summary>
    [Range(0, 20, ErrorMessage = "{0} must be from 0 to 20.")]
    public int Repeats { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Targets
        .Select(EscalationTarget.FindFault)
        .OfType<string>()
        .Select(fault => new ValidationResult($"{validationContext.DisplayName}:{nameof(Targets)} has {fault}", [nameof(Targets)]));
}
