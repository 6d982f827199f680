using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Store;
using IncidentBot.Slack.Api;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Slack.Inbound;

/// <summary>The one way in for all that Slack sends, by HTTP and by Socket Mode.</summary>
public sealed partial class SlackRequestHandler(
    SlashCommandHandler commands, InteractionHandler interactions, SlackEventHandler events, TimeProvider timeProvider, ILogger<SlackRequestHandler> logger)
{
    /// <summary>Slack waits for three seconds.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(2.5);

    /// <summary>When it returns, what was asked is on disk, or the reply says otherwise.</summary>
    public async Task<SlackReply> HandleAsync(SlackRequest request, CancellationToken cancellationToken)
    {
        try
        {
            switch (request)
            {
                case UrlVerification verification:
                    return new SlackReply(new { challenge = verification.Challenge });
                case SlashCommand command:
                    return await commands.HandleAsync(command, cancellationToken);
                case BlockActionRequest action:
                    return await interactions.HandleAsync(action, cancellationToken);
                case ViewSubmission submission:
                    return await interactions.HandleAsync(submission, cancellationToken);
                case MessageShortcut shortcut:
                    return await interactions.HandleAsync(shortcut, cancellationToken);
                case EventCallback callback:
                    using (var patience = new CancellationTokenSource(MostPatience, timeProvider))
                    using (var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken))
                        return await events.HandleAsync(callback, either.Token);
                case UnknownRequest { Kind: "app_rate_limited" }:
                    Log.EventsWithheld(logger);
                    return SlackReply.Empty;
                case UnknownRequest { Kind: var kind }:
                    Log.UnknownKind(logger, kind);
                    return SlackReply.Empty;
                default:
                    return SlackReply.Empty;
            }
        }
        catch (StoreUnavailableException fault) when (request is SlashCommand command)
        {
            Log.NotRecorded(logger, fault);
            return Tell(command, fault.WithoutPath);
        }
        catch (StoreUnavailableException fault) when (request is ViewSubmission submission)
        {
            Log.NotRecorded(logger, fault);
            // The modal stays open with all that was typed.
            return InteractionHandler.Errors(submission.View.State, new Dictionary<string, string> { [""] = $"Nothing was saved yet. {fault.WithoutPath}" });
        }
        catch (Exception fault) when (fault is SlackException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // An event is delivered again, three times.
            Log.SlackFailed(logger, SlackFaults.Describe(fault));
            return new SlackReply(RetryBecause: RetryReason.SlackFailed);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.NotRecorded(logger, fault);
            return request is SlashCommand command
                ? Tell(command, "an unexpected fault, which is in the bot's log.")
                : new SlackReply(RetryBecause: RetryReason.BotFailed);
        }
    }

    private static SlackReply Tell(SlashCommand command, string why) => new(SlackAnswers.ToResponse(SlackAnswers.Render(new ChatMessage(
        new TextBlock($"Nothing was recorded: {why}"),
        new TextBlock((RichText)"You typed: " + RichText.Code($"{command.Command} {SlackText.Read(command.Text)}"))))[0]) with { ReplaceOriginal = null });

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A request of Slack was not recorded")]
        public static partial void NotRecorded(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Debug, "Slack sent a {Kind}, which the bot does not use")]
        public static partial void UnknownKind(ILogger logger, string kind);

        [LoggerMessage(3, LogLevel.Warning, "Slack withholds events, as there were more than 30,000 within an hour: reactions, edits and deletions of this time may be missing (app_rate_limited)")]
        public static partial void EventsWithheld(ILogger logger);

        [LoggerMessage(4, LogLevel.Warning, "A request of Slack was not recorded: {Reason}")]
        public static partial void SlackFailed(ILogger logger, string reason);
    }
}
