using System.ComponentModel.DataAnnotations;

namespace IncidentBot.Incidents.Escalations;

/// <summary>Section <c>Escalation</c>: who is asked for help, in what order, and how often.</summary>
public sealed class EscalationOptions : IValidatableObject
{
    public const string Section = "Escalation";

    /// <summary>How long somebody who was asked directly has before they are asked again. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "{0} must be from 1s to 1 day, for example 5m.")]
    public TimeSpan Wait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often somebody who was asked directly is asked again. Default: 2.</summary>
    [Range(0, 20, ErrorMessage = "{0} must be from 0 to 20.")]
    public int Repeats { get; set; } = 2;

    /// <summary>By their names, in any case.</summary>
    public Dictionary<string, EscalationPolicyOptions> Policies { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Policies.Keys
        .Where(name => name.Trim() != name || name.Length == 0 || name[0] == '@' || name.AsSpan().ContainsAny("\"“”„"))
        .Select(name => new ValidationResult(
            $"{validationContext.DisplayName}:{nameof(Policies)} has a policy named \"{name}\". Use a name without @, quotes and blanks around it, for example checkout."));
}
