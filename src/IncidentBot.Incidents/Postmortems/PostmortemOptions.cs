using System.ComponentModel.DataAnnotations;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>Section <c>Postmortem</c> of the configuration.</summary>
public sealed class PostmortemOptions : IValidatableObject
{
    /// <summary>A Scriban template of one's own; null or empty for the built-in one.</summary>
    public string? TemplatePath { get; set; }

    /// <summary>A draft with fewer words gets a finding. Default: 400.</summary>
    [Range(0, 100_000, ErrorMessage = "Postmortem:MinWords must be from 0 to 100000, for example 400.")]
    public int MinWords { get; set; } = 400;

    /// <summary>The timeline is shortened so that the draft has at most this many words. Default: 600.</summary>
    [Range(1, 100_000, ErrorMessage = "Postmortem:MaxWords must be from 1 to 100000, for example 600.")]
    public int MaxWords { get; set; } = 600;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MinWords >= MaxWords)
            yield return new ValidationResult(
                $"Postmortem:MinWords ({MinWords}) must be less than Postmortem:MaxWords ({MaxWords}).",
                [nameof(MinWords), nameof(MaxWords)]);
    }
}
