using System.Net;

namespace IncidentBot.Teams.Connector;

/// <summary>Teams' connector did not do what a call asked. The message holds neither tokens nor texts of people.</summary>
/// <param name="call">Method and address without ids, such as <c>POST v3/conversations</c>.</param>
/// <param name="status">Null where nothing came back.</param>
/// <param name="code">The connector's word (<c>ConversationNotFound</c>), or one of ours.</param>
public sealed class ConnectorException(string call, HttpStatusCode? status, string code, Exception? innerException = null)
    : Exception($"Teams' {call} failed: {code}", innerException)
{
    /// <summary>Nothing came back in time; whether it was done is not known.</summary>
    public const string NoAnswer = "no_answer";

    /// <summary>What came back was cut off or no JSON; whether it was done is not known.</summary>
    public const string UnreadableAnswer = "unreadable_answer";

    public string Call { get; } = call;

    public HttpStatusCode? Status { get; } = status;

    public string Code { get; } = code;

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same call may succeed later. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit</summary>
    public bool IsTransient => Status is null or HttpStatusCode.TooManyRequests or HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;
}
