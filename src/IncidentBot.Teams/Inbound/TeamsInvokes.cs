using System.Text.Json;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Timeline;
using IncidentBot.Teams.Cards;
using IncidentBot.Teams.Schema;

namespace IncidentBot.Teams.Inbound;

/// <summary>
/// What is answered in the request itself: buttons, dialogs and the message extension.
/// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/invoking-task-modules
/// </summary>
public sealed class TeamsInvokes(CommandDispatcher dispatcher, TeamsConversations conversations, InvokeAnswers answers, TimeProvider timeProvider)
{
    /// <summary>The message extension's id in the app's manifest.</summary>
    public const string AddToTimeline = "addToTimeline";

    private static readonly InvokeResponse Malformed = new(400);
    private static readonly InvokeResponse Unhandled = new(501);

    /// <summary>A repeated delivery gets the same answer.</summary>
    public Task<InvokeResponse> OnInvokeActivityAsync(Activity activity, CancellationToken cancellationToken) => answers.OnceAsync(
        TeamsActivity.KeyOf(activity),
        () => activity.Name switch
        {
            "adaptiveCard/action" => OnAdaptiveCardInvokeAsync(activity, cancellationToken),
            "task/fetch" => OnTeamsTaskModuleFetchAsync(activity, cancellationToken),
            "task/submit" => OnTeamsTaskModuleSubmitAsync(activity, cancellationToken),
            "composeExtension/fetchTask" => OnTeamsMessagingExtensionFetchTaskAsync(activity, cancellationToken),
            "composeExtension/submitAction" => OnTeamsMessagingExtensionSubmitActionAsync(activity, cancellationToken),
            _ => Task.FromResult(Unhandled),
        });

    /// <summary>What a button hands back, null for anything else.</summary>
    internal static CardAction? ReadButton(JsonElement? value) => value is { ValueKind: JsonValueKind.Object } data ? CardAction.Read(data) : null;

    private async Task<InvokeResponse> OnAdaptiveCardInvokeAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (Property(activity.Value, "action") is not { ValueKind: JsonValueKind.Object } action)
            return Malformed;
        if (ReadButton(Property(action, "data")) is not { Command: { } command })
            return new InvokeResponse(200, new { statusCode = 400, type = "application/vnd.microsoft.error", value = new { code = "BadRequest", message = "That button means nothing any more." } });
        var by = await TeamsActivity.FromAsync(activity, conversations, cancellationToken);
        var answer = await dispatcher.HandleAsync(
            new InboundCommand(TeamsActivity.KeyOf(activity), TeamsActivity.In(activity), by, command, activity.LocalTimezone, timeProvider.GetUtcNow(), InboundCommand.NoMentions), cancellationToken);
        return new InvokeResponse(200, new { statusCode = 200, type = "application/vnd.microsoft.activity.message", value = answer.Message.ToPlainText() });
    }

    private async Task<InvokeResponse> OnTeamsTaskModuleFetchAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (Property(activity.Value, "data") is not { ValueKind: JsonValueKind.Object } data)
            return Malformed;
        return ReadButton(data) is { Form: { } form }
            ? Show(await dispatcher.OpenFormAsync(form, cancellationToken), activity)
            : Say("That button means nothing any more.");
    }

    private Task<InvokeResponse> OnTeamsTaskModuleSubmitAsync(Activity activity, CancellationToken cancellationToken) => SubmitAsync(activity, cancellationToken);

    private async Task<InvokeResponse> OnTeamsMessagingExtensionFetchTaskAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (Property(activity.Value, "commandId")?.ToString() != AddToTimeline)
            return Unhandled;
        if (Property(activity.Value, "messagePayload") is not { ValueKind: JsonValueKind.Object } json || Read(json) is not { Id: not null } said)
            return Malformed;
        var user = said.From?.User;
        var author = await conversations.PersonAsync(null, user?.Id ?? said.From?.Application?.Id, user?.DisplayName ?? said.From?.Application?.DisplayName, cancellationToken);
        var message = new CapturedMessage(
            TeamsActivity.Reference(activity.Conversation!.Id!, said.Id), author, said.CreatedDateTime ?? timeProvider.GetUtcNow(), said.LinkToMessage);
        var by = await TeamsActivity.FromAsync(activity, conversations, cancellationToken);
        return Show(await dispatcher.OpenCaptureFormAsync(TeamsActivity.In(activity), by, message, TextOf(said), activity.LocalTimezone, cancellationToken), activity);
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
        var answer = await dispatcher.SubmitFormAsync(
            new InboundForm(TeamsActivity.KeyOf(activity), conversation, by, context.Reference, values, activity.LocalTimezone, timeProvider.GetUtcNow(), InboundCommand.NoMentions), cancellationToken);
        if (answer.FieldErrors is not { Count: > 0 } errors)
            return Say(answer.Message.ToPlainText());
        // The same dialog again, with what was typed and what is wrong with it.
        var form = context.Reference is { FormId: CaptureForm.Id, Message: { } message }
            ? await dispatcher.OpenCaptureFormAsync(conversation, by, message, "", activity.LocalTimezone, cancellationToken)
            : await dispatcher.OpenFormAsync(context.Reference, cancellationToken);
        return form.Form is null ? Say(answer.Message.ToPlainText()) : Show(form, activity, values, errors);
    }

    private static InvokeResponse Show(
        CommandAnswer answer, Activity activity, IReadOnlyDictionary<string, string>? values = null, IReadOnlyDictionary<string, string>? errors = null) =>
        answer.Form is { } form
            ? new InvokeResponse(200, TaskModuleResponse.Show(form.Title, FormCard.Render(form, new FormContext(form.Reference, activity.Conversation!.Id), values, errors)))
            : Say(answer.Message.ToPlainText());

    private static InvokeResponse Say(string text) => new(200, TaskModuleResponse.Say(text));

    private static string TextOf(MessagePayload said)
    {
        var text = said.Body is { Content: { } content } body
            ? (body.ContentType == "html" ? TeamsText.ToPlainText(content) : content).Trim()
            : "";
        // An image alone says nothing in words; its link does.
        return text.Length > 0 ? text : string.Join('\n', (said.Attachments ?? []).Select(a => a.Name ?? a.ContentUrl).Append(said.LinkToMessage).Where(t => t is not null).Take(1));
    }

    private static JsonElement? Property(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Null for what is no message.</summary>
    private static MessagePayload? Read(JsonElement json)
    {
        try
        {
            return json.Deserialize<MessagePayload>(TeamsJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module</summary>
    private sealed record MessagePayload(
        string? Id, PayloadFrom? From, DateTimeOffset? CreatedDateTime, PayloadBody? Body, string? LinkToMessage, IReadOnlyList<Attachment>? Attachments);

    private sealed record PayloadFrom(PayloadIdentity? User, PayloadIdentity? Application);

    private sealed record PayloadIdentity(string? Id, string? DisplayName);

    private sealed record PayloadBody(string? ContentType, string? Content);
}
