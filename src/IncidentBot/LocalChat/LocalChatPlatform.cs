using System.Globalization;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.LocalChat.Store;

namespace IncidentBot.LocalChat;

/// <summary>
/// The chat port on the local chat. A conversation's id is the name of its room, or a person's for the room that this person has with
/// the bot alone.
/// </summary>
public sealed class LocalChatPlatform(
    LocalChatRooms rooms, LocalChatMessages messages, LocalChatPeople people) : IChatPlatform
{
    public const string PlatformName = "local";

    public string Name => PlatformName;

    public ChatCapabilities Capabilities =>
        ChatCapabilities.CreateRooms | ChatCapabilities.Topics | ChatCapabilities.Pins
        | ChatCapabilities.Invitations | ChatCapabilities.Files | ChatCapabilities.Forms | ChatCapabilities.DirectMessages;

    public Conversation? CommonConversation { get; } = new(PlatformName, LocalChatRooms.General);

    public bool IsPersonal(Conversation conversation) => conversation.Id.StartsWith(RoomRow.DirectMark, StringComparison.Ordinal);

    public async Task<string> PostAsync(Conversation conversation, ChatMessage message, DeliveryKey key, CancellationToken cancellationToken)
    {
        var room = await RoomAsync(conversation, cancellationToken);
        var posted = await messages.PostAsync(room.Id, message, key.Value, cancellationToken);
        return posted.Id.ToString(CultureInfo.InvariantCulture);
    }

    public async Task UpdateAsync(Conversation conversation, string messageId, ChatMessage message, CancellationToken cancellationToken) =>
        Require(await messages.UpdateAsync((await RoomAsync(conversation, cancellationToken)).Id, MessageId(messageId), message, cancellationToken));

    /// <summary>By the name, with or without <c>@</c>.</summary>
    public async Task<PersonProfile?> FindPersonAsync(string id, CancellationToken cancellationToken) =>
        await people.FindAsync(id, cancellationToken) is { } person ? new PersonProfile(person.ToPerson(), person.ZoneId) : null;

    public async Task<CreatedRoom> CreateRoomAsync(RoomRequest request, DeliveryKey key, CancellationToken cancellationToken)
    {
        var room = await rooms.CreateForIncidentAsync(request, key.Value, cancellationToken);
        return new CreatedRoom(new Conversation(PlatformName, room.Id));
    }

    public async Task SetTopicAsync(Conversation conversation, string topic, CancellationToken cancellationToken) =>
        Require(await rooms.ChangeAsync((await RoomAsync(conversation, cancellationToken)).Id, room => room.Topic = topic, cancellationToken));

    public async Task InviteAsync(Conversation conversation, IReadOnlyList<Person> people, CancellationToken cancellationToken)
    {
        // Nobody can be added to a conversation of two.
        if (await RoomAsync(conversation, cancellationToken) is { IsDirect: false } room)
            Require(await rooms.ChangeAsync(room.Id, r => r.Members = [.. r.Members.Union(people.Select(p => p.Id))], cancellationToken));
    }

    public async Task PinAsync(Conversation conversation, string messageId, CancellationToken cancellationToken) =>
        Require(await messages.ChangeAsync((await RoomAsync(conversation, cancellationToken)).Id, MessageId(messageId), row => row.IsPinned = true, cancellationToken));

    public async Task UploadFileAsync(Conversation conversation, string fileName, string content, DeliveryKey key, CancellationToken cancellationToken)
    {
        var room = await RoomAsync(conversation, cancellationToken);
        await messages.UploadAsync(room.Id, ChatMessage.Of(fileName), fileName, content, key.Value, cancellationToken);
    }

    /// <summary>
    /// The room, which for a person is made where there was none yet. A person comes before a room of the same name, of which there is one only in
    /// files of an earlier version: what is meant for one is never shown to all.
    /// </summary>
    private async Task<RoomRow> RoomAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        if (await people.FindAsync(conversation.Id, cancellationToken) is { } person)
            return await rooms.OpenDirectAsync(person, cancellationToken);
        return await rooms.FindAsync(conversation.Id, cancellationToken)
            ?? throw new ChatPlatformException($"There is nobody called \"{conversation.Id}\" in the local chat, and no such room.", isTransient: false);
    }

    private static long MessageId(string messageId) =>
        long.TryParse(messageId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;

    private static void Require(bool wasFound)
    {
        if (!wasFound)
            throw new ChatPlatformException("The local chat has no such message.", isTransient: false) { IsMessageGone = true };
    }
}
