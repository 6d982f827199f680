using System.ComponentModel.DataAnnotations;

namespace IncidentBot.Incidents;

/// <summary>Section <c>IncidentBot</c>.</summary>
public sealed class IncidentBotOptions : IValidatableObject
{
    /// <summary>How people reach the bot's pages from outside, such as <c>https://incidents.example.com</c>; empty: only locally.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>IANA id. Times without a zone are read in it where the platform does not tell the person's own, and the postmortem shows it.</summary>
    [Required(ErrorMessage = "IncidentBot:TimeZone is empty. Use an IANA name such as Europe/Paris or UTC.")]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Where the embedded database lives; relative to the working directory.</summary>
    [Required(ErrorMessage = "IncidentBot:DataDirectory is empty. Name a folder, for example data.")]
    public string DataDirectory { get; set; } = "data";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return new ValidationResult($"IncidentBot:TimeZone is \"{TimeZone}\", which is no time zone. Use an IANA name such as Europe/Paris or UTC.", [nameof(TimeZone)]);
        if (PublicUrl.Length > 0 && !(Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            yield return new ValidationResult($"IncidentBot:PublicUrl is \"{PublicUrl}\", which is no web address. Use one such as https://incidents.example.com, or leave it empty.");
    }
}
