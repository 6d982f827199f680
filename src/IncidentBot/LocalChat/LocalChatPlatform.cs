using System.Globalization;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.LocalChat.Store;

namespace IncidentBot.LocalChat;

/// <summary>
/// The chat port on the local chat. A conversation's id is the name of its room; triggers and instances of forms are ids of
/// people, on whose open pages the form appears.
/// </summary>
public sealed class LocalChatPlatform(
    LocalChatRooms rooms, LocalChatMessages messages) : IChatPlatform
{
    public const string PlatformName = "local";

    public string Name => PlatformName;

    public ChatCapabilities Capabilities =>
        ChatCapabilities.CreateRooms | ChatCapabilities.Topics | ChatCapabilities.Pins
        | ChatCapabilities.Invitations | ChatCapabilities.Files | ChatCapabilities.Forms;

    public async Task<string> PostAsync(Conversation conversation, ChatMessage message, DeliveryKey key, CancellationToken cancellationToken)
    {
        var room = await RoomAsync(conversation, cancellationToken);
        var posted = await messages.PostAsync(room.Id, message, key.Value, cancellationToken);
        return posted.Id.ToString(CultureInfo.InvariantCulture);
    }

    public async Task UpdateAsync(Conversation conversation, string messageId, ChatMessage message, CancellationToken cancellationToken) =>
        Require(await messages.UpdateAsync(conversation.Id, MessageId(messageId), message, cancellationToken));

    public async Task<CreatedRoom> CreateRoomAsync(RoomRequest request, DeliveryKey key, CancellationToken cancellationToken)
    {
        var room = await rooms.CreateForIncidentAsync(request, key.Value, cancellationToken);
        return new CreatedRoom(new Conversation(PlatformName, room.Id));
    }

    public async Task SetTopicAsync(Conversation conversation, string topic, CancellationToken cancellationToken) =>
        Require(await rooms.ChangeAsync(conversation.Id, room => room.Topic = topic, cancellationToken));

    public async Task InviteAsync(Conversation conversation, IReadOnlyList<Person> people, CancellationToken cancellationToken) =>
        Require(await rooms.ChangeAsync(
            conversation.Id, room => room.Members = [.. room.Members.Union(people.Select(p => p.Id))], cancellationToken));

    public async Task PinAsync(Conversation conversation, string messageId, CancellationToken cancellationToken) =>
        Require(await messages.ChangeAsync(conversation.Id, MessageId(messageId), row => row.IsPinned = true, cancellationToken));

    public async Task UploadFileAsync(Conversation conversation, string fileName, string content, DeliveryKey key, CancellationToken cancellationToken)
    {
        var room = await RoomAsync(conversation, cancellationToken);
        await messages.UploadAsync(room.Id, ChatMessage.Of(fileName), fileName, content, key.Value, cancellationToken);
    }

    private async Task<RoomRow> RoomAsync(Conversation conversation, CancellationToken cancellationToken) =>
        await rooms.FindAsync(conversation.Id, cancellationToken)
        ?? throw new ChatPlatformException("The local chat has no such room.", isTransient: false);

    private static long MessageId(string messageId) =>
        long.TryParse(messageId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;

    private static void Require(bool wasFound)
    {
        if (!wasFound)
            throw new ChatPlatformException("The local chat has no such room or message.", isTransient: false);
    }
}
