using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Teams.Schema;

namespace IncidentBot.Teams.Inbound;

/// <summary>An activity in the domain's words.</summary>
internal static class TeamsActivity
{
    public static Conversation In(Activity activity) => new(TeamsPlatform.PlatformName, activity.Conversation!.Id!);

    /// <summary>The same for a repeated delivery. Without an id there is nothing by which one could be told.</summary>
    public static string KeyOf(Activity activity) => $"teams:{activity.ChannelId}:{activity.Conversation?.Id}:{activity.Id ?? Guid.NewGuid().ToString("N")}";

    public static Task<Person> FromAsync(Activity activity, TeamsConversations conversations, CancellationToken cancellationToken) =>
        conversations.PersonAsync(activity.From?.Id, activity.From?.AadObjectId, activity.From?.Name, cancellationToken);

    /// <summary>An event may have the id of the message that it is about; its kind and time tell it from the next one.</summary>
    public static string KeyOfEvent(Activity activity) => $"{KeyOf(activity)}:{activity.Type}:{activity.Timestamp?.UtcTicks}";

    public static MessageReference MessageOf(Activity activity) => Reference(activity.Conversation!.Id!, activity.Id ?? "");

    public static MessageReference ReactedTo(Activity activity) => Reference(activity.Conversation!.Id!, activity.ReplyToId ?? "");

    /// <summary>By the conversation without its thread: a message's id is the channel's own, and not everything about it names its thread.</summary>
    public static MessageReference Reference(string conversationId, string messageId) =>
        new(new Conversation(TeamsPlatform.PlatformName, TeamsConversations.ChannelOf(conversationId)), messageId);

    public static async Task<CapturedMessage> CaptureAsync(Activity activity, TeamsConversations conversations, DateTimeOffset now, CancellationToken cancellationToken) => new(
        MessageOf(activity),
        await FromAsync(activity, conversations, cancellationToken),
        activity.Timestamp ?? now,
        await TeamsLinks.ToMessageAsync(conversations, activity.Conversation!.Id!, activity.Id ?? "", cancellationToken));
}
