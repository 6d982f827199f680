using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using IncidentBot.Tests.Web;

namespace IncidentBot.Tests.Telemetry;

public sealed class TelemetryExportTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("incidentbot-telemetry-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_collector_gets_metrics_and_traces_at_the_latest_when_the_bot_stops_and_never_the_key_of_a_page()
    {
        await using var collector = await FakeCollector.StartAsync();
        string pageKey;
        await using (var bot = await RunningBot.StartAsync(
            _directory.FullName, "--OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url, "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "--OTEL_EXPORTER_OTLP_HEADERS", "x-api-key=k1"))
        {
            await bot.TypeAsync("/incident start sev2 hunter2");
            pageKey = (await bot.ReadAsync()).Incident.PageKey;
            Assert.Equal(HttpStatusCode.OK, (await bot.Http.GetAsync(new Uri($"/incidents/1/{pageKey}", UriKind.Relative))).StatusCode);
        }

        Assert.All(collector.Requests, r => Assert.Equal("k1", r.Header));
        var metrics = collector.AllOf("/v1/metrics");
        Assert.Contains("incidentbot.commands.handled", metrics, StringComparison.Ordinal);
        Assert.Contains("incidentbot.commands.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("dotnet.gc.collections", metrics, StringComparison.Ordinal);
        var traces = collector.AllOf("/v1/traces");
        Assert.Contains("command StartIncident", traces, StringComparison.Ordinal);
        foreach (var body in new[] { metrics, traces })
        {
            Assert.Contains("incidentbot", body, StringComparison.Ordinal);
            Assert.DoesNotContain(pageKey, body, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_service_has_the_name_that_is_configured_and_incidentbot_else()
    {
        await using var collector = await FakeCollector.StartAsync();
        string[] settings = ["--OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url, "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"];
        await using (await RunningBot.StartAsync(_directory.FullName, settings))
        {
        }
        // The key, then field and length of the value twice: of the value as such and as a text. https://protobuf.dev/programming-guides/encoding/
        Assert.Contains("service.name\u0012\r\n\vincidentbot", collector.AllOf("/v1/metrics"), StringComparison.Ordinal);

        await using (await RunningBot.StartAsync(_directory.FullName, [.. settings, "--OTEL_SERVICE_NAME", "outage-bot-2"]))
        {
        }
        Assert.Contains("outage-bot-2", collector.AllOf("/v1/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_does_not_answer_holds_up_the_stop_by_a_few_seconds_at_most_and_the_log_says_so()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var bot = await RunningBot.StartAsync(
            _directory.FullName, "--OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{silent.LocalEndpoint}", "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        await bot.TypeAsync("/incident start sev2 Checkout is down");

        var stopping = Stopwatch.StartNew();
        await bot.DisposeAsync();

        Assert.InRange(stopping.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
        Assert.Contains(bot.Logged.Lines, l => l.Contains("The collector did not take the last metrics and traces", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collector_that_takes_nothing_is_told_in_the_log_once()
    {
        var bot = await RunningBot.StartAsync(
            _directory.FullName, "--OTEL_EXPORTER_OTLP_ENDPOINT", "http://user:hunter2@127.0.0.1:9", "--OTEL_METRIC_EXPORT_INTERVAL", "200");
        await bot.TypeAsync("/incident start sev2 Checkout is down");
        await Task.Delay(1000);
        await bot.DisposeAsync();

        Assert.Single(bot.Logged.Lines, l => l.Contains("Metrics and traces do not arrive at http://127.0.0.1:9 (", StringComparison.Ordinal));
        Assert.DoesNotContain(bot.Logged.Lines, l => l.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317", "OTEL_EXPORTER_OTLP_ENDPOINT is \"localhost:4317\", which is no web address. Use that of an OpenTelemetry collector, such as http://localhost:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "OTEL_EXPORTER_OTLP_PROTOCOL is \"http/json\". Use grpc or http/protobuf.")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "collector", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is \"collector\", which is no web address")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "hunter2", "OTEL_EXPORTER_OTLP_HEADERS is no list of headers. Use key=value")]
    public async Task A_wrong_value_stops_the_start_with_key_fault_and_fix(string key, string value, string message)
    {
        using var errors = new StringWriter();

        Assert.Equal(1, await BotHost.RunAsync(
            ["--IncidentBot:DataDirectory", _directory.FullName, "--OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318", $"--{key}", value], TextWriter.Null, errors, CancellationToken.None));

        Assert.StartsWith(message, errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_an_endpoint_nothing_is_exported(string? endpoint)
    {
        await using var bot = await RunningBot.StartAsync(_directory.FullName, endpoint is null ? [] : ["--OTEL_EXPORTER_OTLP_ENDPOINT", endpoint]);

        Assert.DoesNotContain(bot.Logged.Lines, l => l.StartsWith("IncidentBot.Telemetry", StringComparison.Ordinal));
    }
}
