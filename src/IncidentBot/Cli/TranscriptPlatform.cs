using System.Globalization;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.Cli;

/// <summary>A chat that is over: nobody reads what is posted, and there are no rooms but the one that was recorded.</summary>
internal sealed class TranscriptPlatform : IChatPlatform
{
    public const string PlatformName = "transcript";

    private int _lastMessage;

    public string Name => PlatformName;

    public ChatCapabilities Capabilities => ChatCapabilities.None;

    public Task<string> PostAsync(Conversation conversation, ChatMessage message, DeliveryKey key, CancellationToken cancellationToken) =>
        Task.FromResult(Interlocked.Increment(ref _lastMessage).ToString(CultureInfo.InvariantCulture));

    public Task UpdateAsync(Conversation conversation, string messageId, ChatMessage message, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task PostEphemeralAsync(Conversation conversation, Person to, ChatMessage message, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task OpenFormAsync(string trigger, ChatForm form, CancellationToken cancellationToken) => throw Unable();

    public Task UpdateFormAsync(string formInstance, ChatForm form, CancellationToken cancellationToken) => throw Unable();

    public Task<Conversation> CreateRoomAsync(RoomRequest request, DeliveryKey key, CancellationToken cancellationToken) => throw Unable();

    public Task SetTopicAsync(Conversation conversation, string topic, CancellationToken cancellationToken) => throw Unable();

    public Task InviteAsync(Conversation conversation, IReadOnlyList<Person> people, CancellationToken cancellationToken) => throw Unable();

    public Task PinAsync(Conversation conversation, string messageId, CancellationToken cancellationToken) => throw Unable();

    public Task<PersonProfile?> FindPersonAsync(string idOrName, CancellationToken cancellationToken) => Task.FromResult<PersonProfile?>(null);

    public Task UploadFileAsync(Conversation conversation, string fileName, string content, DeliveryKey key, CancellationToken cancellationToken) => throw Unable();

    private static ChatPlatformException Unable() => new("A transcript cannot do that.", isTransient: false);
}
