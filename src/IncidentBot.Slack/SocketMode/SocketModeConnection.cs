using System.Net.WebSockets;
using System.Text.Json;
using IncidentBot.Slack.Api;
using IncidentBot.Slack.Inbound;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Slack.SocketMode;

/// <summary>One WebSocket, from its hello to its end. Each envelope is answered on the socket it came by, once what it asks is on disk.</summary>
internal sealed partial class SocketModeConnection : IAsyncDisposable
{
    /// <summary>Slack's largest payloads, views with all their values, stay far below.</summary>
    private const int MostBytes = 1 << 20;

    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(3);

    private readonly WebSocket _socket;
    private readonly SlackRequestHandler _handler;
    private readonly SlackFollowUps _followUps;
    private readonly SocketModeState _state;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _impatience = new();
    private readonly Lock _lock = new();
    private readonly List<Task> _underWay = [];
    private readonly TaskCompletionSource<int?> _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _replacementWanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosing;

    private SocketModeConnection(
        WebSocket socket, SlackRequestHandler handler, SlackFollowUps followUps, SocketModeState state, TimeProvider timeProvider, ILogger logger)
    {
        _socket = socket;
        _handler = handler;
        _followUps = followUps;
        _state = state;
        _timeProvider = timeProvider;
        _logger = logger;
        Ended = RunAsync();
    }

    /// <summary>Completes when nothing comes over this socket any more. Never faults.</summary>
    public Task Ended { get; }

    /// <summary>Completes with the reason when Slack is about to close this socket.</summary>
    public Task<string> ReplacementWanted => _replacementWanted.Task;

    /// <exception cref="WebSocketException">The socket cannot be opened, or Slack did not say hello on it.</exception>
    public static async Task<(SocketModeConnection Connection, int? AppConnections)> OpenAsync(
        Uri url, SlackRequestHandler handler, SlackFollowUps followUps, SocketModeState state, TimeProvider timeProvider, ILogger logger, CancellationToken stopping)
    {
        var socket = new ClientWebSocket();
        // A socket that died without a word is noticed within half a minute.
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(10);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(15);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        state.Begun();
        try
        {
            await socket.ConnectAsync(url, either.Token);
        }
        catch (Exception fault)
        {
            state.Over();
            socket.Dispose();
            stopping.ThrowIfCancellationRequested();
            // Its own words could hold the address, which is as good as a token.
            throw new WebSocketException(WebSocketError.NotAWebSocket, $"the WebSocket could not be opened ({(fault.InnerException ?? fault).GetType().Name})", fault);
        }
        var connection = new SocketModeConnection(socket, handler, followUps, state, timeProvider, logger);
        try
        {
            return (connection, await connection._hello.Task.WaitAsync(either.Token));
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException)
        {
            await connection.DisposeAsync();
            stopping.ThrowIfCancellationRequested();
            throw new WebSocketException(WebSocketError.Faulted, "Slack did not say hello");
        }
    }

