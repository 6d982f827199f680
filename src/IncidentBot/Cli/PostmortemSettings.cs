using IncidentBot.Incidents.Configuration;
using IncidentBot.Incidents.Postmortems;
using Microsoft.Extensions.Options;

namespace IncidentBot.Cli;

/// <summary>The section <c>Postmortem</c> as a bot that is started here would read it: appsettings.json, then the environment.</summary>
internal static class PostmortemSettings
{
    private const string Section = "Postmortem";

    /// <exception cref="OptionsValidationException">A value cannot be used; the message names the key, the fault and the fix.</exception>
    public static PostmortemOptions Read()
    {
        var configuration = Configuration();
        var options = SettingsSection.Read<PostmortemOptions>(configuration, Section);
        var faults = new SettingsSection(Section, typeof(PostmortemOptions)).FindFaults(options, configuration);
        return faults.Count == 0 ? options : throw new OptionsValidationException(Section, typeof(PostmortemOptions), faults);
    }

    internal static IConfiguration Configuration() => new ConfigurationBuilder()
        .SetBasePath(Directory.GetCurrentDirectory())
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .Build();
}
