namespace IncidentBot.Tests.Fakes;

public enum SlackFaultKind
{
    /// <summary>HTTP 200 with <c>ok: false</c>.</summary>
    Refused,

    /// <summary>An HTTP status, with Retry-After where it has one.</summary>
    Status,

    /// <summary>No answer until it is released; then as if nothing had been.</summary>
    Hanging,

    /// <summary>The connection breaks before anything was done.</summary>
    Reset,

    /// <summary>It is done, and the connection breaks before the answer.</summary>
    AnswerLost,

    /// <summary>It is done, and half of the answer comes.</summary>
    Truncated,

    /// <summary>It is done, and the answer begins and never ends.</summary>
    Stalled,
}

/// <summary>What goes wrong with one call.</summary>
public sealed record SlackFault(SlackFaultKind Kind, string Code = "", int Status = 0, TimeSpan? RetryAfter = null, string? Needed = null)
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static SlackFault Reset { get; } = new(SlackFaultKind.Reset);

    public static SlackFault AnswerLost { get; } = new(SlackFaultKind.AnswerLost);

    public static SlackFault Truncated { get; } = new(SlackFaultKind.Truncated);

    /// <summary>Completes when a call hangs.</summary>
    public Task Reached => _reached.Task;

    public static SlackFault Refused(string code, string? needed = null) => new(SlackFaultKind.Refused, code, Needed: needed);

    public static SlackFault HttpStatus(int status) => new(SlackFaultKind.Status, Status: status);

    public static SlackFault TooManyRequests(TimeSpan? retryAfter) => new(SlackFaultKind.Status, Status: 429, RetryAfter: retryAfter);

    public static SlackFault Hanging() => new(SlackFaultKind.Hanging);

    public static SlackFault Stalled() => new(SlackFaultKind.Stalled);

    public void Release() => _released.TrySetResult();

    internal async Task HangAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        await _released.Task.WaitAsync(cancellationToken);
    }
}
