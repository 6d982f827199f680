namespace IncidentBot.Slack.Api;

/// <summary>
/// Slack did not do what a method of the Web API asked: it answered <c>ok: false</c>, answered otherwise than documented, or
/// did not answer. The message holds neither tokens nor texts of people.
/// </summary>
/// <param name="method">The method, such as <c>chat.postMessage</c>.</param>
/// <param name="errorCode">Slack's word (<c>channel_not_found</c>), or one of ours: <see cref="NoAnswer"/>, <see cref="UnreadableAnswer"/>, <c>http_503</c>.</param>
public class SlackException(string method, string errorCode, Exception? innerException = null)
    : Exception($"Slack's {method} failed: {errorCode}", innerException)
{
    /// <summary>Nothing came back in time; whether Slack did it is not known.</summary>
    public const string NoAnswer = "no_answer";

    /// <summary>What came back was cut off or no JSON; whether Slack did it is not known.</summary>
    public const string UnreadableAnswer = "unreadable_answer";

    public string Method { get; } = method;

    public string ErrorCode { get; } = errorCode;

    /// <summary>Who was asked, such as <c>slack.com</c>; null where that does not matter.</summary>
    public string? Host { get; init; }

    /// <summary>With <c>missing_scope</c>: the scopes that the method needs, separated by commas.</summary>
    public string? Needed { get; init; }

    /// <summary>What Slack says about the fields of a request that it did not take.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>Whether the same call may succeed later. https://api.slack.com/web#errors</summary>
    public bool IsTransient => ErrorCode is NoAnswer or UnreadableAnswer or "ratelimited" or "rate_limited" or "message_limit_exceeded"
        or "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" or "team_added_to_org" or "org_login_required"
        || ErrorCode.StartsWith(RefusesByStatus ? "http_5" : "http_", StringComparison.Ordinal);

    /// <summary>The addresses that Slack hands out do. The Web API's own refusals are HTTP 200: any other status of it is of something in between.</summary>
    private bool RefusesByStatus => Method is "response_url" or "files.upload";
}
