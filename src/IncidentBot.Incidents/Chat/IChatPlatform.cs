namespace IncidentBot.Incidents.Chat;

/// <summary>What a platform can do; where it cannot, the domain falls back.</summary>
[Flags]
public enum ChatCapabilities
{
    None = 0,
    CreateRooms = 1,
    Topics = 2,
    Pins = 4,
    Invitations = 8,
    Files = 16,
    Forms = 32,
}

/// <summary>A person as the platform knows them now. <paramref name="ZoneId"/> is an IANA id, null when it does not tell.</summary>
public sealed record PersonProfile(Person Person, string? ZoneId);

/// <summary>
/// The port to a chat platform. Every call may throw <see cref="ChatPlatformException"/>, which tells whether another try can help.
/// Calls of one conversation come one at a time and in order.
/// </summary>
public interface IChatPlatform
{
    /// <summary>Short lower-case name, as in <see cref="Conversation.Platform"/>.</summary>
    string Name { get; }

    ChatCapabilities Capabilities { get; }

    /// <summary>Where incidents and updates for stakeholders are announced; null: where each incident was declared.</summary>
    Conversation? AnnouncementConversation => null;

    /// <summary>Posts and returns the platform's message id. The same <paramref name="key"/> posts once, where the platform allows it to be recognised.</summary>
    Task<string> PostAsync(Conversation conversation, ChatMessage message, DeliveryKey key, CancellationToken cancellationToken);

    Task UpdateAsync(Conversation conversation, string messageId, ChatMessage message, CancellationToken cancellationToken);

    /// <summary>Shows a message to one person only.</summary>
    Task PostEphemeralAsync(Conversation conversation, Person to, ChatMessage message, CancellationToken cancellationToken);

    /// <summary>Opens a form for whoever caused <paramref name="trigger"/>, the platform's own id of what the person just did; it may live for seconds only.</summary>
    Task OpenFormAsync(string trigger, ChatForm form, CancellationToken cancellationToken);

    Task UpdateFormAsync(string formInstance, ChatForm form, CancellationToken cancellationToken);

    /// <summary>Creates the incident's room and returns it; the same key gives the same room.</summary>
    Task<Conversation> CreateRoomAsync(RoomRequest request, DeliveryKey key, CancellationToken cancellationToken);

    Task SetTopicAsync(Conversation conversation, string topic, CancellationToken cancellationToken);

    Task InviteAsync(Conversation conversation, IReadOnlyList<Person> people, CancellationToken cancellationToken);

    Task PinAsync(Conversation conversation, string messageId, CancellationToken cancellationToken);

    /// <summary>Null when there is no such person.</summary>
    Task<PersonProfile?> FindPersonAsync(string idOrName, CancellationToken cancellationToken);

    /// <summary>Gives a text as a file. The same <paramref name="key"/> gives it once, where the platform allows it to be recognised.</summary>
    Task UploadFileAsync(Conversation conversation, string fileName, string content, DeliveryKey key, CancellationToken cancellationToken);
}

/// <param name="Origin">Where the incident was declared.</param>
/// <param name="DeclaredBy">Becomes a member.</param>
/// <param name="Page">The address of the incident's web page, a secret of its members; null where there is none.</param>
public sealed record RoomRequest(int IncidentNumber, string Title, bool IsPrivate, Conversation Origin, Person DeclaredBy, string? Page = null);
