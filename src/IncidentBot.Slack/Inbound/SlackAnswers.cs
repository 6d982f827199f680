using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Slack.Api;
using IncidentBot.Slack.Blocks;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Slack.Inbound;

/// <summary>Shows an answer to the person who asked, and opens the forms that belong to it.</summary>
public sealed partial class SlackAnswers(ISlackApiClient slack, TimeProvider timeProvider, ILogger<SlackAnswers> logger)
{
    /// <summary>Of the three seconds that a trigger lives, and a person waits: all that came before counts too.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ShortestPatience = TimeSpan.FromSeconds(0.5);

    /// <summary>How often a <c>response_url</c> may be used; the answer of the request itself is not counted.</summary>
    private const int MostResponses = 5;

    public static SlashCommandResponse ToResponse(RenderedMessage part) => new(part.Text, part.Blocks, ReplaceOriginal: false);

    public static IReadOnlyList<RenderedMessage> Render(ChatMessage message) => MessageBlocks.Render(message, _ => null);

    /// <summary>Opens a form; where that fails, says how it is done by command.</summary>
    /// <param name="receivedAt">When the request came in.</param>
    /// <returns>What is to be shown instead of the form, null when it is open.</returns>
    public Task<ChatMessage?> OpenAsync(
        string triggerId, ChatForm form, Conversation conversation, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var left = MostPatience - (timeProvider.GetUtcNow() - receivedAt);
        return Patience.AskAsync<ChatMessage?>(
            left > ShortestPatience ? left : ShortestPatience,
            timeProvider,
            async soon =>
            {
                await slack.Views.Open(triggerId, FormView.Render(form, new FormContext(form.Reference, conversation.Id)), soon);
                return null;
            },
            fault =>
            {
                Log.NotOpened(logger, form.Reference.FormId, SlackFaults.Describe(fault));
                return FormFallback.For(form, fault);
            },
            cancellationToken);
    }

    /// <summary>Shows a message to one person, through the address that came with the request, else in the channel. Never fails.</summary>
    public async Task ShowAsync(string? responseUrl, Conversation conversation, string userId, IEnumerable<RenderedMessage> parts, CancellationToken cancellationToken)
    {
        try
        {
            var shown = parts.ToList();
            if (shown.Count > MostResponses)
                shown = [.. shown.Take(MostResponses - 1), MessageBlocks.CutOff(shown[MostResponses - 1], "Shortened: Slack shows no more at once.")];
            foreach (var part in shown)
            {
                if (string.IsNullOrEmpty(responseUrl) || !await TryRespondAsync(responseUrl, part, cancellationToken))
                {
                    responseUrl = null;
                    await ShowInAsync(conversation.Id, userId, part, cancellationToken);
                }
            }
        }
        catch (Exception fault) when (fault is SlackException or UriFormatException or NotSupportedException or InvalidOperationException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // What was asked for is done all the same; the room shows it.
            Log.NotShown(logger, SlackFaults.Describe(fault));
        }
    }

    /// <returns>False when Slack refused: the address was used too often, too fast, or too long ago.</returns>
    private async Task<bool> TryRespondAsync(string responseUrl, RenderedMessage part, CancellationToken cancellationToken)
    {
        try
        {
            await slack.Chat.Respond(responseUrl, ToResponse(part), cancellationToken);
            return true;
        }
        catch (SlackException fault) when (fault.ErrorCode != SlackException.NoAnswer)
        {
            Log.ShownOtherwise(logger, fault);
            return false;
        }
    }

    private async Task ShowInAsync(string channelId, string userId, RenderedMessage part, CancellationToken cancellationToken)
    {
        if (channelId[0] is not ('U' or 'W'))
        {
            try
            {
                await slack.Chat.PostEphemeral(userId, new Message(channelId, part.Text, part.Blocks), cancellationToken);
                return;
            }
            catch (SlackException fault) when (!fault.IsTransient)
            {
                // The bot, or the person, is not in that channel: then between the two of them.
                Log.ShownDirectly(logger, fault);
            }
        }
        await slack.Chat.PostMessage(new Message(userId, part.Text, part.Blocks), cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The form {FormId} was not opened: {Reason}")]
        public static partial void NotOpened(ILogger logger, string formId, string reason);

        [LoggerMessage(2, LogLevel.Warning, "An answer was not shown: {Reason}")]
        public static partial void NotShown(ILogger logger, string reason);

        [LoggerMessage(4, LogLevel.Debug, "An answer is shown without its response_url")]
        public static partial void ShownOtherwise(ILogger logger, Exception exception);

        [LoggerMessage(3, LogLevel.Debug, "An answer goes to the person directly")]
        public static partial void ShownDirectly(ILogger logger, Exception exception);
    }
}
