using IncidentBot.Incidents.Telemetry;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace IncidentBot.Telemetry;

/// <summary>
/// Sends what the bot counts and traces to an OpenTelemetry collector, if one is configured; else nobody listens. The spans of requests
/// are not exported: the addresses of incidents' pages hold their keys, and those of Slack's answers are secrets, too.
/// </summary>
internal sealed partial class TelemetryExport(
    IOptions<OtlpOptions> options, IConfiguration configuration, TimeProvider timeProvider, ILogger<TelemetryExport> logger) : IHostedService, IAsyncDisposable
{
    /// <summary>How long a collector that does not answer may hold up the stop.</summary>
    private static readonly TimeSpan LongestFlush = TimeSpan.FromSeconds(2);

    private OpenTelemetrySdk? _sdk;
    private ExportFaults? _faults;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.IsConfigured)
        {
            var collector = new Uri(options.Value.Endpoint).GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
            _faults = new ExportFaults(collector, timeProvider, logger);
            _sdk = OpenTelemetrySdk.Create(Configure);
            Log.Started(logger, collector);
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => FlushAsync();

    /// <summary>Where the start failed nobody stops it.</summary>
    public async ValueTask DisposeAsync() => await FlushAsync();

    private void Configure(IOpenTelemetryBuilder builder)
    {
        // In place of one that knows the environment only.
        builder.Services.AddSingleton(configuration);
        builder.ConfigureResource(resource => resource
            .Clear()
            .AddService("incidentbot", serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3))
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector());
        builder.WithMetrics(metrics => metrics.AddMeter(IncidentTelemetry.Name, "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime"));
        builder.WithTracing(tracing => tracing.AddSource(IncidentTelemetry.Name));
        builder.UseOtlpExporter();
    }

    private async Task FlushAsync()
    {
        if (Interlocked.Exchange(ref _sdk, null) is not { } sdk)
            return;
        var limit = (int)LongestFlush.TotalMilliseconds;
        var taken = await Task.WhenAll(Task.Run(() => sdk.MeterProvider.Shutdown(limit)), Task.Run(() => sdk.TracerProvider.Shutdown(limit)));
        if (taken.Contains(false))
            Log.NotTaken(logger);
        sdk.Dispose();
        _faults?.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Metrics and traces go to {Collector}")]
        public static partial void Started(ILogger logger, string collector);

        [LoggerMessage(2, LogLevel.Warning, "The collector did not take the last metrics and traces in time")]
        public static partial void NotTaken(ILogger logger);
    }
}
