using System.ComponentModel.DataAnnotations;
using IncidentBot.Incidents.Postmortems;
using Microsoft.Extensions.Options;

namespace IncidentBot.Cli;

/// <summary>The section <c>Postmortem</c> as a bot that is started here would read it: appsettings.json, then the environment.</summary>
internal static class PostmortemSettings
{
    /// <exception cref="OptionsValidationException">A value cannot be used; the message names the key, the fault and the fix.</exception>
    public static PostmortemOptions Read()
    {
        var options = new ConfigurationBuilder()
            .SetBasePath(Directory.GetCurrentDirectory())
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .Build()
            .GetSection("Postmortem").Get<PostmortemOptions>() ?? new PostmortemOptions();
        var faults = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true)
            ? options
            : throw new OptionsValidationException("Postmortem", typeof(PostmortemOptions), faults.Select(f => f.ErrorMessage!));
    }
}
