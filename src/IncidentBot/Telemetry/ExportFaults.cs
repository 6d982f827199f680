using System.Diagnostics.Tracing;

namespace IncidentBot.Telemetry;

/// <summary>
/// Tells the log what the exporter tells only its event source: that the collector takes nothing. The name of the fault has to do; its text
/// may hold the address with a password, or what the collector answered.
/// </summary>
internal sealed partial class ExportFaults(string collector, TimeProvider timeProvider, ILogger logger) : EventListener
{
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(10);

    private long _toldAt;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "OpenTelemetry-Exporter-OpenTelemetryProtocol")
            EnableEvents(eventSource, EventLevel.Warning);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var now = timeProvider.GetUtcNow().UtcTicks;
        var toldAt = Interlocked.Read(ref _toldAt);
        if (now - toldAt >= Reminder.Ticks && Interlocked.CompareExchange(ref _toldAt, now, toldAt) == toldAt)
            Log.Failed(logger, collector, eventData.EventName);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Metrics and traces do not arrive at {Collector} ({Fault}). See whether a collector listens at OTEL_EXPORTER_OTLP_ENDPOINT, speaks OTEL_EXPORTER_OTLP_PROTOCOL and accepts OTEL_EXPORTER_OTLP_HEADERS.")]
        public static partial void Failed(ILogger logger, string collector, string? fault);
    }
}
