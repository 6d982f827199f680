namespace IncidentBot.Slack.Inbound;

/// <summary>Why nothing was recorded and Slack is to deliver the request again.</summary>
public enum RetryReason
{
    /// <summary>The bot's own store or a fault of the program.</summary>
    BotFailed,

    /// <summary>Slack itself did not give what the request is about.</summary>
    SlackFailed,
}

/// <summary>What goes back for a request.</summary>
/// <param name="Body">Becomes JSON; null for an empty answer.</param>
/// <param name="After">What is done once Slack has its answer; it handles its own faults.</param>
/// <param name="RetryBecause">Set where nothing was recorded; Slack is to deliver it again.</param>
public sealed record SlackReply(object? Body = null, Func<CancellationToken, Task>? After = null, RetryReason? RetryBecause = null)
{
    public static SlackReply Empty { get; } = new();

    public bool IsRefused => RetryBecause is not null;
}
