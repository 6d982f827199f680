using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Tests.Fakes;

/// <summary>
/// Slack as a far end over real HTTP: its Web API on a workspace in memory, with its limits, its tokens and, on demand, its faults.
/// Every call is kept.
/// </summary>
public sealed class FakeSlack : IAsyncDisposable
{
    public const string BotToken = "xoxb-1-test";
    public const string AppToken = "xapp-1-test";
    public const string SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5";

    private readonly WebApplication _app;
    private readonly TimeProvider _clock;
    private readonly ConcurrentQueue<SlackCall> _calls = [];
    private readonly ConcurrentQueue<string> _refusals = [];
    private readonly List<(string Method, Func<SlackCall, bool> When, SlackFault Fault)> _faults = [];
    private readonly Lock _lock = new();
    private int _inFlight;

    private FakeSlack(TimeProvider clock, Action<WebApplication>? map)
    {
        _clock = clock;
        Workspace = new SlackWorkspace(clock);
        Methods = new SlackMethods(Workspace, () => Url).ByName;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.UseWebSockets();
        map?.Invoke(_app);
        _app.MapPost("/api/{method}", (RequestDelegate)ServeApiAsync);
        _app.MapPost("/upload/{id}", (RequestDelegate)ServeUploadAsync);
        _app.MapPost("/response/{id}", (RequestDelegate)ServeResponseAsync);
    }

    public SlackWorkspace Workspace { get; }

    /// <summary>What each method does with its arguments; a test may add or replace some. The answer needs no <c>ok</c>.</summary>
    public Dictionary<string, Func<JsonObject, JsonObject>> Methods { get; }

    public string Url => _app.Urls.Single();

    public string ApiBaseUrl => Url + "/api/";

    public IReadOnlyList<SlackCall> Calls => [.. _calls];

    /// <summary>What Slack itself refused, as by its limits; not the faults that a test asked for.</summary>
    public IReadOnlyList<string> Refusals => [.. _refusals];

    /// <summary>How many calls wait for their answer now.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <param name="map">Adds routes, such as a WebSocket.</param>
    public static async Task<FakeSlack> StartAsync(TimeProvider clock, Action<WebApplication>? map = null)
    {
        var slack = new FakeSlack(clock, map);
        await slack._app.StartAsync();
        return slack;
    }

    public IReadOnlyList<SlackCall> CallsOf(string method) => [.. _calls.Where(c => c.Method == method)];

    /// <summary>The next call of a method fails; the fault that was asked for first comes first.</summary>
    public SlackFault FailNext(string method, SlackFault fault, Func<SlackCall, bool>? when = null)
    {
        lock (_lock)
            _faults.Add((method, when ?? (_ => true), fault));
        return fault;
    }

    /// <summary>Every call of a method fails.</summary>
    public void FailAlways(string method, SlackFault fault)
    {
        for (var i = 0; i < 1000; i++)
            FailNext(method, fault);
    }

    public void Recover()
    {
        lock (_lock)
            _faults.Clear();
    }

    /// <summary>A <c>response_url</c>, for five posts.</summary>
    public string NewResponseUrl()
    {
        var id = Workspace.NextId("R");
        Workspace.Responses[id] = [];
        return $"{Url}/response/{id}";
    }

    public IReadOnlyList<JsonObject> ResponsesTo(string responseUrl) => Workspace.Responses[responseUrl.Split('/')[^1]];

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
            _faults.ForEach(f => f.Fault.Release());
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    private async Task ServeApiAsync(HttpContext context)
    {
        var method = (string)context.Request.RouteValues["method"]!;
        var body = await ReadAsync(context.Request);
        var isJson = context.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true;
        var arguments = isJson ? JsonNode.Parse(body)!.AsObject() : ReadForm(body);
        var call = new SlackCall(method, arguments, _clock.GetUtcNow());
        // A form's fields are all text, which says nothing about their types.
        if (isJson)
            SlackPayloads.Keep(method, arguments);
        await ServeAsync(context, call, () =>
        {
            var token = method.StartsWith("apps.", StringComparison.Ordinal) ? AppToken : BotToken;
            if (context.Request.Headers.Authorization.ToString() != "Bearer " + token)
                return new JsonObject { ["ok"] = false, ["error"] = "invalid_auth" };
            // https://api.slack.com/web#methods_supporting_json
            if (isJson && SlackMethods.TakesFormOnly(method))
                return new JsonObject { ["ok"] = false, ["error"] = "invalid_arguments" };
            return Methods.TryGetValue(method, out var answer) ? Run(method, answer, arguments) : new JsonObject { ["ok"] = false, ["error"] = "unknown_method" };
        });
    }

