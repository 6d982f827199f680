using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace IncidentBot.Tests.Slack.SocketMode;

/// <summary>One WebSocket from Slack's side.</summary>
internal sealed class FakeSocket(WebSocket socket, Action abort) : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    private readonly Channel<JsonElement> _answers = Channel.CreateUnbounded<JsonElement>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();

    /// <summary>Completes when the bot said goodbye, or the socket broke.</summary>
    public Task Closed => _closed.Task;

    public Task SendAsync(object frame) => SendTextAsync(JsonSerializer.Serialize(frame));

    public Task SendTextAsync(string text) => SendBytesAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendBytesAsync(byte[] bytes, WebSocketMessageType type) => socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);

    /// <summary>The bot's next answer on this very socket.</summary>
    public async Task<JsonElement> AnswerAsync()
    {
        using var timeout = new CancellationTokenSource(Bound);
        return await _answers.Reader.ReadAsync(timeout.Token);
    }

    public bool HasAnswer => _answers.Reader.Count > 0;

    public async Task<JsonElement> AskAsync(object envelope)
    {
        await SendAsync(envelope);
        return await AnswerAsync();
    }

    /// <summary>As when a cable is cut: no goodbye.</summary>
    public void Abort()
    {
        try
        {
            abort();
        }
        catch (ObjectDisposedException)
        {
            // The other side was quicker.
        }
    }

    /// <summary>As Slack does after a warning.</summary>
    public Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    public async Task ReadAsync()
    {
        var buffer = new byte[1 << 20];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), _over.Token);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                    break;
                await _answers.Writer.WriteAsync(JsonElement.Parse(buffer.AsSpan(0, length)));
            }
            if (socket.State == WebSocketState.CloseReceived)
                await CloseAsync();
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Broken on purpose.
        }
        finally
        {
            _closed.TrySetResult();
        }
    }

    public void Dispose() => _over.Dispose();
}
