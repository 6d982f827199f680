using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace IncidentBot.Slack.Api;

/// <summary>Calls Slack's Web API. One try a call: who repeats it, and when, is decided by whoever called.</summary>
public sealed class SlackApiClient : ISlackApiClient
{
    /// <summary>What a 429 without Retry-After is taken for.</summary>
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(10);

    /// <summary>Until the last byte of the answer. Above the three seconds that a person waits: who needs it sooner asks with a shorter patience.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly SlackOptions _options;
    private readonly SlackRateLimits _limits;
    private readonly TimeProvider _timeProvider;

    /// <param name="http">Its base address is <see cref="SlackOptions.ApiBaseUrl"/>.</param>
    public SlackApiClient(HttpClient http, IOptions<SlackOptions> options, SlackRateLimits limits, TimeProvider timeProvider)
    {
        _http = http;
        _timeProvider = timeProvider;
        _options = options.Value;
        _limits = limits;
        Auth = new AuthApi(this);
        AppsConnections = new AppsConnectionsApi(this);
        Bookmarks = new BookmarksApi(this);
        Chat = new ChatApi(this);
        Conversations = new ConversationsApi(this);
        Files = new FilesApi(this);
        Pins = new PinsApi(this);
        Reactions = new ReactionsApi(this);
        UserGroups = new UserGroupsApi(this);
        Users = new UsersApi(this);
        Views = new ViewsApi(this);
    }

    public AuthApi Auth { get; }

    public AppsConnectionsApi AppsConnections { get; }

    public BookmarksApi Bookmarks { get; }

    public ChatApi Chat { get; }

    public ConversationsApi Conversations { get; }

    public FilesApi Files { get; }

    public PinsApi Pins { get; }

    public ReactionsApi Reactions { get; }

    public UserGroupsApi UserGroups { get; }

    public UsersApi Users { get; }

    public ViewsApi Views { get; }

    /// <summary>Calls a method that takes JSON: nearly all that write.</summary>
    /// <param name="channel">Where the limit of the method counts each channel for itself.</param>
    internal Task<T> PostAsync<T>(
        string method, object arguments, CancellationToken cancellationToken, string? channel = null, Action<HttpResponseHeaders>? readHeaders = null) =>
        CallAsync<T>(
            method, JsonContent.Create(arguments, arguments.GetType(), options: SlackJson.Options), _options.BotToken, channel, cancellationToken, readHeaders);

    /// <summary>Calls a method that takes a form only: those that read. https://api.slack.com/web#methods_supporting_json</summary>
    internal Task<T> PostFormAsync<T>(string method, IEnumerable<(string Name, object? Value)> arguments, CancellationToken cancellationToken)
    {
        var form = arguments
            .Where(a => a.Value is not null)
            .Select(a => KeyValuePair.Create(a.Name, a.Value is bool flag ? (flag ? "true" : "false") : Convert.ToString(a.Value, CultureInfo.InvariantCulture)!));
        return CallAsync<T>(method, new FormUrlEncodedContent(form), _options.BotToken, null, cancellationToken);
    }

    /// <summary>Calls a method of the app itself, with its app-level token.</summary>
    internal Task<T> PostAsAppAsync<T>(string method, CancellationToken cancellationToken) =>
        CallAsync<T>(method, new FormUrlEncodedContent([]), _options.AppToken, null, cancellationToken);

    /// <summary>Posts to an address that Slack itself handed out (<c>response_url</c>, an upload); it needs no token.</summary>
    internal async Task PostToAsync(string method, string url, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        // Each address has a limit of its own.
        using var response = await SendAsync(method, request, url, cancellationToken);
    }

    private async Task<T> CallAsync<T>(
        string method, HttpContent content, string token, string? channel, CancellationToken cancellationToken, Action<HttpResponseHeaders>? readHeaders = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, method) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await SendAsync(method, request, channel, cancellationToken);
        readHeaders?.Invoke(response.Headers);
        try
        {
            var json = await response.Content.ReadFromJsonAsync<JsonElement>(SlackJson.Options, cancellationToken);
            if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True)
                return json.Deserialize<T>(SlackJson.Options)!;
            throw Refused(method, json, channel);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new SlackException(method, SlackException.UnreadableAnswer, fault);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string method, HttpRequestMessage request, string? channel, CancellationToken cancellationToken)
    {
        _limits.ThrowIfPaused(method, channel);
        HttpResponseMessage response;
        try
        {
            using var patience = new CancellationTokenSource(CallTimeout, _timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            // With the body: an answer that begins and never ends counts as none.
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new SlackException(method, SlackException.NoAnswer, fault) { Host = (request.RequestUri is { IsAbsoluteUri: true } url ? url : _http.BaseAddress)?.Host };
        }
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
        {
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
                throw new SlackException(method, "http_" + ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
            var pause = response.Headers.RetryAfter?.Delta;
            _limits.Pause(method, channel, pause ?? UsualPause);
            throw new SlackRateLimitException(method, pause);
        }
    }

    private SlackException Refused(string method, JsonElement json, string? channel)
    {
        var answer = json.ValueKind == JsonValueKind.Object ? json.Deserialize<Refusal>(SlackJson.Options)! : new Refusal();
        if (answer.Error is "ratelimited" or "rate_limited")
        {
            _limits.Pause(method, channel, UsualPause);
            return new SlackRateLimitException(method, UsualPause);
        }
        return new SlackException(method, answer.Error ?? SlackException.UnreadableAnswer)
        {
            Needed = answer.Needed,
            Messages = answer.ResponseMetadata?.Messages ?? [],
        };
    }

    private sealed record Refusal(string? Error = null, string? Needed = null, ResponseMetadata? ResponseMetadata = null);
}

/// <param name="NextCursor">Where the next page begins; null or empty at the end. https://api.slack.com/apis/pagination</param>
/// <param name="Messages">Faults of the request's fields.</param>
public sealed record ResponseMetadata(string? NextCursor = null, IReadOnlyList<string>? Messages = null);
