using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IncidentBot.Incidents.Configuration;

public static class SettingsRegistration
{
    /// <summary>Options that are read from a section, and keep the bot from starting with all that is wrong there.</summary>
    public static IServiceCollection AddSettings<TOptions>(this IServiceCollection services, string name)
        where TOptions : class
    {
        var section = new SettingsSection(name, typeof(TOptions));
        services.AddSingleton(section);
        services.AddSingleton<IValidateOptions<TOptions>>(provider => new Validation<TOptions>(section, provider.GetRequiredService<IConfiguration>()));
        services.AddOptions<TOptions>().Configure<IConfiguration>(section.ReadInto).ValidateOnStart();
        return services;
    }

    /// <summary>A sentence about each key of the sections that is no setting.</summary>
    public static IEnumerable<string> DescribeUnknownSettings(this IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        return services.GetServices<SettingsSection>().SelectMany(s => s.DescribeUnknownKeys(configuration));
    }

    private sealed class Validation<TOptions>(SettingsSection section, IConfiguration configuration) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options) =>
            section.FindFaults(options, configuration) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
