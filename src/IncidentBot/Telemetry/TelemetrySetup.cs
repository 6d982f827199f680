using Microsoft.Extensions.Options;

namespace IncidentBot.Telemetry;

internal static class TelemetrySetup
{
    /// <summary>Ahead of what it watches: hosted services stop in the reverse order, and the last one flushes.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OtlpOptions>().Configure<IConfiguration>((options, configuration) => options.ReadFrom(configuration)).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<OtlpOptions>, OtlpOptions.Validation>();
        builder.Services.AddHostedService<TelemetryExport>();
    }
}
