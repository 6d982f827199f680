namespace IncidentBot.Slack.SocketMode;

/// <summary>How the connections to Slack are, for the readiness probe.</summary>
public sealed class SocketModeState
{
    private int _open;
    private int _held;
    private string? _givenUp;
    private string? _fault;

    /// <summary>WebSockets over which Slack said hello and that are alive.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>WebSockets that Slack may count as ours: the open ones, and those that are being opened.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Why the bot does not try any more, null while it does.</summary>
    public string? GivenUp => Volatile.Read(ref _givenUp);

    /// <summary>What the last try failed of, null since a WebSocket was open.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    /// <returns>Whether this was the first reason; each slot comes to the same one.</returns>
    internal bool GiveUp(string reason) => Interlocked.CompareExchange(ref _givenUp, reason, null) is null;

    /// <returns>Whether it is another fault than the last one that was told since a WebSocket was open.</returns>
    internal bool IsNews(string fault) => Interlocked.Exchange(ref _fault, fault) != fault;

    internal void Begun() => Interlocked.Increment(ref _held);

    internal void Over() => Interlocked.Decrement(ref _held);

    internal void Opened()
    {
        Interlocked.Increment(ref _open);
        Volatile.Write(ref _fault, null);
    }

    internal void Closed() => Interlocked.Decrement(ref _open);
}
