using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using IncidentBot.Incidents.Telemetry;
using IncidentBot.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentBot.Tests.Telemetry;

/// <summary>All that one bot counts and traces; others in the same process are not heard.</summary>
internal sealed class Recorded : IDisposable
{
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _spans;
    private readonly ConcurrentQueue<Measured> _measured = [];
    private readonly ConcurrentQueue<Activity> _ended = [];

    private Recorded(TestChat chat)
    {
        var meters = chat.Services.GetRequiredService<IMeterFactory>();
        var source = chat.Services.GetRequiredService<IncidentTelemetry>().Spans;
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _measured.Enqueue(new Measured(instrument.Name, value, Text(tags))));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _measured.Enqueue(new Measured(instrument.Name, value, Text(tags))));
        _meters.Start();
        _spans = new ActivityListener
        {
            ShouldListenTo = s => s == source,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_spans);
    }

    public static Recorded Of(TestChat chat) => new(chat);

    public IReadOnlyList<Activity> Spans => [.. _ended];

    public IReadOnlyList<Measured> All => [.. _measured];

    /// <summary>What an instrument was given so far, with its tags in their order: <c>command=StartIncident outcome=recorded</c>.</summary>
    public IEnumerable<string> Tags(string instrument) => _measured.Where(m => m.Instrument == instrument).Select(m => m.Tags);

    public IEnumerable<double> Values(string instrument) => _measured.Where(m => m.Instrument == instrument).Select(m => m.Value);

    /// <summary>Asks the gauges.</summary>
    public void Observe() => _meters.RecordObservableInstruments();

    public static string Text(IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Key}={t.Value}")));

    public void Dispose()
    {
        _meters.Dispose();
        _spans.Dispose();
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => Text(tags.ToArray().AsEnumerable());

    internal sealed record Measured(string Instrument, double Value, string Tags);
}
