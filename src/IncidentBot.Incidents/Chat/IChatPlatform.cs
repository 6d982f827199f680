namespace IncidentBot.Incidents.Chat;

/// <summary>What a platform can do beyond posting and updating messages; where it cannot, the domain falls back.</summary>
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

    /// <summary>A file that was given is brought up to date when it is given again.</summary>
    UpdatableFiles = 64,

    /// <summary>A person's id is a conversation to post in and to update messages in: that of the bot with this person alone.</summary>
    DirectMessages = 128,

    /// <summary>Rooms are made where incidents are announced, and are their announcements.</summary>
    RoomsAnnounce = 256,
}

/// <summary>A person, or a group of people, as the platform knows them now.</summary>
/// <param name="Person">With the id that the platform itself uses for them, also where they were asked for by another one.</param>
/// <param name="ZoneId">An IANA id, null when the platform does not tell and for a group.</param>
public sealed record PersonProfile(Person Person, string? ZoneId)
{
    /// <summary>Whether it stands for several people, whom <see cref="IChatPlatform.MembersAsync"/> tells; a group has no conversation with the bot.</summary>
    public bool IsGroup { get; init; }
}

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

    /// <summary>Where everybody reads, for what is about no single incident; null: nowhere.</summary>
    Conversation? CommonConversation => AnnouncementConversation;

    /// <summary>The channel that a conversation belongs to: of a thread another one, else itself.</summary>
    Conversation ChannelOf(Conversation conversation) => conversation;

    /// <summary>Whether it is the bot's conversation with one person alone, by the id under which that person writes there.</summary>
    bool IsPersonal(Conversation conversation) => false;

    /// <summary>Whether an incident that is declared there gets a room of its own; otherwise it is worked on there.</summary>
    bool MakesRoom(Conversation origin, bool isPrivate) => Capabilities.HasFlag(ChatCapabilities.CreateRooms);

    /// <summary>Why an incident that is declared there cannot be private; null where it can.</summary>
    string? WhyNotPrivate(Conversation conversation) => null;

    /// <summary>Posts, in a conversation or to a person (<see cref="ChatCapabilities.DirectMessages"/>), and returns the platform's message id. The same <paramref name="key"/> posts once, where the platform allows it to be recognised.</summary>
    Task<string> PostAsync(Conversation conversation, ChatMessage message, DeliveryKey key, CancellationToken cancellationToken);

    /// <summary>Shows another text in the place of a message; <paramref name="conversation"/> is the one that it was posted in, a person's id too.</summary>
    Task UpdateAsync(Conversation conversation, string messageId, ChatMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// Who that is, by an id of a person or of a group as an administrator writes it in the configuration. Each platform says at its
    /// own implementation what such ids look like; anything else is nobody's.
    /// </summary>
    /// <returns>
    /// Null when the platform knows nobody by it, or the account is deactivated, or the group switched off. A platform that cannot tell whose a
    /// well-formed id is gives somebody whose name is the id.
    /// </returns>
    /// <exception cref="ChatPlatformException">The platform cannot tell now.</exception>
    Task<PersonProfile?> FindPersonAsync(string id, CancellationToken cancellationToken) => Task.FromResult<PersonProfile?>(null);

    /// <summary>The people behind <paramref name="person"/>: of a group its members as they are now, perhaps none; of anybody else just that person.</summary>
    /// <exception cref="ChatPlatformException">The platform cannot tell now.</exception>
    Task<IReadOnlyList<Person>> MembersAsync(Person person, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Person>>([person]);

    /// <summary>Creates the incident's room and returns it; the same key gives the same room.</summary>
    Task<CreatedRoom> CreateRoomAsync(RoomRequest request, DeliveryKey key, CancellationToken cancellationToken) => throw Cannot("make rooms");

    Task SetTopicAsync(Conversation conversation, string topic, CancellationToken cancellationToken) => throw Cannot("set topics");

    Task InviteAsync(Conversation conversation, IReadOnlyList<Person> people, CancellationToken cancellationToken) => throw Cannot("invite anybody");

    Task PinAsync(Conversation conversation, string messageId, CancellationToken cancellationToken) => throw Cannot("pin messages");

    /// <summary>Gives a text as a file. The same <paramref name="key"/> gives it once, where the platform allows it to be recognised.</summary>
    Task UploadFileAsync(Conversation conversation, string fileName, string content, DeliveryKey key, CancellationToken cancellationToken) => throw Cannot("give files");

    private ChatPlatformException Cannot(string what) => new($"The bot cannot {what} on {Name}.", isTransient: false);
}

/// <param name="Origin">Where the incident was declared.</param>
/// <param name="DeclaredBy">Becomes a member.</param>
/// <param name="Opening">The status card as it is now, for a room that begins with a message.</param>
/// <param name="Page">The address of the incident's web page, a secret of its members; null where there is none.</param>
public sealed record RoomRequest(
    int IncidentNumber, string Title, bool IsPrivate, Conversation Origin, Person DeclaredBy, ChatMessage Opening, string? Page = null);

/// <param name="OpeningMessageId">The message that shows <see cref="RoomRequest.Opening"/>, which is followed from then on; null for an empty room.</param>
public sealed record CreatedRoom(Conversation Conversation, string? OpeningMessageId = null);
