using System.Text.Json;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Store;
using IncidentBot.Incidents.Timeline;
using IncidentBot.Teams.Cards;
using IncidentBot.Teams.Schema;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Teams.Inbound;

/// <summary>
/// What is answered in the request itself: buttons, dialogs and the message extension.
/// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/invoking-task-modules
/// </summary>
public sealed partial class TeamsInvokes(
    CommandDispatcher dispatcher,
    TeamsConversations conversations,
    TeamsPeople people,
    InvokeAnswers answers,
    TimeProvider timeProvider,
    ILogger<TeamsInvokes> logger)
{
    /// <summary>The message extension's id in the app's manifest.</summary>
    public const string AddToTimeline = "addToTimeline";

    private const string CardAnswer = "application/vnd.microsoft.activity.message";
    private const int SayLimit = 4000;

    private static readonly InvokeResponse Malformed = new(400);
    private static readonly InvokeResponse Unhandled = new(501);

    /// <summary>A repeated delivery gets the same answer.</summary>
    public Task<InvokeResponse> OnInvokeActivityAsync(Activity activity, CancellationToken cancellationToken) => answers.OnceAsync(
        TeamsActivity.KeyOf(activity),
        async () =>
        {
            try
            {
                await conversations.RememberAsync(activity);
            }
            catch (StoreUnavailableException)
            {
                // The next activity tells it as well; whether this one can be answered shows below.
            }
            try
            {
                return await AnswerAsync(activity, cancellationToken);
            }
            catch (StoreUnavailableException fault)
            {
                Log.NotRecorded(logger, activity.Name, fault);
                var text = "Nothing was recorded. " + fault.WithoutPath;
                return activity.Name == "adaptiveCard/action" ? SayInCard(text) : Say(text);
            }
        });

    /// <summary>What a button hands back, null for anything else.</summary>
    internal static CardAction? ReadButton(JsonElement? value) => value is { ValueKind: JsonValueKind.Object } data ? CardAction.Read(data) : null;

    private Task<InvokeResponse> AnswerAsync(Activity activity, CancellationToken cancellationToken) => activity.Name switch
    {
        "adaptiveCard/action" => OnAdaptiveCardInvokeAsync(activity, cancellationToken),
        "task/fetch" => OnTeamsTaskModuleFetchAsync(activity, cancellationToken),
        "task/submit" => OnTeamsTaskModuleSubmitAsync(activity, cancellationToken),
        "composeExtension/fetchTask" => OnTeamsMessagingExtensionFetchTaskAsync(activity, cancellationToken),
        "composeExtension/submitAction" => OnTeamsMessagingExtensionSubmitActionAsync(activity, cancellationToken),
        _ => Task.FromResult(Unhandled),
    };

    private async Task<InvokeResponse> OnAdaptiveCardInvokeAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (Property(activity.Value, "action") is not { ValueKind: JsonValueKind.Object } action)
            return Malformed;
        if (ReadButton(Property(action, "data")) is not { Command: { } command })
            return new InvokeResponse(200, new { statusCode = 400, type = "application/vnd.microsoft.error", value = new { code = "BadRequest", message = "That button means nothing any more." } });
        var by = await TeamsActivity.FromAsync(activity, conversations, cancellationToken);
        var answer = await dispatcher.HandleAsync(
            new InboundCommand(TeamsActivity.KeyOf(activity), TeamsActivity.In(activity), by, command, activity.LocalTimezone, timeProvider.GetUtcNow(), InboundCommand.NoMentions), cancellationToken);
        return SayInCard(answer.Message.ToPlainText());
    }

    private async Task<InvokeResponse> OnTeamsTaskModuleFetchAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (Property(activity.Value, "data") is not { ValueKind: JsonValueKind.Object } data)
            return Malformed;
        if (ReadButton(data) is not { Form: { } form })
            return Say("That button means nothing any more.");
        var by = await TeamsActivity.FromAsync(activity, conversations, cancellationToken);
        return Show(await dispatcher.OpenFormAsync(form, TeamsActivity.In(activity), by, cancellationToken), TeamsActivity.In(activity));
    }

    private Task<InvokeResponse> OnTeamsTaskModuleSubmitAsync(Activity activity, CancellationToken cancellationToken) => SubmitAsync(activity, cancellationToken);

    private async Task<InvokeResponse> OnTeamsMessagingExtensionFetchTaskAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (Property(activity.Value, "commandId") is not { } command || CardAction.ReadAs<string>(command) != AddToTimeline)
            return Unhandled;
        if (Property(activity.Value, "messagePayload") is not { ValueKind: JsonValueKind.Object } json || CardAction.ReadAs<MessagePayload>(json) is not { Id.Length: > 0 } said)
            return Malformed;
        var place = PlaceOf(activity, said);
        var user = said.From?.User;
        var author = await conversations.PersonAsync(null, user?.Id ?? said.From?.Application?.Id, user?.DisplayName ?? said.From?.Application?.DisplayName, cancellationToken);
        var message = new CapturedMessage(
            TeamsActivity.Reference(place.Id, said.Id),
            author,
            said.CreatedDateTime ?? timeProvider.GetUtcNow(),
            said.LinkToMessage ?? await TeamsLinks.ToMessageAsync(conversations, place.Id, said.Id, cancellationToken));
        var by = await TeamsActivity.FromAsync(activity, conversations, cancellationToken);
        return Show(await dispatcher.OpenCaptureFormAsync(place, by, message, TextOf(said) is { Length: > 0 } text ? text : message.Link ?? "", activity.LocalTimezone, cancellationToken), place);
    }

    /// <summary>The thread of the message, which is the room of an incident, perhaps; of a channel the activity may name only the channel.</summary>
    private static Conversation PlaceOf(Activity activity, MessagePayload said)
    {
        var place = TeamsActivity.In(activity);
        var isInChannel = activity.Conversation!.ConversationType == "channel" || activity.ChannelData?.Channel is not null;
        return isInChannel && TeamsConversations.ThreadOf(place.Id) is null
            ? place with { Id = TeamsConversations.InThread(place.Id, said.ReplyToId is { Length: > 0 } root ? root : said.Id!) }
            : place;
    }

    private Task<InvokeResponse> OnTeamsMessagingExtensionSubmitActionAsync(Activity activity, CancellationToken cancellationToken) => SubmitAsync(activity, cancellationToken);

    private async Task<InvokeResponse> SubmitAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (Property(activity.Value, "data") is not { ValueKind: JsonValueKind.Object } data)
            return Malformed;
        if (FormCard.Read(data) is not var (context, values))
            return Say("That dialog means nothing any more.");
        var conversation = context.ConversationId is { } id ? new Conversation(TeamsPlatform.PlatformName, id) : TeamsActivity.In(activity);
        var by = await TeamsActivity.FromAsync(activity, conversations, cancellationToken);
        IReadOnlyDictionary<string, string>? errors;
        CommandAnswer answer;
        try
        {
            (values, var mentions) = await people.ReadAsync(values, conversation, cancellationToken);
            answer = await dispatcher.SubmitFormAsync(
                new InboundForm(TeamsActivity.KeyOf(activity), conversation, by, context.Reference, values, activity.LocalTimezone, timeProvider.GetUtcNow(), mentions), cancellationToken);
            errors = answer.FieldErrors ?? (answer.IsRefused ? AboveAll(answer.Message.ToPlainText()) : null);
        }
        catch (StoreUnavailableException fault)
        {
            Log.NotRecorded(logger, activity.Name, fault);
            answer = CommandAnswer.Refused("Nothing was saved yet. " + fault.WithoutPath);
            errors = AboveAll(answer.Message.ToPlainText());
        }
        if (errors is not { Count: > 0 })
            return Say(answer.Message.ToPlainText());
        // The same dialog again, with what was typed and what is wrong with it.
        var form = context.Reference is { FormId: CaptureForm.Id, Message: { } message }
            ? await dispatcher.OpenCaptureFormAsync(conversation, by, message, "", activity.LocalTimezone, cancellationToken)
            : await dispatcher.OpenFormAsync(context.Reference, conversation, by, cancellationToken);
        return form.Form is null ? Say(answer.Message.ToPlainText()) : Show(form, conversation, values, errors);
    }

    /// <summary>A fault of no input.</summary>
    private static Dictionary<string, string> AboveAll(string fault) => new() { [""] = fault };

    private static InvokeResponse Show(
        CommandAnswer answer, Conversation place, IReadOnlyDictionary<string, string>? values = null, IReadOnlyDictionary<string, string>? errors = null) =>
        answer.Form is { } form
            ? new InvokeResponse(200, TaskModuleResponse.Show(form.Title, FormCard.Render(form, new FormContext(form.Reference, place.Id), values, errors)))
            : Say(answer.Message.ToPlainText());

    private static InvokeResponse Say(string text) => new(200, TaskModuleResponse.Say(TextSplitter.Shorten(text, SayLimit)));

    private static InvokeResponse SayInCard(string text) => new(200, new { statusCode = 200, type = CardAnswer, value = TextSplitter.Shorten(text, SayLimit) });

    private static string TextOf(MessagePayload said)
    {
        var text = said.Body is { Content: { } content } body
            ? (body.ContentType == "html" ? TeamsText.ToPlainText(content) : content).Trim()
            : "";
        // A picture alone says nothing in words; its link does.
        return text.Length > 0 ? text : string.Join('\n', (said.Attachments ?? []).Select(a => $"{a?.Name} {a?.ContentUrl}".Trim()).Where(t => t.Length > 0));
    }

    private static JsonElement? Property(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } found && CardAction.ReadAs<Dictionary<string, JsonElement>>(found)?.TryGetValue(name, out var value) == true ? value : null;

    /// <summary>https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module</summary>
    private sealed record MessagePayload(
        string? Id, string? ReplyToId, PayloadFrom? From, DateTimeOffset? CreatedDateTime, PayloadBody? Body, string? LinkToMessage, IReadOnlyList<Attachment?>? Attachments);

    private sealed record PayloadFrom(PayloadIdentity? User, PayloadIdentity? Application);

    private sealed record PayloadIdentity(string? Id, string? DisplayName);

    private sealed record PayloadBody(string? ContentType, string? Content);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Name} of Teams was not recorded")]
        public static partial void NotRecorded(ILogger logger, string? name, Exception exception);
    }
}
