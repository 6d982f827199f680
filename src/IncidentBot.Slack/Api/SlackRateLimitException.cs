namespace IncidentBot.Slack.Api;

/// <summary>Too many calls of one method (HTTP 429), or a call while Slack's pause lasts. https://api.slack.com/apis/rate-limits</summary>
public sealed class SlackRateLimitException(string method, TimeSpan? retryAfter) : SlackException(method, "ratelimited")
{
    /// <summary>How long Slack asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
