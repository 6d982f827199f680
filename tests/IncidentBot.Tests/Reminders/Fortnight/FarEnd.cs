using System.Globalization;
using System.Text.RegularExpressions;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;

namespace IncidentBot.Tests.Reminders.Fortnight;

/// <summary>
/// The chat outside of the bot's process: keeps every message under its key for all of the fortnight, whatever becomes of the bot. At a
/// call it can cut the bot off, which then waits for an answer for ever, as one does that was killed: nothing behind the call is run.
/// </summary>
internal sealed partial class FarEnd(TimeProvider clock, Func<int> nextSequence, int seed)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly List<Post> _posts = [];
    private readonly Dictionary<string, Post> _byKey = [];
    private readonly Dictionary<string, Post> _byId = [];
    private readonly Random _random = new(seed);
    private int _callsUntilCut = -1;
    private bool _isTakenBeforeCut;

    public IReadOnlyList<Post> Posts => _posts;

    public HashSet<string> Rooms { get; } = [];

    /// <summary>How often a message came again under a key that it had come under before.</summary>
    public int RepeatedDeliveries { get; private set; }

    /// <summary>How often it did what it was asked and the bot did not learn of it, other than by being cut off.</summary>
    public int LostAnswers { get; private set; }

    public int Calls { get; private set; }

    /// <summary>The bot dies of the n-th call from now.</summary>
    public void CutAt(int call, bool isTaken) => (_callsUntilCut, _isTakenBeforeCut) = (call, isTaken);

    public void DoNotCut() => _callsUntilCut = -1;

    /// <summary>The buttons under what somebody sees in the conversation with the bot now.</summary>
    public IEnumerable<(Post Post, string Command)> ButtonsOf(int incident, int escalation, string label) => _posts
        .Where(p => p is { Kind: PostKind.Call } && p.Incident == incident && p.Subject == escalation)
        .SelectMany(p => p.Current.Blocks.OfType<ButtonsBlock>().SelectMany(b => b.Buttons).Where(b => b.Label == label).Select(b => (p, b.Command!)));

    private Task<T> CallAsync<T>(Line line, Func<T> take)
    {
        lock (_lock)
        {
            if (line.IsCut)
                return new TaskCompletionSource<T>().Task;
            Calls++;
            var isCut = _callsUntilCut > 0 && --_callsUntilCut == 0;
            if (isCut && !_isTakenBeforeCut)
                return line.CutAsync<T>();
            var chance = _random.NextDouble();
            if (chance < .004)
                throw new ChatPlatformException("It is busy.", isTransient: true, retryAfter: Pause);
            var answer = take();
            if (isCut || chance > .996)
                _posts.FindLast(p => p.Id == answer as string)?.IsAnswerLost = true;
            if (isCut)
                return line.CutAsync<T>();
            if (chance > .996)
            {
                LostAnswers++;
                throw new ChatPlatformException("Its answer was lost.", isTransient: true, retryAfter: Pause);
            }
            return Task.FromResult(answer);
        }
    }

    private string Take(Conversation conversation, ChatMessage message, DeliveryKey key)
    {
        if (_byKey.TryGetValue(key.Value, out var known))
        {
            RepeatedDeliveries++;
            Assert.Equal(known.Room, conversation.Id);
            return known.Id;
        }
        var post = new Post((_posts.Count + 1).ToString(CultureInfo.InvariantCulture), conversation.Id, message.ToPlainText(), clock.GetUtcNow(), nextSequence()) { Current = message };
        Classify(post);
        _posts.Add(post);
        _byKey[key.Value] = post;
        _byId[post.Id] = post;
        return post.Id;
    }

    /// <summary>What a message is about, as somebody understands it who reads it.</summary>
    private static void Classify(Post post)
    {
        var text = post.Text;
        post.Incident = IncidentKey().Match(text) is { Success: true } key ? Number(key.Groups[1]) : 0;
        post.Late = Late().Match(text) is { Success: true } late ? Minutes(late) : null;
        post.Kind = text.StartsWith("Left out: a reminder", StringComparison.Ordinal) ? PostKind.LeftOut
            : text.Contains("asks for your help", StringComparison.Ordinal) ? (Cast.IsKnown(post.Room) ? PostKind.Call : PostKind.RoomCall)
            : text.Contains("nobody has acknowledged escalation", StringComparison.OrdinalIgnoreCase) ? PostKind.NobodyAnswered
            : text.Contains("takeholders of INC-", StringComparison.Ordinal) ? PostKind.StatusUpdate
            : text.StartsWith("When and how was INC-", StringComparison.Ordinal) ? PostKind.NoDetection
            : text.StartsWith("Nobody is in command of INC-", StringComparison.Ordinal) ? PostKind.NoCommander
            : text.StartsWith("The impact of INC-", StringComparison.Ordinal) ? PostKind.NoImpact
            : text.StartsWith("Nothing was recorded of INC-", StringComparison.Ordinal) ? PostKind.Quiet
            : text.Contains(", the postmortem of INC-", StringComparison.Ordinal) ? PostKind.MissingParts
            : text.StartsWith("Incidents: what is left to do", StringComparison.Ordinal) ? PostKind.Digest
            : TaskReminder().IsMatch(text) ? PostKind.Task
            : PostKind.Other;
        if (post.Kind == PostKind.LeftOut && post.Room.StartsWith("inc-", StringComparison.Ordinal))
            post.Incident = int.Parse(post.Room.AsSpan(4), CultureInfo.InvariantCulture);
        if (post.Kind == PostKind.Digest)
            post.Incident = 0;
        post.Subject = post.Kind switch
        {
            PostKind.Call or PostKind.RoomCall or PostKind.NobodyAnswered or PostKind.LeftOut when EscalationNumber().Match(text) is { Success: true } number => Number(number.Groups[1]),
            PostKind.Task => Number(TaskReminder().Match(text).Groups[1]),
            _ => 0,
        };

        static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

        static TimeSpan Minutes(Match late) => TimeSpan.FromMinutes(
            (late.Groups[1].Success ? 60 * Number(late.Groups[1]) : 0) + (late.Groups[2].Success ? Number(late.Groups[2]) : 0));
    }

    [GeneratedRegex(@"INC-(\d+)")]
    private static partial Regex IncidentKey();

    [GeneratedRegex(@"escalation (\d+)")]
    private static partial Regex EscalationNumber();

    [GeneratedRegex(@"^Task (\d+) of INC-\d+( \(drill\))? (has no due date|is due|was due)")]
    private static partial Regex TaskReminder();

    [GeneratedRegex(@"this comes (?:(\d+) h)? ?(?:(\d+) min)? late")]
    private static partial Regex Late();

    /// <summary>One process's way to the far end.</summary>
    public sealed class Line(FarEnd far) : IChatPlatform
    {
        private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Ends when the process was killed at a call.</summary>
        public Task Cut => _cut.Task;

        public bool IsCut { get; private set; }

        public string Name => Cast.Platform;

        public ChatCapabilities Capabilities =>
            ChatCapabilities.CreateRooms | ChatCapabilities.Pins | ChatCapabilities.DirectMessages;

        public Conversation? AnnouncementConversation { get; } = new(Cast.Platform, Cast.Announcements);

        /// <summary>The process is gone: nothing that it still does gets anywhere.</summary>
        public void Hang() => IsCut = true;

        public Task<T> CutAsync<T>()
        {
            IsCut = true;
            _cut.TrySetResult();
            return new TaskCompletionSource<T>().Task;
        }

        public Task<string> PostAsync(Conversation conversation, ChatMessage message, DeliveryKey key, CancellationToken cancellationToken) =>
            far.CallAsync(this, () => far.Take(conversation, message, key));

        public Task UpdateAsync(Conversation conversation, string messageId, ChatMessage message, CancellationToken cancellationToken) => far.CallAsync(this, () =>
        {
            var post = far._byId[messageId];
            Assert.Equal(post.Room, conversation.Id);
            return post.Current = message;
        });

        public Task<PersonProfile?> FindPersonAsync(string id, CancellationToken cancellationToken) =>
            Task.FromResult(Cast.IsKnown(id) ? new PersonProfile(new Person(Name, id, id), null) : null);

        public Task<IReadOnlyList<Person>> MembersAsync(Person person, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Person>>([.. Cast.PeopleOf(person.Id).Select(name => new Person(Name, name, name))]);

        public Task<CreatedRoom> CreateRoomAsync(RoomRequest request, DeliveryKey key, CancellationToken cancellationToken) => far.CallAsync(this, () =>
        {
            var room = string.Create(CultureInfo.InvariantCulture, $"inc-{request.IncidentNumber}");
            far.Rooms.Add(room);
            return new CreatedRoom(new Conversation(Name, room));
        });

        public Task PinAsync(Conversation conversation, string messageId, CancellationToken cancellationToken) => far.CallAsync(this, () => true);
    }
}

internal enum PostKind
{
    Other,

    /// <summary>Somebody is asked for help in a message of their own.</summary>
    Call,

    /// <summary>The same in the room.</summary>
    RoomCall,

    NobodyAnswered,
    StatusUpdate,
    NoDetection,
    NoCommander,
    NoImpact,
    Quiet,
    MissingParts,
    Task,
    Digest,
    LeftOut,
}

/// <param name="Text">As it was posted.</param>
internal sealed record Post(string Id, string Room, string Text, DateTimeOffset At, int Sequence)
{
    public PostKind Kind { get; set; }

    public int Incident { get; set; }

    /// <summary>The number of the escalation or task.</summary>
    public int Subject { get; set; }

    /// <summary>How late it says that it is.</summary>
    public TimeSpan? Late { get; set; }

    /// <summary>Whether the bot did not learn at first that it was posted.</summary>
    public bool IsAnswerLost { get; set; }

    /// <summary>As it is shown by now.</summary>
    public required ChatMessage Current { get; set; }

    public override string ToString() => $"{At:MM-dd HH:mm:ss.fff} ({Sequence}) in {Room}, {Kind} {Subject}{(Late is { } late ? $", {late:hh\\:mm} late" : "")}: {Text.Split('\n')[0]}";
}
