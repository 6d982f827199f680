using System.Net;
using IncidentBot.Incidents.Chat;
using IncidentBot.Teams.Authentication;

namespace IncidentBot.Teams.Connector;

/// <summary>What Teams' words mean to whoever has to do something about them. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages#status-codes-from-bot-conversational-apis</summary>
internal static class ConnectorFaults
{
    public static ChatPlatformException ToPlatform(ConnectorException fault) =>
        new(Explain(fault), fault.IsTransient || IsAboutCredentials(fault), fault.RetryAfter, fault)
        {
            IsMessageGone = IsMessageGone(fault),
        };

    /// <summary>For a message that was deleted Teams says "403 ServiceError". https://github.com/microsoft/BotFramework-Services/issues/269</summary>
    public static bool IsMessageGone(ConnectorException fault) => fault.Method.StartsWith(ConnectorClient.Update, StringComparison.Ordinal) && fault is
        { Status: HttpStatusCode.NotFound, Code: not "ConversationNotFound" } or { Status: HttpStatusCode.Forbidden, Code: "ServiceError" };

    /// <summary>Credentials are mended by somebody, and what waits is sent then.</summary>
    private static bool IsAboutCredentials(ConnectorException fault) => fault.Status == HttpStatusCode.Unauthorized || IsFromTokenEndpoint(fault);

    private static bool IsFromTokenEndpoint(ConnectorException fault) => fault.Method is TeamsCredentials.Asked or ManagedIdentity.Asked;

    /// <summary>What is wrong and how it is mended; shown in the room and by <c>doctor</c>.</summary>
    public static string Explain(ConnectorException fault) => fault switch
    {
        _ when IsFromTokenEndpoint(fault) => fault.Message,
        { Code: "BotNotInConversationRoster" } => "The bot is not in that conversation in Teams. Add the app to the team or chat again.",
        { Code: "BotDisabledByAdmin" } => "An administrator of Teams switched the bot off. Allow the app again in the Teams admin center.",
        { Code: "ConversationBlockedByUser" } => "That person blocked the bot in Teams.",
        { Code: "ForbiddenOperationException" } => "Teams does not let the bot write to that person. Install its app for them, or add it to a team that they are in.",
        { Code: "MessageWritesBlocked" } => "Teams does not let the bot write into that conversation (MessageWritesBlocked): it was blocked or removed there, or only some people may write.",
        { Code: "ConversationNotFound" } => "That conversation is not there in Teams any more.",
        { Code: "BotNotRegistered" } => "Teams does not know the bot. Check Teams:MicrosoftAppId, and that the Azure Bot has the Microsoft Teams channel.",
        { Code: "MessageSizeTooBig" } => "A message was too large for Teams.",
        { Status: HttpStatusCode.Unauthorized } => "Teams refused the bot's token. Check Teams:MicrosoftAppId, Teams:MicrosoftAppPassword and Teams:MicrosoftAppTenantId; is the bot's messaging endpoint that of the same app?",
        { Status: HttpStatusCode.TooManyRequests } => $"Teams asks for a pause with {fault.Method}.",
        { Code: ConnectorException.NoAnswer } => $"Teams did not answer {fault.Method}.",
        { Code: ConnectorException.UnreadableAnswer } => $"Teams' answer to {fault.Method} could not be read.",
        _ => fault.Message,
    };
}
