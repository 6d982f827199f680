namespace IncidentBot.Slack.SocketMode;

/// <summary>How the connections to Slack are, for the readiness probe and <c>doctor</c>.</summary>
public sealed class SocketModeState
{
    private int _open;

    /// <summary>WebSockets over which Slack said hello and that are alive.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Why the bot does not try any more, null while it does.</summary>
    public string? GivenUp { get; internal set; }

    internal void Opened() => Interlocked.Increment(ref _open);

    internal void Closed() => Interlocked.Decrement(ref _open);
}