    private async Task ServeUploadAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var content = await ReadAsync(context.Request);
        await ServeAsync(context, new SlackCall("files.upload", new JsonObject { ["id"] = id, ["content"] = content }, _clock.GetUtcNow()), () =>
        {
            Workspace.Uploads[id] = (Workspace.Uploads[id].Name, content);
            return [];
        });
    }

    private async Task ServeResponseAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var content = JsonNode.Parse(await ReadAsync(context.Request))!.AsObject();
        SlackPayloads.Keep("response_url", content);
        await ServeAsync(context, new SlackCall("response_url", content, _clock.GetUtcNow()), () =>
        {
            var posts = Workspace.Responses[id];
            if (posts.Count == 5)
                return new JsonObject { ["ok"] = false, ["error"] = "used_url" };
            if (SlackLimits.OfBlocks(content["blocks"], 50) is { Count: > 0 } faults)
                _refusals.Enqueue($"response_url: {string.Join("; ", faults)}");
            if (SlackLimits.OfBlocks(content["blocks"], 50).Count > 0)
                return new JsonObject { ["ok"] = false, ["error"] = "invalid_blocks" };
            posts.Add(content);
            return [];
        });
    }

    private async Task ServeAsync(HttpContext context, SlackCall call, Func<JsonObject> answer)
    {
        Interlocked.Increment(ref _inFlight);
        try
        {
            _calls.Enqueue(call);
            var fault = TakeFault(call);
            switch (fault?.Kind)
            {
                case SlackFaultKind.Hanging:
                    await fault.HangAsync(context.RequestAborted);
                    break;
                case SlackFaultKind.Reset:
                    context.Abort();
                    return;
                case SlackFaultKind.Status:
                    context.Response.StatusCode = fault.Status;
                    if (fault.RetryAfter is { } pause)
                        context.Response.Headers.RetryAfter = ((int)pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                    return;
            }
            JsonObject result;
            if (fault?.Kind == SlackFaultKind.Refused)
            {
                result = new JsonObject { ["ok"] = false, ["error"] = fault.Code, ["needed"] = fault.Needed, ["provided"] = "chat:write" };
            }
            else
            {
                lock (_lock)
                    result = answer();
                result.TryAdd("ok", true);
            }
            await AnswerAsync(context, result.ToJsonString(), fault);
        }
        catch (OperationCanceledException)
        {
            // The caller hung up.
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private static async Task AnswerAsync(HttpContext context, string json, SlackFault? fault)
    {
        if (fault?.Kind == SlackFaultKind.AnswerLost)
        {
            context.Abort();
            return;
        }
        context.Response.ContentType = "application/json; charset=utf-8";
        if (fault?.Kind is SlackFaultKind.Truncated or SlackFaultKind.Stalled)
            json = json[..(json.Length / 2)];
        await context.Response.WriteAsync(json, context.RequestAborted);
        if (fault?.Kind == SlackFaultKind.Stalled)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await fault.HangAsync(context.RequestAborted);
        }
    }

    private SlackFault? TakeFault(SlackCall call)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(f => f.Method == call.Method && f.When(call));
            if (index < 0)
                return null;
            var fault = _faults[index].Fault;
            _faults.RemoveAt(index);
            return fault;
        }
    }

    private JsonObject Run(string method, Func<JsonObject, JsonObject> answer, JsonObject arguments)
    {
        try
        {
            return answer(arguments);
        }
        catch (SlackRefusedException refusal)
        {
            _refusals.Enqueue($"{method}: {refusal.Code} {string.Join("; ", refusal.Messages)}");
            var result = new JsonObject { ["ok"] = false, ["error"] = refusal.Code };
            if (refusal.Messages.Count > 0)
                result["response_metadata"] = new JsonObject { ["messages"] = new JsonArray([.. refusal.Messages.Select(m => (JsonNode)m)]) };
            return result;
        }
    }

    private static async Task<string> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private static JsonObject ReadForm(string body)
    {
        var arguments = new JsonObject();
        foreach (var field in body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('=', 2)))
            arguments[WebUtility.UrlDecode(field[0])] = WebUtility.UrlDecode(field.ElementAtOrDefault(1) ?? "");
        return arguments;
    }
}

/// <summary>Slack's <c>ok: false</c>.</summary>
public sealed class SlackRefusedException(string code, IReadOnlyList<string>? messages = null) : Exception
{
    public string Code => code;

    public IReadOnlyList<string> Messages => messages ?? [];
}
