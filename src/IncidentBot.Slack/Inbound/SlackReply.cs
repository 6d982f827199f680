namespace IncidentBot.Slack.Inbound;

/// <summary>What goes back for a request.</summary>
/// <param name="Body">Becomes JSON; null for an empty answer.</param>
/// <param name="After">What is done once Slack has its answer; it handles its own faults.</param>
/// <param name="IsRefused">Nothing was recorded; Slack is to deliver it again.</param>
public sealed record SlackReply(object? Body = null, Func<CancellationToken, Task>? After = null, bool IsRefused = false)
{
    public static SlackReply Empty { get; } = new();

    public static SlackReply TryAgain { get; } = new(IsRefused: true);
}
