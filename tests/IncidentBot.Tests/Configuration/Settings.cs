using System.Text;
using IncidentBot.Incidents;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IncidentBot.Tests.Configuration;

/// <summary>The services of the incidents with a configuration of their own.</summary>
internal static class Settings
{
    public static ServiceProvider Of(params (string Key, string? Value)[] settings) =>
        Of(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build());

    public static ServiceProvider OfJson(string json) =>
        Of(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build());

    public static ServiceProvider Of(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddLogging();
        services.AddIncidents();
        return services.BuildServiceProvider();
    }

    /// <summary>What keeps the bot from starting.</summary>
    public static IReadOnlyList<string> FaultsOf(params (string Key, string? Value)[] settings)
    {
        using var services = Of(settings);
        return [.. Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate()).Failures];
    }
}
