using System.Text.Json;
using IncidentBot.Incidents.Store;
using IncidentBot.Teams.Authentication;
using IncidentBot.Teams.Connector;
using IncidentBot.Teams.Schema;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IncidentBot.Teams.Inbound;

/// <summary>The messaging endpoint: everything that Teams tells the bot comes here.</summary>
public static partial class TeamsEndpoints
{
    public const string Route = "/api/messages";

    /// <summary>Teams' own limit for a message is 100 KB; what else an activity holds stays far below.</summary>
    private const int MostBytes = 1 << 20;

    /// <param name="onTurnAsync">Does what an authenticated activity asks for; answers an invoke, and null to everything else.</param>
    public static void Map(IEndpointRouteBuilder endpoints, Func<Activity, CancellationToken, Task<InvokeResponse?>> onTurnAsync)
    {
        var validator = endpoints.ServiceProvider.GetRequiredService<ConnectorTokenValidator>();
        var mayBeAnonymous = endpoints.ServiceProvider.GetRequiredService<IOptions<TeamsOptions>>().Value.AllowAnonymousOnLoopback;
        var logger = endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TeamsEndpoints));
        endpoints.MapPost(Route, async (HttpContext context) =>
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                size.MaxRequestBodySize = MostBytes;
            try
            {
                // Before the body is looked at. What the token says of the activity is compared below.
                var isAnonymous = mayBeAnonymous && AnonymousRequests.IsOne(context);
                var token = isAnonymous ? null : await validator.ValidateAsync(context.Request.Headers.Authorization, context.RequestAborted);
                if (token?.Refusal is { } refusal)
                    return Refuse(logger, refusal);
                if (await ReadAsync(context.Request, context.RequestAborted) is not { Type.Length: > 0 } activity)
                    return Results.BadRequest();
                if ((token is null ? AnonymousRequests.RefusalOf(activity) : token.RefusalOf(activity)) is { } mismatch)
                    return Refuse(logger, mismatch);
                return await AnswerAsync(activity, onTurnAsync, logger);
            }
            catch (BadHttpRequestException fault)
            {
                return Results.StatusCode(fault.StatusCode);
            }
            catch (ConnectorException)
            {
                // The keys' own log has it.
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }
        });
    }

    private static IResult Refuse(ILogger logger, string reason)
    {
        Log.Refused(logger, reason);
        return Results.Unauthorized();
    }

    /// <returns>Null for a body that is malformed.</returns>
    private static async Task<Activity?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<Activity>(request.Body, TeamsJson.Options, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<IResult> AnswerAsync(Activity activity, Func<Activity, CancellationToken, Task<InvokeResponse?>> onTurnAsync, ILogger logger)
    {
        try
        {
            // Begun work is finished though Teams may have hung up, or the bot is to stop: nobody asks again.
            var answer = await onTurnAsync(activity, CancellationToken.None);
            return answer is null ? Results.Ok()
                : answer.Body is null ? Results.StatusCode(answer.Status)
                : Results.Json(answer.Body, TeamsJson.Options, statusCode: answer.Status);
        }
        catch (StoreUnavailableException fault)
        {
            Log.NotRecorded(logger, activity.Type, activity.Id, fault);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception fault)
        {
            Log.NotRecorded(logger, activity.Type, activity.Id, fault);
            return Results.StatusCode(StatusCodes.Status500InternalServerError);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A request to /api/messages was refused: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Error, "The {Type} {Id} of Teams was not recorded")]
        public static partial void NotRecorded(ILogger logger, string? type, string? id, Exception exception);
    }
}
