using Microsoft.Extensions.Options;

namespace IncidentBot.Telemetry;

/// <summary>
/// Where telemetry goes, by OpenTelemetry's own keys. The exporter reads them itself, and takes its defaults without a word where it
/// cannot: what stops the start is checked here. https://opentelemetry.io/docs/specs/otel/protocol/exporter/
/// </summary>
internal sealed class OtlpOptions
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    /// <summary>A key is for all that is exported, or only for what counts, or what traces.</summary>
    private static readonly string[] Signals = ["", "METRICS_", "TRACES_"];

    /// <summary>Empty: nothing is exported.</summary>
    public string Endpoint { get; private set; } = "";

    public bool IsConfigured => Endpoint.Length > 0;

    public void ReadFrom(IConfiguration configuration) => Endpoint = configuration[Prefix + "ENDPOINT"] ?? "";

    public sealed class Validation(IConfiguration configuration) : IValidateOptions<OtlpOptions>
    {
        public ValidateOptionsResult Validate(string? name, OtlpOptions options) =>
            options.IsConfigured && FindFaults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;

        private IEnumerable<string> FindFaults() => Signals
            .SelectMany(signal => (string?[])[
                FaultOfEndpoint($"{Prefix}{signal}ENDPOINT"), FaultOfProtocol($"{Prefix}{signal}PROTOCOL"), FaultOfHeaders($"{Prefix}{signal}HEADERS")])
            .OfType<string>();

        private string? FaultOfEndpoint(string key) => configuration[key] is not { Length: > 0 } text || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            ? null
            : $"{key} is \"{text}\", which is no web address. Use that of an OpenTelemetry collector, such as http://localhost:4317, or leave it out.";

        private string? FaultOfProtocol(string key) => configuration[key] is null or "" or "grpc" or "http/protobuf"
            ? null
            : $"{key} is \"{configuration[key]}\". Use grpc or http/protobuf.";

        /// <summary>Never shown: they hold the key to the collector.</summary>
        private string? FaultOfHeaders(string key) => configuration[key] is not { Length: > 0 } text || text.Split(',').All(pair => pair.IndexOf('=', StringComparison.Ordinal) > 0)
            ? null
            : $"{key} is no list of headers. Use key=value, with a comma between several.";
    }
}
