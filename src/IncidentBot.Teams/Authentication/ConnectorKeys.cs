using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentBot.Teams.Connector;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace IncidentBot.Teams.Authentication;

/// <summary>
/// The keys by which the Bot Framework signs its requests, from <see cref="TeamsOptions.OpenIdMetadataUrl"/>. They change without
/// notice. https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
/// </summary>
public sealed partial class ConnectorKeys(IHttpClientFactory http, IOptions<TeamsOptions> options, TimeProvider timeProvider, ILogger<ConnectorKeys> logger)
{
    private const string Asked = "OpenID metadata";

    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);

    /// <summary>Anybody can send a token that names an unknown key, so that they may not make the bot fetch more often than this.</summary>
    private static readonly TimeSpan PauseAfterUnknownKey = TimeSpan.FromMinutes(5);

    /// <summary>Short while nothing can be verified at all: what Teams sends meanwhile is lost.</summary>
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PauseOfLog = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private volatile Fetched? _keys;
    private Task<Fetched>? _fetching;
    private DateTimeOffset _notBefore;
    private DateTimeOffset _notBeforeForUnknownKey;
    private DateTimeOffset _noLogBefore;

    /// <summary>The key of an id (<c>kid</c>); null where Microsoft publishes none, as far as is known.</summary>
    /// <exception cref="ConnectorException">There are no keys at all. While old ones are there, they are used.</exception>
    public async Task<JsonWebKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var keys = _keys;
        if (keys is null || timeProvider.GetUtcNow() - keys.At >= MaxAge)
            keys = await FetchAsync(isForUnknownKey: false).WaitAsync(cancellationToken);
        if (!keys.ById.ContainsKey(keyId))
            keys = await FetchAsync(isForUnknownKey: true).WaitAsync(cancellationToken);
        return keys.ById.GetValueOrDefault(keyId);
    }

    /// <summary>How many keys are published now.</summary>
    /// <exception cref="ConnectorException">They cannot be read.</exception>
    public async Task<int> CountAsync(CancellationToken cancellationToken) => (await FetchAsync(isForUnknownKey: false).WaitAsync(cancellationToken)).ById.Count;

    /// <summary>Joins a fetch that is under way; begins one if it is due; otherwise there is what there was before.</summary>
    private Task<Fetched> FetchAsync(bool isForUnknownKey)
    {
        lock (_lock)
        {
            if (_fetching is { IsCompleted: false })
                return _fetching;
            var now = timeProvider.GetUtcNow();
            if (now < (isForUnknownKey ? _notBeforeForUnknownKey : _notBefore))
                return _keys is { } known ? Task.FromResult(known) : _fetching!;
            if (isForUnknownKey)
                _notBeforeForUnknownKey = now + PauseAfterUnknownKey;
            return _fetching = FetchNowAsync();
        }
    }

    private async Task<Fetched> FetchNowAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(FetchTimeout, timeProvider);
            using var client = http.CreateClient(ConnectorHttp.Name);
            var metadata = await client.GetFromJsonAsync<Metadata>(options.Value.OpenIdMetadataUrl, patience.Token);
            if (!Uri.TryCreate(metadata?.JwksUri, UriKind.Absolute, out var address) || (address.Scheme != "https" && !address.IsLoopback))
                throw new JsonException("The metadata has no jwks_uri that could be trusted.");
            var published = new JsonWebKeySet(await client.GetStringAsync(address, patience.Token)).Keys
                .Where(k => k.Kty == JsonWebAlgorithmsKeyTypes.RSA && !string.IsNullOrEmpty(k.KeyId))
                .DistinctBy(k => k.KeyId)
                .ToDictionary(k => k.KeyId);
            if (published.Count == 0)
                throw new JsonException("No keys are published.");
            return _keys = new Fetched(published, timeProvider.GetUtcNow());
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException or JsonException or NotSupportedException or ArgumentException)
        {
            return AfterFault(fault);
        }
    }

    private Fetched AfterFault(Exception fault)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
            _notBefore = now + (_keys is null ? PauseAfterFault : PauseAfterUnknownKey);
        if (now >= _noLogBefore)
        {
            _noLogBefore = now + PauseOfLog;
            if (_keys is null)
                Log.NoKeys(logger, options.Value.OpenIdMetadataUrl, fault);
            else
                Log.OldKeys(logger, options.Value.OpenIdMetadataUrl, fault);
        }
        return _keys ?? throw new ConnectorException(
            Asked,
            (fault as HttpRequestException)?.StatusCode,
            fault is JsonException or NotSupportedException or ArgumentException ? ConnectorException.UnreadableAnswer : ConnectorException.NoAnswer,
            "Check Teams:OpenIdMetadataUrl and this machine's way to it.",
            fault);
    }

    private sealed record Fetched(IReadOnlyDictionary<string, JsonWebKey> ById, DateTimeOffset At);

    private sealed record Metadata([property: JsonPropertyName("jwks_uri")] string? JwksUri);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Nothing of Teams can be verified: the keys could not be fetched by {Url}. Check Teams:OpenIdMetadataUrl and this machine's way to it")]
        public static partial void NoKeys(ILogger logger, string url, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "The keys of Teams could not be fetched anew by {Url}; the old ones are used")]
        public static partial void OldKeys(ILogger logger, string url, Exception exception);
    }
}
