using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.LocalChat.Http;
using IncidentBot.LocalChat.Store;

namespace IncidentBot.LocalChat;

/// <summary>Tells commands from talk, and brings commands and forms to the dispatcher.</summary>
public sealed class LocalChatConversation(
    CommandDispatcher dispatcher, LocalChatMessages messages, LocalChatPeople people, TimeProvider time)
{
    /// <summary>Text that begins with a slash goes to the bot and is shown to nobody; the rest is said in the room.</summary>
    public async Task<PostedView> TakeAsync(string clientId, RoomRow room, PersonRow by, string text, CancellationToken cancellationToken)
    {
        if (!IsCommand(text))
            return new PostedView(await messages.SayAsync(room, by, text, clientId, cancellationToken), null);
        var answer = await CommandAsync($"local:{clientId}", room, by, text, time.GetUtcNow(), cancellationToken);
        return new PostedView(null, AnswerView.Of(answer));
    }

    public static bool IsCommand(string text) => text.AsSpan().TrimStart().StartsWith("/");

    /// <param name="now">When the command counts as given.</param>
    public async Task<CommandAnswer> CommandAsync(
        string key, RoomRow room, PersonRow by, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mentions = await people.FindMentionedAsync(text, cancellationToken);
        var command = new InboundCommand(key, In(room), by.ToPerson(), text, by.ZoneId, now, mentions);
        return await dispatcher.HandleAsync(command, cancellationToken);
    }

    public async Task<AnswerView> SubmitAsync(
        string clientId, RoomRow room, PersonRow by, FormReference reference, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        var mentions = await people.FindMentionedAsync(string.Join('\n', values.Values), cancellationToken);
        var form = new InboundForm($"local:{clientId}", In(room), by.ToPerson(), reference, values, by.ZoneId, time.GetUtcNow(), mentions);
        return AnswerView.Of(await dispatcher.SubmitFormAsync(form, cancellationToken));
    }

    public async Task<AnswerView> OpenFormAsync(RoomRow room, PersonRow by, FormReference reference, CancellationToken cancellationToken) =>
        AnswerView.Of(await dispatcher.OpenFormAsync(reference, In(room), by.ToPerson(), cancellationToken));

    private static Conversation In(RoomRow room) => new(LocalChatPlatform.PlatformName, room.Id);
}
