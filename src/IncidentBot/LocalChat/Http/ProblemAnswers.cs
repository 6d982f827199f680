using IncidentBot.Incidents.Store;

namespace IncidentBot.LocalChat.Http;

/// <summary>The door of the local chat's HTTP side: what a request got wrong, or what could not be kept, becomes a problem that the page can show.</summary>
public sealed partial class ProblemAnswers(RequestDelegate next, ILogger<ProblemAnswers> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, fault.StatusCode, "That request cannot be used", fault.Message);
        }
        catch (StoreUnavailableException fault) when (!context.Response.HasStarted)
        {
            Log.NotKept(logger, context.TraceIdentifier, fault);
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "Not recorded", fault.Message);
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title).ExecuteAsync(context);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} of the local chat was answered 503: its database failed")]
        public static partial void NotKept(ILogger logger, string requestId, Exception fault);
    }
}
