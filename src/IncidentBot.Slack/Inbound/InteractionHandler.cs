using System.Security.Cryptography;
using System.Text;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Commands;
using IncidentBot.Slack.Blocks;

namespace IncidentBot.Slack.Inbound;

/// <summary>Buttons, modals and the shortcut of a message's menu.</summary>
public sealed class InteractionHandler(
    CommandDispatcher dispatcher,
    SlackPeople people,
    SlackMessages messages,
    SlackHome home,
    SlackAnswers answers,
    TimeProvider timeProvider)
{
    /// <summary>The message shortcut's id in the app's manifest.</summary>
    public const string AddToTimeline = "add_to_timeline";

    public async Task<SlackReply> HandleAsync(BlockActionRequest request, CancellationToken cancellationToken)
    {
        if (request.Actions?.Select(a => ButtonValue.Read(a?.Value)).FirstOrDefault(v => v is not null) is not { } button)
            return SlackReply.Empty;
        var receivedAt = timeProvider.GetUtcNow();
        var conversation = SlackPlatform.In(request.Channel?.Id ?? request.User.Id);
        var (by, zone) = await people.FindAsync(request.User.Id, request.User.Username, cancellationToken);
        var answer = button switch
        {
            { Form: { } form } => await dispatcher.OpenFormAsync(form, conversation, by, cancellationToken),
            { Command: { } command } => await dispatcher.HandleAsync(
                new InboundCommand("slack:" + request.TriggerId, conversation, by, command, zone, receivedAt, InboundCommand.NoMentions), cancellationToken),
            _ => CommandAnswer.Refused("That button means nothing any more."),
        };
        var isOpen = false;
        var message = answer.Message;
        if (answer.Form is { } form2)
        {
            var fallback = await answers.OpenAsync(request.TriggerId, form2, conversation, receivedAt, cancellationToken);
            isOpen = fallback is null;
            message = fallback ?? message;
        }
        return new SlackReply(After: async stopping =>
        {
            if (!isOpen || button.Command is not null)
                await answers.ShowAsync(request.ResponseUrl, conversation, request.User.Id, SlackAnswers.Render(message), stopping);
            if (request.View?.Type == "home")
                await home.PublishAsync(request.User.Id, stopping);
        });
    }

    public async Task<SlackReply> HandleAsync(ViewSubmission submission, CancellationToken cancellationToken)
    {
        var view = submission.View;
        if (FormContext.Read(view.PrivateMetadata) is not { Reference: { } reference } context)
            return SlackReply.Empty;
        var conversation = SlackPlatform.In(context.Channel ?? submission.User.Id);
        var (by, zone) = await people.FindAsync(submission.User.Id, submission.User.Username, cancellationToken);
        var (values, mentions) = await ReadValuesAsync(view.State, cancellationToken);
        var form = new InboundForm(KeyOf(view.Id, values), conversation, by, reference, values, zone, timeProvider.GetUtcNow(), mentions);
        var answer = await dispatcher.SubmitFormAsync(form, cancellationToken);
        if (answer.FieldErrors is { Count: > 0 } errors)
            return Errors(view.State, errors);
        if (answer.IsRefused)
            return new SlackReply(new { response_action = "update", view = (ViewDefinition)FormView.Notice("Not done", answer.Message) });
        return new SlackReply(After: async stopping =>
        {
            await answers.ShowAsync(null, conversation, submission.User.Id, SlackAnswers.Render(answer.Message), stopping);
            if (context.Channel is null or ['U' or 'W', ..])
                await home.PublishAsync(submission.User.Id, stopping);
        });
    }

    public async Task<SlackReply> HandleAsync(MessageShortcut shortcut, CancellationToken cancellationToken)
    {
        if (shortcut.CallbackId != AddToTimeline)
            return SlackReply.Empty;
        var receivedAt = timeProvider.GetUtcNow();
        var conversation = SlackPlatform.In(shortcut.Channel.Id);
        var who = people.FindAsync(shortcut.User.Id, shortcut.User.Username, cancellationToken);
        var (message, text) = await messages.ReadAsync(shortcut.Channel.Id, shortcut.Message, cancellationToken);
        var (by, zone) = await who;
        var answer = await dispatcher.OpenCaptureFormAsync(conversation, by, message, text, zone, cancellationToken);
        var shown = answer.Form is { } form
            ? await answers.OpenAsync(shortcut.TriggerId, form, conversation, receivedAt, cancellationToken)
            : answer.Message;
        return shown is null
            ? SlackReply.Empty
            : new SlackReply(After: stopping => answers.ShowAsync(shortcut.ResponseUrl, conversation, shortcut.User.Id, SlackAnswers.Render(shown), stopping));
    }

    /// <summary>The same submission again has the same values; a corrected one has not, and counts for itself.</summary>
    private static string KeyOf(string viewId, Dictionary<string, string> values)
    {
        var text = string.Join('\0', values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}\0{v.Value}"));
        return $"slack:{viewId}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }

    /// <summary>Slack takes errors of input blocks only; what belongs to none stands at the first.</summary>
    internal static SlackReply Errors(ViewValues? state, IReadOnlyDictionary<string, string> errors)
    {
        var inputs = state?.Values?.Keys.ToList() ?? [];
        var shown = new Dictionary<string, string>();
        foreach (var (input, fault) in errors)
        {
            var block = inputs.Contains(input) || inputs.Count == 0 ? input : inputs[0];
            shown[block] = shown.TryGetValue(block, out var earlier) ? $"{earlier} {fault}" : fault;
        }
        return new SlackReply(new { response_action = "errors", errors = shown });
    }

    /// <returns>The values, and the people behind their <c>@name</c>s: those that were chosen, and those that were typed and are known.</returns>
    private async Task<(Dictionary<string, string> Values, Dictionary<string, Person> Mentions)> ReadValuesAsync(ViewValues? state, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>();
        var mentions = new Dictionary<string, Person>(StringComparer.OrdinalIgnoreCase);
        foreach (var (block, elements) in state?.Values ?? new Dictionary<string, IReadOnlyDictionary<string, ElementValue?>?>())
        {
            var element = elements?.Values.FirstOrDefault();
            values[block] = element switch
            {
                { SelectedUser: { } user } => "@" + SlackText.Remember(mentions, await people.TryFindAsync(user, cancellationToken), user, ""),
                { SelectedOption.Value: { } option } => FormView.ValueOf(option),
                { SelectedDate: { } date } => date,
                _ => element?.Value ?? "",
            };
        }
        people.AddKnown(mentions, values.Values);
        return (values, mentions);
    }
}
