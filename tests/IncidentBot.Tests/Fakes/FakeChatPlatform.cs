using System.Globalization;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.Tests.Fakes;

/// <summary>The far end: keeps what it was told, and fails when it is told to.</summary>
public sealed class FakeChatPlatform : IChatPlatform
{
    private readonly Lock _lock = new();
    private readonly List<PostedMessage> _messages = [];
    private readonly Dictionary<string, string> _idsByKey = [];
    private readonly Queue<ChatPlatformException> _faults = new();
    private readonly Queue<ChatPlatformException> _faultsOfUpdates = new();

    public string Name { get; init; } = "fake";

    /// <summary>A test takes some away or adds others, such as <see cref="ChatCapabilities.DirectMessages"/>: a personal message is then in the room of the person's id.</summary>
    public ChatCapabilities Capabilities { get; set; } =
        ChatCapabilities.CreateRooms | ChatCapabilities.Topics | ChatCapabilities.Pins | ChatCapabilities.Invitations | ChatCapabilities.Forms;

    public Conversation? AnnouncementConversation { get; set; }

    /// <summary>The rooms in which one person is alone with the bot.</summary>
    public HashSet<string> Personal { get; } = [];

    /// <summary>What it will not do, by the name of the call, and why.</summary>
    public Dictionary<string, ChatPlatformException> Refusals { get; } = [];

    /// <summary>What happens between somebody's seeing a message and the bot's learning that it was posted.</summary>
    public Func<Conversation, Task>? OncePosted { get; set; }

    /// <summary>Who can be found, by the id.</summary>
    public Dictionary<string, PersonProfile> People { get; } = [];

    /// <summary>The members of the groups among <see cref="People"/>, by the group's id.</summary>
    public Dictionary<string, IReadOnlyList<Person>> Groups { get; } = [];

    public List<Person> Invited { get; } = [];

    public List<(string Room, string FileName, string Content)> Files { get; } = [];

    public List<string> Pinned { get; } = [];

    public Dictionary<string, string> Topics { get; } = [];

    public int Calls { get; private set; }

    public IReadOnlyList<PostedMessage> Messages
    {
        get
        {
            lock (_lock)
                return [.. _messages];
        }
    }

    public IReadOnlyList<string> TextsIn(string room) => [.. Messages.Where(m => m.Room == room).Select(m => m.Message.ToPlainText())];

    public void FailNext(ChatPlatformException fault) => _faults.Enqueue(fault);

    public void FailNextUpdate(ChatPlatformException fault) => _faultsOfUpdates.Enqueue(fault);

    /// <summary>Somebody whose id and name are the same, as <see cref="TestChat"/> has them.</summary>
    public Person AddPerson(string id, string? zone = null)
    {
        var person = new Person(Name, id, id);
        People[id] = new PersonProfile(person, zone);
        return person;
    }

    public Person AddGroup(string id, string name, params IEnumerable<string> members)
    {
        var group = new Person(Name, id, name);
        People[id] = new PersonProfile(group, null) { IsGroup = true };
        Groups[id] = [.. members.Select(m => new Person(Name, m, m))];
        return group;
    }

    public bool IsPersonal(Conversation conversation) => Personal.Contains(conversation.Id);

    public async Task<string> PostAsync(Conversation conversation, ChatMessage message, DeliveryKey key, CancellationToken cancellationToken)
    {
        var id = Take(conversation, message, key);
        if (OncePosted is { } act)
            await act(conversation);
        return id;
    }

    public Task UpdateAsync(Conversation conversation, string messageId, ChatMessage message, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Enter();
            if (_faultsOfUpdates.TryDequeue(out var fault))
                throw fault;
            var index = _messages.FindIndex(m => m.Id == messageId && m.Room == conversation.Id);
            if (index < 0)
                throw new ChatPlatformException("There is no such message.", isTransient: false) { IsMessageGone = true };
            _messages[index] = _messages[index] with { Message = message, Updates = _messages[index].Updates + 1 };
        }
        return Task.CompletedTask;
    }

    public Task<PersonProfile?> FindPersonAsync(string id, CancellationToken cancellationToken)
    {
        Enter(nameof(FindPersonAsync));
        return Task.FromResult(People.GetValueOrDefault(id));
    }

    public Task<IReadOnlyList<Person>> MembersAsync(Person person, CancellationToken cancellationToken)
    {
        Enter(nameof(MembersAsync));
        return Task.FromResult(Groups.GetValueOrDefault(person.Id) ?? [person]);
    }

    public Task<CreatedRoom> CreateRoomAsync(RoomRequest request, DeliveryKey key, CancellationToken cancellationToken)
    {
        lock (_lock)
            Enter();
        return Task.FromResult(new CreatedRoom(new Conversation(Name, $"inc-{request.IncidentNumber}")));
    }

    public Task SetTopicAsync(Conversation conversation, string topic, CancellationToken cancellationToken)
    {
        Enter(nameof(SetTopicAsync));
        Topics[conversation.Id] = topic;
        return Task.CompletedTask;
    }

    public Task InviteAsync(Conversation conversation, IReadOnlyList<Person> people, CancellationToken cancellationToken)
    {
        Enter(nameof(InviteAsync));
        Invited.AddRange(people);
        return Task.CompletedTask;
    }

    public Task PinAsync(Conversation conversation, string messageId, CancellationToken cancellationToken)
    {
        Enter(nameof(PinAsync));
        Pinned.Add(messageId);
        return Task.CompletedTask;
    }

    public Task UploadFileAsync(Conversation conversation, string fileName, string content, DeliveryKey key, CancellationToken cancellationToken)
    {
        Enter(nameof(UploadFileAsync));
        Files.Add((conversation.Id, fileName, content));
        return Task.CompletedTask;
    }

    private string Take(Conversation conversation, ChatMessage message, DeliveryKey key)
    {
        lock (_lock)
        {
            Enter();
            if (_idsByKey.TryGetValue(key.Value, out var known))
                return known;
            var id = (_messages.Count + 1).ToString(CultureInfo.InvariantCulture);
            _idsByKey[key.Value] = id;
            _messages.Add(new PostedMessage(id, conversation.Id, message));
            return id;
        }
    }

    private void Enter(string call)
    {
        if (Refusals.TryGetValue(call, out var refusal))
            throw refusal;
    }

    private void Enter()
    {
        Calls++;
        if (_faults.TryDequeue(out var fault))
            throw fault;
    }

    public sealed record PostedMessage(string Id, string Room, ChatMessage Message, int Updates = 0);
}