    /// <summary>Answers what is under way, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
            _isClosing = true;
        var begun = UnderWay();
        Log.Closing(_logger, begun.Length);
        await Task.WhenAny(Task.WhenAll(begun), Task.Delay(MostPatience, _timeProvider));
        await _impatience.CancelAsync();
        await CloseAsync();
        await Task.WhenAny(Ended, Task.Delay(MostPatience, _timeProvider));
        // What waits for a frame still ends with it.
        _socket.Abort();
        await Ended;
        // They use what is disposed next.
        await Task.WhenAll(UnderWay());
        _socket.Dispose();
        _sending.Dispose();
        _impatience.Dispose();
    }

    private Task[] UnderWay()
    {
        lock (_lock)
        {
            _underWay.RemoveAll(t => t.IsCompleted);
            return [.. _underWay];
        }
    }

    private async Task RunAsync()
    {
        // The caller goes on while the first frame is waited for.
        await Task.Yield();
        var isOpen = false;
        try
        {
            while (await ReceiveAsync() is { } bytes)
            {
                if (SocketModeFrame.Read(bytes) is not { } frame)
                {
                    Log.Unreadable(_logger, bytes.Length);
                    continue;
                }
                switch (frame)
                {
                    case { Type: "hello" } when !isOpen:
                        isOpen = true;
                        _state.Opened();
                        _hello.TrySetResult(frame.NumConnections);
                        break;
                    case { Type: "disconnect" }:
                        Log.Disconnecting(_logger, frame.Reason ?? "no reason");
                        _replacementWanted.TrySetResult(frame.Reason ?? "");
                        break;
                    case { EnvelopeId: { } id, Type: { } type }:
                        Begin(id, type, frame);
                        break;
                    default:
                        Log.UnknownFrame(_logger, frame.Type ?? "without a type");
                        break;
                }
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            Log.Lost(_logger, fault.Message);
        }
        catch (Exception fault)
        {
            Log.Failed(_logger, fault);
        }
        finally
        {
            if (isOpen)
                _state.Closed();
            _state.Over();
            _hello.TrySetException(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));
        }
    }

    private void Begin(string envelopeId, string type, SocketModeFrame frame)
    {
        UnderWay();
        lock (_lock)
        {
            if (!_isClosing)
            {
                _underWay.Add(AnswerAsync(envelopeId, type, frame));
                return;
            }
        }
        // It would be cut off halfway.
        Log.NotAnswered(_logger, "the socket is about to be closed");
    }

    /// <returns>The next text; null when Slack closed the socket. Binary frames and giants are read and dropped.</returns>
    private async Task<byte[]?> ReceiveAsync()
    {
        var buffer = new byte[16 * 1024];
        using var text = new MemoryStream();
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            if (part.MessageType == WebSocketMessageType.Text && text.Length <= MostBytes)
                text.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage)
                continue;
            if (part.MessageType == WebSocketMessageType.Text && text.Length <= MostBytes)
                return text.ToArray();
            text.SetLength(0);
        }
    }

    /// <summary>What was begun is finished though the bot stops meanwhile: nobody delivers a slash command again.</summary>
    private async Task AnswerAsync(string envelopeId, string type, SocketModeFrame frame)
    {
        try
        {
            // The loop must read on while this is worked on.
            await Task.Yield();
            var request = SlackRequestReader.ReadEnvelope(type, frame.Payload);
            if (request is null)
                Log.Malformed(_logger, type);
            var reply = request is null ? SlackReply.Empty : await _handler.HandleAsync(request, _impatience.Token);
            // Without an acknowledgement Slack delivers an event again.
            if (reply.IsRefused)
                return;
            object acknowledgement = reply.Body is not null && frame.AcceptsResponsePayload == true
                ? new { envelope_id = envelopeId, payload = reply.Body }
                : new { envelope_id = envelopeId };
            await SendAsync(JsonSerializer.SerializeToUtf8Bytes(acknowledgement, SlackJson.Options));
            if (reply.After is { } after)
                _followUps.Add(after);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Slack delivers it again over another socket, and gets the first answer.
            Log.NotAnswered(_logger, fault.Message);
        }
        catch (Exception fault)
        {
            Log.Failed(_logger, fault);
        }
    }

    private async Task SendAsync(byte[] text)
    {
        // A WebSocket takes one message at a time.
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task CloseAsync()
    {
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(MostPatience, _timeProvider);
        }
        catch (Exception fault) when (fault is WebSocketException or TimeoutException or IOException or InvalidOperationException)
        {
            // It is gone either way.
            Log.Lost(_logger, fault.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A frame of {Length} bytes from Slack could not be read")]
        public static partial void Unreadable(ILogger logger, int length);

        [LoggerMessage(2, LogLevel.Information, "Slack is about to close a socket ({Reason}); another one is opened first")]
        public static partial void Disconnecting(ILogger logger, string reason);

        [LoggerMessage(3, LogLevel.Debug, "Slack sent a frame {Type}, which the bot does not use")]
        public static partial void UnknownFrame(ILogger logger, string type);

        [LoggerMessage(4, LogLevel.Information, "A socket to Slack ended: {Reason}")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(5, LogLevel.Warning, "An envelope was not acknowledged: {Reason}")]
        public static partial void NotAnswered(ILogger logger, string reason);

        [LoggerMessage(7, LogLevel.Warning, "An envelope {Type} of Slack is malformed; nothing comes of it")]
        public static partial void Malformed(ILogger logger, string type);

        [LoggerMessage(8, LogLevel.Information, "A socket to Slack is closed once {Count} envelopes are answered")]
        public static partial void Closing(ILogger logger, int count);

        [LoggerMessage(6, LogLevel.Error, "An envelope of Slack failed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
