using System.Net.Http.Headers;
using System.Text.Json;
using IncidentBot.Teams.Connector;
using IncidentBot.Teams.Schema;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IncidentBot.Teams.Authentication;

/// <summary>
/// Whether a request comes from the Bot Framework and is meant for this bot.
/// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot
/// </summary>
public sealed class ConnectorTokenValidator(ConnectorKeys keys, IOptions<TeamsOptions> options, TimeProvider timeProvider)
{
    private const string Issuer = "https://api.botframework.com";

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Judges what can be judged without the activity.</summary>
    /// <param name="authorization">The header, as it came.</param>
    /// <exception cref="ConnectorException">There are no keys to verify anything with.</exception>
    public async Task<ConnectorToken> ValidateAsync(string? authorization, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(authorization))
            return new ConnectorToken("it has no Authorization header");
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header)
            || !header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || Read(header.Parameter) is not { } token)
        {
            return new ConnectorToken("its Authorization header is no bearer token");
        }
        if (token.Kid is not { Length: > 0 } keyId || await keys.FindAsync(keyId, cancellationToken) is not { } key)
            return new ConnectorToken("its token is signed with a key that the Bot Framework does not publish");
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512],
            ValidIssuer = Issuer,
            // A GUID, which may be configured in capitals.
            AudienceValidator = (audiences, _, _) => audiences.Contains(options.Value.MicrosoftAppId, StringComparer.OrdinalIgnoreCase),
            LifetimeValidator = (from, to, _, _) => IsNow(from, to),
        });
        return result.IsValid ? new ConnectorToken(token, key, options.Value.OnlyTenantId) : new ConnectorToken(Explain(result.Exception));
    }

    private static JsonWebToken? Read(string? token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception fault) when (fault is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    /// <summary>By the bot's clock; the library's own check uses the system's.</summary>
    private bool IsNow(DateTime? from, DateTime? to)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        return to is { } end && now - ClockSkew <= end && (from is null || from <= now + ClockSkew);
    }

    private static string Explain(Exception fault) => fault switch
    {
        SecurityTokenInvalidIssuerException => "its token is not issued by the Bot Framework",
        SecurityTokenInvalidAudienceException => "its token is for another bot; check Teams:MicrosoftAppId",
        SecurityTokenInvalidLifetimeException => "its token has expired or is not valid yet; check this machine's clock",
        // The library does not tell them apart.
        _ => "its token's signature is not valid, or of an algorithm that the Bot Framework does not use",
    };
}

/// <summary>What a token that came with a request says; or why it is refused, in words that hold nothing of it.</summary>
public sealed class ConnectorToken
{
    private const string Channel = "msteams";

    private readonly string? _refusal;
    private readonly string? _serviceUrl;
    private readonly string _tenantId = "";
    private readonly IReadOnlyList<string> _endorsements = [];

    internal ConnectorToken(string refusal) => _refusal = refusal;

    /// <param name="tenantId">The only one that is served; empty: every one is.</param>
    internal ConnectorToken(JsonWebToken token, JsonWebKey key, string tenantId)
    {
        _tenantId = tenantId;
        _serviceUrl = token.TryGetPayloadValue<string>("serviceurl", out var url) ? url : null;
        _endorsements = key.AdditionalData.TryGetValue("endorsements", out var listed) && listed is JsonElement { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)]
            : [];
    }

    /// <summary>Why the request is refused whatever its activity is; null where that depends on the activity.</summary>
    public string? Refusal => _refusal;

    /// <summary>Why the request is refused; null where the activity is what the token was issued for.</summary>
    public string? RefusalOf(Activity activity) =>
        _refusal is not null ? _refusal
        : string.IsNullOrEmpty(_serviceUrl) ? "its token has no serviceurl"
        : !IsSameUrl(_serviceUrl, activity.ServiceUrl) ? "its token is for another serviceUrl"
        : string.IsNullOrEmpty(activity.ChannelId) ? "its activity has no channelId"
        // Of Web Chat and others anybody may write the activities, with any sender.
        : activity.ChannelId != Channel ? "its channelId is not msteams; disable the Azure Bot's other channels"
        : !_endorsements.Contains(activity.ChannelId, StringComparer.Ordinal) ? "its token's key is not endorsed for its channelId"
        : IsOfOther(activity.Conversation?.TenantId) || IsOfOther(activity.ChannelData?.Tenant?.Id) ? "it is of another tenant than Teams:MicrosoftAppTenantId"
        : null;

    private bool IsOfOther(string? tenantId) =>
        _tenantId.Length > 0 && !string.IsNullOrEmpty(tenantId) && !tenantId.Equals(_tenantId, StringComparison.OrdinalIgnoreCase);

    /// <summary>Ignoring case and one slash at the end, as Microsoft's own libraries do. https://github.com/microsoft/teams.net/pull/549</summary>
    private static bool IsSameUrl(string claimed, string? told) => told is not null && WithoutSlash(claimed).Equals(WithoutSlash(told), StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> WithoutSlash(string url) => url.EndsWith('/') ? url.AsSpan(..^1) : url;
}
