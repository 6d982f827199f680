using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.Benchmarks;

/// <summary>A platform that nothing is sent to: what is measured ends with the commit.</summary>
internal sealed class QuietPlatform : IChatPlatform
{
    public const string PlatformName = "quiet";

    public string Name => PlatformName;

    public ChatCapabilities Capabilities => ChatCapabilities.CreateRooms;

    public Task<string> PostAsync(Conversation conversation, ChatMessage message, DeliveryKey key, CancellationToken cancellationToken) => throw Sent();

    public Task UpdateAsync(Conversation conversation, string messageId, ChatMessage message, CancellationToken cancellationToken) => throw Sent();

    public Task PostEphemeralAsync(Conversation conversation, Person to, ChatMessage message, CancellationToken cancellationToken) => throw Sent();

    public Task OpenFormAsync(string trigger, ChatForm form, CancellationToken cancellationToken) => throw Sent();

    public Task UpdateFormAsync(string formInstance, ChatForm form, CancellationToken cancellationToken) => throw Sent();

    public Task<Conversation> CreateRoomAsync(RoomRequest request, DeliveryKey key, CancellationToken cancellationToken) => throw Sent();

    public Task SetTopicAsync(Conversation conversation, string topic, CancellationToken cancellationToken) => throw Sent();

    public Task InviteAsync(Conversation conversation, IReadOnlyList<Person> people, CancellationToken cancellationToken) => throw Sent();

    public Task PinAsync(Conversation conversation, string messageId, CancellationToken cancellationToken) => throw Sent();

    public Task<PersonProfile?> FindPersonAsync(string idOrName, CancellationToken cancellationToken) => throw Sent();

    public Task UploadFileAsync(Conversation conversation, string fileName, string content, DeliveryKey key, CancellationToken cancellationToken) => throw Sent();

    private static InvalidOperationException Sent() => new("The outbox is not started, so nothing can be sent.");
}
