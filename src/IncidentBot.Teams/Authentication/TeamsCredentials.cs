using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using IncidentBot.Teams.Connector;
using Microsoft.Extensions.Options;

namespace IncidentBot.Teams.Authentication;

/// <summary>
/// The token by which the bot proves to the connector that it is itself. Only for a serviceUrl that came with an authenticated activity.
/// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#bot-to-connector
/// </summary>
public sealed class TeamsCredentials(IHttpClientFactory http, IOptions<TeamsOptions> options, TimeProvider timeProvider)
{
    /// <summary>What a <see cref="ConnectorException"/> names as its method when there is no token.</summary>
    internal const string Asked = "token endpoint";

    private const string Resource = "https://api.botframework.com";

    /// <summary>So that a token does not end on its way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly TeamsOptions _options = options.Value;
    private volatile AccessToken? _token;
    private Task<AccessToken>? _asking;
    private volatile bool _isNewNeeded;

    /// <summary>A token that is good for five minutes at least, unless Microsoft gave a shorter one.</summary>
    /// <exception cref="ConnectorException">There is none; its message names what to mend.</exception>
    public async Task<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        Task<AccessToken> asking;
        lock (_lock)
        {
            if (_token is { } token && timeProvider.GetUtcNow() < token.End - Margin)
                return token.Value;
            if (_asking is null or { IsCompleted: true })
                _asking = AskAsync();
            asking = _asking;
        }
        return (await asking.WaitAsync(cancellationToken)).Value;
    }

    /// <summary>Teams refused a token before its end: the next one who asks gets another.</summary>
    public void Drop(string token)
    {
        lock (_lock)
        {
            if (_token?.Value != token)
                return;
            _token = null;
            _isNewNeeded = true;
        }
    }

    /// <summary>Not cancelled by whoever came first: others wait for it, too.</summary>
    private async Task<AccessToken> AskAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(RequestTimeout, timeProvider);
            var token = _options.MicrosoftAppType == MicrosoftAppType.UserAssignedMSI
                ? await ManagedIdentity.AskAsync(http, _options.MicrosoftAppId, Resource, _isNewNeeded, patience.Token)
                : await AskWithSecretAsync(patience.Token);
            _isNewNeeded = false;
            return _token = token;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new ConnectorException(Asked, null, ConnectorException.NoAnswer, innerException: fault);
        }
    }

    private async Task<AccessToken> AskWithSecretAsync(CancellationToken cancellationToken)
    {
        var tenant = _options.MicrosoftAppType == MicrosoftAppType.MultiTenant ? "botframework.com" : _options.MicrosoftAppTenantId;
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("client_id", _options.MicrosoftAppId),
            new("client_secret", _options.MicrosoftAppPassword),
            new("scope", Resource + "/.default"),
        ]);
        using var client = http.CreateClient(ConnectorHttp.Name);
        var url = _options.TokenUrl.Length > 0 ? _options.TokenUrl : $"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token";
        using var response = await client.PostAsync(new Uri(url), form, cancellationToken);
        var answer = await ReadAsync(response, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw Refused(response, answer);
        if (answer is not { Value: { Length: > 0 } token, ExpiresIn: > 0 and var seconds })
            throw new ConnectorException(Asked, response.StatusCode, ConnectorException.UnreadableAnswer, "Check Teams:TokenUrl.");
        return new AccessToken(token, timeProvider.GetUtcNow().AddSeconds(seconds));
    }

    /// <returns>Null for what is not as documented.</returns>
    private static async Task<Answer?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<Answer>(await response.Content.ReadAsStringAsync(cancellationToken), JsonSerializerOptions.Web);
        }
        // A charset that does not exist is an InvalidOperationException. A JsonException is not passed on: it may quote the answer.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private ConnectorException Refused(HttpResponseMessage response, Answer? answer)
    {
        var code = answer?.ErrorCodes is [var number, ..] ? $"AADSTS{number}"
            : answer?.Error is { Length: > 0 and < 50 } word && word.All(c => char.IsAsciiLetterLower(c) || c == '_') ? word
            : ConnectorException.CodeOf(response.StatusCode);
        return new ConnectorException(Asked, response.StatusCode, code, Explain(code, response.StatusCode)) { RetryAfter = ConnectorHttp.PauseOf(response, timeProvider) };
    }

    /// <summary>https://learn.microsoft.com/entra/identity-platform/reference-error-codes</summary>
    private static string? Explain(string code, HttpStatusCode status) => code switch
    {
        "AADSTS7000215" => "Teams:MicrosoftAppPassword is not a secret of this app. Copy the Value of a client secret, not its Secret ID, from the app registration's page \"Certificates & secrets\".",
        "AADSTS7000222" => "Teams:MicrosoftAppPassword has expired. Make a new client secret on the app registration's page \"Certificates & secrets\" and copy its Value.",
        "AADSTS700016" => "Teams:MicrosoftAppId is unknown to the tenant. Compare Teams:MicrosoftAppId, Teams:MicrosoftAppTenantId and Teams:MicrosoftAppType with the Azure Bot's page \"Configuration\".",
        "AADSTS90002" or "AADSTS900021" or "AADSTS900023" => "Teams:MicrosoftAppTenantId is no tenant. Copy the App Tenant ID from the Azure Bot's page \"Configuration\".",
        "AADSTS7000112" => "The app is disabled. An administrator can enable it, in Microsoft Entra under \"Enterprise applications\".",
        "AADSTS7000229" => "The app has no service principal in the tenant. An administrator can consent to it, or compare Teams:MicrosoftAppTenantId and Teams:MicrosoftAppType with the Azure Bot's page \"Configuration\".",
        _ when code.StartsWith("AADSTS", StringComparison.Ordinal) => $"Microsoft explains it at https://login.microsoftonline.com/error?code={code["AADSTS".Length..]}.",
        _ when status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => "Check Teams:TokenUrl.",
        _ => null,
    };

    private sealed record Answer(
        [property: JsonPropertyName("access_token")] string? Value,
        [property: JsonPropertyName("expires_in")] int? ExpiresIn,
        [property: JsonPropertyName("error")] string? Error,
        [property: JsonPropertyName("error_codes")] IReadOnlyList<int>? ErrorCodes);
}

internal sealed record AccessToken(string Value, DateTimeOffset End)
{
    /// <summary>Not the token.</summary>
    public override string ToString() => $"a token until {End:u}";
}
