using IncidentBot.Incidents.Commands;

namespace IncidentBot.Slack.Inbound;

/// <summary><c>/incident …</c> and <c>/timeline …</c>, answered in the request itself.</summary>
public sealed class SlashCommandHandler(
    CommandDispatcher dispatcher, SlackPeople people, SlackText texts, SlackAnswers answers, TimeProvider timeProvider)
{
    public async Task<SlackReply> HandleAsync(SlashCommand command, CancellationToken cancellationToken)
    {
        var receivedAt = timeProvider.GetUtcNow();
        var who = people.FindAsync(command.UserId, command.UserName, cancellationToken);
        var (text, mentions) = await texts.ReadAsync(command.Text, cancellationToken);
        var (by, zone) = await who;
        var conversation = SlackPlatform.In(command.ChannelId);
        // Without a trigger there is nothing by which a repetition could be told.
        var key = "slack:" + (command.TriggerId.Length > 0 ? command.TriggerId : Guid.NewGuid().ToString("N"));
        var answer = await dispatcher.HandleAsync(
            new InboundCommand(key, conversation, by, $"{CommandWord(command.Command)} {text}", zone, receivedAt, mentions), cancellationToken);

        var message = answer.Message;
        if (answer.Form is { } form && await answers.OpenAsync(command.TriggerId, form, conversation, receivedAt, cancellationToken) is { } fallback)
            message = new([.. message.Blocks, .. fallback.Blocks]);
        var parts = SlackAnswers.Render(message);
        return new SlackReply(
            SlackAnswers.ToResponse(parts[0]) with { ReplaceOriginal = null },
            parts.Count == 1 ? null : stopping => answers.ShowAsync(command.ResponseUrl, conversation, command.UserId, parts.Skip(1), stopping));
    }

    /// <summary>A second installation may call it <c>/incident-staging</c>.</summary>
    private static string CommandWord(string command) =>
        command.StartsWith("/timeline", StringComparison.OrdinalIgnoreCase) ? "/timeline" : "/incident";
}
