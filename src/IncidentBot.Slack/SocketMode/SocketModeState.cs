namespace IncidentBot.Slack.SocketMode;

/// <summary>How the connections to Slack are, for the readiness probe.</summary>
public sealed class SocketModeState
{
    private int _open;
    private int _held;

    /// <summary>WebSockets over which Slack said hello and that are alive.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>WebSockets that Slack may count as ours: the open ones, and those that are being opened.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Why the bot does not try any more, null while it does.</summary>
    public string? GivenUp { get; internal set; }

    internal void Begun() => Interlocked.Increment(ref _held);

    internal void Over() => Interlocked.Decrement(ref _held);

    internal void Opened() => Interlocked.Increment(ref _open);

    internal void Closed() => Interlocked.Decrement(ref _open);
}
