using System.Globalization;
using System.Net;

namespace IncidentBot.Teams.Connector;

/// <summary>
/// Microsoft's side did not do what was asked: it refused, answered otherwise than documented, or did not answer. The message is fit
/// to be shown; it holds neither secrets nor tokens nor texts of people.
/// </summary>
/// <param name="method">What was asked, such as <c>POST v3/conversations</c> or <c>token endpoint</c>.</param>
/// <param name="status">Null where there was no answer.</param>
/// <param name="code">Microsoft's word (<c>BotNotInConversationRoster</c>, <c>AADSTS7000215</c>), or one of ours: <see cref="NoAnswer"/>, <see cref="UnreadableAnswer"/>, <c>http_503</c>.</param>
/// <param name="fix">A sentence that names what to mend, where that is known.</param>
public sealed class ConnectorException(string method, HttpStatusCode? status, string code, string? fix = null, Exception? innerException = null)
    : Exception(Describe(method, status, code, fix), innerException)
{
    /// <summary>Nothing came back in time; whether it was done is not known.</summary>
    public const string NoAnswer = "no_answer";

    /// <summary>What came back was cut off or not as documented. Where its status says that it was done, the same again would be done twice.</summary>
    public const string UnreadableAnswer = "unreadable_answer";

    public string Method { get; } = method;

    public HttpStatusCode? Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>How long it asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Whether the same may succeed later.
    /// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit: 412, 429, 502 and 504 are to be tried again.
    /// </summary>
    public bool IsTransient => Code == NoAnswer || (Code == UnreadableAnswer && Status is null)
        || Status is HttpStatusCode.RequestTimeout or HttpStatusCode.PreconditionFailed or HttpStatusCode.TooManyRequests
            or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>The code for an answer that says no more than its status.</summary>
    public static string CodeOf(HttpStatusCode status) => "http_" + ((int)status).ToString(CultureInfo.InvariantCulture);

    private static string Describe(string method, HttpStatusCode? status, string code, string? fix)
    {
        var http = status is { } answered && code != CodeOf(answered) ? $" (HTTP {(int)answered})" : "";
        return $"Teams: {method} failed: {code}{http}.{(fix is null ? "" : " " + fix)}";
    }
}
