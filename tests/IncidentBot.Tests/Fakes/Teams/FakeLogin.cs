using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace IncidentBot.Tests.Fakes.Teams;

/// <summary>Publishes the keys by which Teams' requests are signed, and gives tokens to the bot; on demand, it fails.</summary>
public sealed class FakeLogin : IDisposable
{
    public const string AppId = "3f2f7f4e-5d1c-4a53-9f43-0d0f6a6f5b11";
    public const string TenantId = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    public const string Secret = "very-secret~8Q";

    /// <summary>Made once: that takes long.</summary>
    private static readonly FakeKey FirstKey = NewKey("msteams");

    private readonly TimeProvider _clock;
    private readonly Func<string> _url;
    private readonly ConcurrentQueue<IReadOnlyDictionary<string, string>> _tokenRequests = [];
    private readonly ConcurrentQueue<(int Status, string Body, TimeSpan? RetryAfter)> _tokenFaults = [];
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _metadataRequests;

    /// <param name="url">Where it is served.</param>
    public FakeLogin(TimeProvider clock, Func<string> url)
    {
        _clock = clock;
        _url = url;
        Keys = [FirstKey];
    }

    /// <summary>What is published; the last one signs.</summary>
    public IReadOnlyList<FakeKey> Keys { get; set; }

    public string MetadataUrl => _url() + "/v1/.well-known/openidconfiguration";

    public string TokenUrl => _url() + "/tenant/oauth2/v2.0/token";

    public int MetadataRequests => Volatile.Read(ref _metadataRequests);

    /// <summary>What the metadata is answered with; null as it should be.</summary>
    public (int Status, string Body)? MetadataFault { get; set; }

    /// <summary>Requests for keys and tokens wait until <see cref="Release"/>.</summary>
    public bool IsHanging { get; set; }

    /// <summary>The forms by which tokens were asked for.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> TokenRequests => [.. _tokenRequests];

    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromSeconds(3599);

    public static FakeKey NewKey(params string[]? endorsements) => new(Guid.NewGuid().ToString("N"), RSA.Create(2048), endorsements);

    /// <summary>A token as it should be.</summary>
    public InboundToken NewToken(string serviceUrl) =>
        new(Keys[^1], Keys[^1].Id, AppId, serviceUrl, _clock.GetUtcNow().AddMinutes(-1), _clock.GetUtcNow().AddHours(1));

    /// <summary>The next request for a token is answered like this.</summary>
    public void FailNextToken(int status, string body, TimeSpan? retryAfter = null) => _tokenFaults.Enqueue((status, body, retryAfter));

    /// <summary>Whether a header holds a token that the bot was given.</summary>
    public bool IsToken(string? authorization) =>
        authorization is not null && Enumerable.Range(RevokedTokens + 1, _tokenRequests.Count).Any(n => authorization == $"Bearer bot-token-{n}");

    /// <summary>So many of the first tokens are refused, though their time is not over.</summary>
    public int RevokedTokens { get; set; }

    public void Release() => _released.TrySetResult();

    public void Dispose() => Release();

    public void Map(WebApplication app)
    {
        app.MapGet("/v1/.well-known/openidconfiguration", (RequestDelegate)ServeMetadataAsync);
        app.MapGet("/v1/.well-known/keys", (RequestDelegate)(context =>
            AnswerAsync(context, 200, new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(k => (JsonNode)k.ToJson())]) }.ToJsonString())));
        app.MapPost("/tenant/oauth2/v2.0/token", (RequestDelegate)ServeTokenAsync);
    }

    private async Task ServeMetadataAsync(HttpContext context)
    {
        Interlocked.Increment(ref _metadataRequests);
        await HangAsync(context);
        if (MetadataFault is var (status, body))
            await AnswerAsync(context, status, body);
        else
            await AnswerAsync(context, 200, new JsonObject { ["issuer"] = "https://api.botframework.com", ["jwks_uri"] = _url() + "/v1/.well-known/keys" }.ToJsonString());
    }

    private async Task ServeTokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        _tokenRequests.Enqueue(form.ToDictionary(f => f.Key, f => f.Value.ToString()));
        await HangAsync(context);
        if (!_tokenFaults.TryDequeue(out var fault))
        {
            await AnswerAsync(context, 200, new JsonObject
            {
                ["token_type"] = "Bearer", ["expires_in"] = (int)TokenLifetime.TotalSeconds, ["access_token"] = $"bot-token-{_tokenRequests.Count}",
            }.ToJsonString());
            return;
        }
        if (fault.RetryAfter is { } pause)
            context.Response.Headers.RetryAfter = ((int)pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await AnswerAsync(context, fault.Status, fault.Body);
    }

    private async Task HangAsync(HttpContext context)
    {
        if (IsHanging)
            await _released.Task.WaitAsync(context.RequestAborted);
    }

    private static Task AnswerAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    }
}
