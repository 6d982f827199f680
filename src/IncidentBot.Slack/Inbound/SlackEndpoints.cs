using IncidentBot.Slack.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IncidentBot.Slack.Inbound;

/// <summary>The request URLs. Each takes every kind of request, so that one may serve for all.</summary>
public static partial class SlackEndpoints
{
    private static readonly string[] Routes = ["/slack/events", "/slack/commands", "/slack/interactivity"];

    /// <summary>Slack's largest requests, views with all their values, stay far below.</summary>
    private const int MostBytes = 1 << 20;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var route in Routes)
            endpoints.MapPost(route, ReceiveAsync);
    }

    private static async Task<IResult> ReceiveAsync(
        HttpContext context,
        SlackRequestHandler handler,
        SlackFollowUps followUps,
        SlackRejections rejections,
        IOptions<SlackOptions> options,
        TimeProvider timeProvider,
        ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger(typeof(SlackEndpoints));
        if (await ReadBodyAsync(context.Request, context.RequestAborted) is not { } body)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (SlackRequestReader.IsSslCheck(context.Request.ContentType, body))
            return Results.Ok();
        var headers = context.Request.Headers;
        if (SlackSignature.FindFault(
            options.Value.SigningSecret, headers[SlackSignature.TimestampHeader], headers[SlackSignature.SignatureHeader], body, timeProvider.GetUtcNow()) is { } fault)
        {
            rejections.Add(fault);
            return Results.Unauthorized();
        }
        if (SlackRequestReader.Read(context.Request.ContentType, body) is not { } request)
        {
            Log.Malformed(logger, context.Request.Path, context.Request.ContentType, body.Length);
            return Results.BadRequest();
        }

        // Begun work is finished though Slack may have hung up, or the bot is to stop: nobody types a slash command again. Each of its
        // calls has a patience of its own.
        var reply = await handler.HandleAsync(request, CancellationToken.None);
        if (reply.RetryBecause is { } reason)
            return Results.StatusCode(reason == RetryReason.SlackFailed ? StatusCodes.Status424FailedDependency : StatusCodes.Status503ServiceUnavailable);
        if (reply.After is { } after)
        {
            context.Response.OnCompleted(() =>
            {
                followUps.Add(after);
                return Task.CompletedTask;
            });
        }
        return reply.Body is null ? Results.Ok() : Results.Json(reply.Body, SlackJson.Options);
    }

    /// <returns>Null for a body that is too large.</returns>
    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > MostBytes)
                return null;
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A request to {Route} that Slack signed cannot be read: {ContentType}, {Length} bytes")]
        public static partial void Malformed(ILogger logger, string route, string? contentType, int length);
    }
}
