using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Tests.Slack.SocketMode;

/// <summary>Slack's side of Socket Mode on a real port: apps.connections.open, the WebSockets, and short answers to all other methods.</summary>
internal sealed class FakeSocketMode : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly Channel<FakeSocket> _accepted = Channel.CreateUnbounded<FakeSocket>();
    private readonly ConcurrentDictionary<FakeSocket, bool> _open = [];
    private readonly ConcurrentQueue<string> _calls = [];
    private int _posted;

    private FakeSocketMode(WebApplication app) => _app = app;

    public string ApiBaseUrl => $"{_app.Urls.Single()}/api/";

    /// <summary>What apps.connections.open is refused with; null: it is not.</summary>
    public string? OpenError { get; set; }

    /// <summary>Further sockets of the same app, somewhere else.</summary>
    public int Strangers { get; set; }

    /// <summary>Whether a socket is greeted, and closed at once afterwards.</summary>
    public bool SaysHello { get; set; } = true;

    public bool HangsUpAfterHello { get; set; }

    /// <summary>Whether the other side is as good as gone: it reads nothing, and answers no ping.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>While it is set, a call of users.info waits for it.</summary>
    public Task PeopleAnswer { get; set; } = Task.CompletedTask;

    public IReadOnlyList<FakeSocket> Open => [.. _open.Keys];

    public int CountCalls(string method) => _calls.Count(c => c == method);

    public static async Task<FakeSocketMode> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var slack = new FakeSocketMode(app);
        app.UseWebSockets();
        app.MapPost("/api/{method}", slack.AnswerAsync);
        app.Map("/link", slack.AcceptAsync);
        await app.StartAsync();
        return slack;
    }

    /// <summary>The next socket that the bot opened.</summary>
    public async Task<FakeSocket> NextAsync()
    {
        using var timeout = new CancellationTokenSource(Bound);
        return await _accepted.Reader.ReadAsync(timeout.Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in Open)
            socket.Abort();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> AnswerAsync(string method, HttpRequest request)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync() : FormCollection.Empty;
        _calls.Enqueue(method);
        if (method == "users.info")
            await PeopleAnswer;
        return method switch
        {
            "apps.connections.open" when OpenError is { } error => Results.Json(new { ok = false, error }),
            "apps.connections.open" => Results.Json(new { ok = true, url = $"ws{_app.Urls.Single()["http".Length..]}/link?ticket={Guid.NewGuid():N}" }),
            "auth.test" => Results.Json(new { ok = true, url = "https://acme.slack.com/", team = "Acme", user = "incidentbot", team_id = "T1", user_id = "UBOT" }),
            "users.info" => Results.Json(new { ok = true, user = new { id = form["user"].ToString(), name = "maria", tz = "Europe/Paris" } }),
            "chat.postMessage" => Results.Json(new { ok = true, channel = "C1", ts = $"1700000000.{Interlocked.Increment(ref _posted):D6}" }),
            "conversations.create" => Results.Json(new { ok = true, channel = new { id = $"C{Interlocked.Increment(ref _posted)}" } }),
            "conversations.history" => Results.Json(new { ok = true, messages = new[] { new { ts = "1700000000.000100", user = "U1", text = "errors everywhere" } } }),
            "views.open" => Results.Json(new { ok = true, view = new { id = "V1" } }),
            _ => Results.Json(new { ok = true }),
        };
    }

    private async Task AcceptAsync(HttpContext context)
    {
        using var webSocket = await context.WebSockets.AcceptWebSocketAsync();
        using var socket = new FakeSocket(webSocket, context.Abort);
        _open[socket] = true;
        try
        {
            if (SaysHello)
                await socket.SendAsync(new { type = "hello", num_connections = _open.Count + Strangers, debug_info = new { host = "applink-1" }, connection_info = new { app_id = "A1" } });
            await _accepted.Writer.WriteAsync(socket);
            if (HangsUpAfterHello)
                return;
            if (IsDeaf)
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            await socket.ReadAsync();
        }
        finally
        {
            _open.TryRemove(socket, out _);
        }
    }
}
