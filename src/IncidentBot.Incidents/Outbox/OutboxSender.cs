using System.Collections.Concurrent;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Outbox;

/// <summary>Turns one outbox message into calls of its platform.</summary>
public sealed class OutboxSender(
    IncidentStore store,
    IncidentReader reader,
    LiveMessagePublisher liveMessages,
    ReminderDispatcher reminders,
    IEnumerable<IChatPlatform> platforms,
    IncidentPages pages,
    TimeProvider timeProvider)
{
    private readonly DateTimeOffset _startedAt = timeProvider.GetUtcNow();
    private readonly ConcurrentDictionary<int, Conversation> _rooms = [];
    private readonly ConcurrentDictionary<long, bool> _tried = [];
    private readonly Dictionary<string, IChatPlatform> _platforms = platforms.ToDictionary(p => p.Name);

    /// <param name="behind">What waits behind it in the same lane: a refresh of a live message is left to the last one.</param>
    /// <exception cref="ChatPlatformException">The platform did not take it.</exception>
    public async Task SendAsync(OutboxMessage message, IEnumerable<OutboxMessage> behind, CancellationToken cancellationToken)
    {
        if (!_platforms.TryGetValue(message.Platform, out var platform))
            throw new ChatPlatformException($"The platform {message.Platform} is not configured.", isTransient: false);
        // A person hears of several incidents in one lane, and each has a task 1.
        behind = behind.Where(b => b.IncidentNumber == message.IncidentNumber);
        switch (message.Operation)
        {
            case PostMessage post:
                await PostAsync(platform, message, post, cancellationToken);
                break;
            case NotifyPerson notify:
                await platform.PostAsync(new Conversation(platform.Name, notify.Person.Id), notify.Message, KeyOf(message), cancellationToken);
                break;
            case PublishLive live:
                await liveMessages.PublishAsync(platform, message, live, behind, () => KeyOf(message), cancellationToken);
                break;
            case SendReminder reminder:
                if (await reminders.ComposeAsync(reminder.ReminderId, cancellationToken) is { } said)
                    await platform.PostAsync(await TargetAsync(message, cancellationToken), said, KeyOf(message), cancellationToken);
                break;
            case ReplaceMessage replace:
                await LiveMessagePublisher.TryUpdateAsync(platform, message.Conversation!, replace.MessageId, replace.Message, cancellationToken);
                break;
            case CreateRoom:
                await CreateRoomAsync(platform, message, cancellationToken);
                break;
            case RefreshTopic:
                if (!behind.Any(b => b.Operation is RefreshTopic))
                    await platform.SetTopicAsync(await TargetAsync(message, cancellationToken), Topic(await IncidentAsync(message, cancellationToken)), cancellationToken);
                break;
            case InvitePeople invite:
                await platform.InviteAsync(await TargetAsync(message, cancellationToken), invite.People, cancellationToken);
                break;
            case PinLive pin:
                if (await liveMessages.FindAsync(message.IncidentNumber!.Value, new PublishLive(pin.Kind), cancellationToken) is { } pinned)
                    await platform.PinAsync(pinned.Conversation, pinned.MessageId, cancellationToken);
                break;
            case UploadDraft:
                if (!platform.Capabilities.HasFlag(ChatCapabilities.UpdatableFiles) || !behind.Any(b => b.Operation is UploadDraft))
                    await UploadDraftAsync(platform, message, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"Nothing sends a {message.Operation.GetType().Name}.");
        }
    }

    /// <summary>After a message was given up: what others must see finds another way where there is one.</summary>
    /// <param name="reason">What may be shown of the fault; null for a fault of the program itself.</param>
    public async Task FallBackAsync(OutboxMessage message, string? reason, CancellationToken cancellationToken)
    {
        // A private incident would be public there: it stays without a room, and its commands name it.
        if (message is { Operation: CreateRoom, IncidentNumber: { } number } && !(await IncidentAsync(message, cancellationToken)).IsPrivate)
            await MoveIntoAsync(number, incident => incident.Origin);
        if (reason is not null && message.Operation is PostMessage { Asked: { } person } answer && HasDirectMessages(person))
            await AnswerInPrivateAsync(person, answer.Message, reason);
        // A room that cannot be posted in cannot be told so either.
        if (reason is not null && message.IncidentNumber is not null && WhatFailed(message) is { } what)
            await SendToRoomOnceAsync(message, new PostMessage(ChatMessage.Of(new RichText([new TextSpan($"{what} {reason}", TextStyle.Italic)]))));
        // Or the task would be forgotten. One that is only brought up to date was said.
        if (message.Operation is PublishLive { Kind: LiveMessageKind.ActionItem, Repost: true, To: not null } reminder)
            await SendToRoomOnceAsync(message, reminder with { To = null });
    }

    private bool HasDirectMessages(Person person) =>
        _platforms.TryGetValue(person.Platform, out var platform) && platform.Capabilities.HasFlag(ChatCapabilities.DirectMessages);

    private Task<bool> AnswerInPrivateAsync(Person person, ChatMessage answer, string reason) =>
        store.WriteAsync(async db =>
        {
            var notice = new ContextBlock($"The bot could not answer where you wrote to it. {reason}");
            db.Add(new OutboxMessage($"{person.Platform}:{person.Id}", person.Platform, null, null, new NotifyPerson(person, new ChatMessage([.. answer.Blocks, notice])), timeProvider.GetUtcNow()));
            await db.SaveChangesAsync(CancellationToken.None);
            return true;
        }, CancellationToken.None);

    private static string? WhatFailed(OutboxMessage message) => message.Operation switch
    {
        CreateRoom => "The incident has no room of its own.",
        RefreshTopic => "The topic of this room was not changed.",
        InvitePeople => "Not everybody was brought into this room.",
        PinLive => "The status card was not pinned.",
        UploadDraft => "The draft was not uploaded as a file.",
        NotifyPerson notify => $"{notify.Person.Name} got no message of their own.",
        PublishLive { To: { Name.Length: > 0 } person } => $"{person.Name} got no message of their own.",
        SendReminder => "A reminder was not posted.",
        PostMessage when message.Conversation is not null => "An announcement was not posted.",
        _ => null,
    };

    /// <summary>The fifth refresh of a topic that may not be set says nothing new for the same reason, nor the fifth member of a group whose task it is.</summary>
    private Task<bool> SendToRoomOnceAsync(OutboxMessage failed, OutboxOperation operation) =>
        store.WriteAsync(async db =>
        {
            var isKnown = await db.Outbox.AnyAsync(m => m.IncidentNumber == failed.IncidentNumber && m.Conversation == null && m.Operation == operation, CancellationToken.None);
            if (!isKnown)
            {
                var incident = await db.Incidents.SingleAsync(i => i.Number == failed.IncidentNumber, CancellationToken.None);
                var lane = OutboxMessage.LaneOf(incident);
                db.Add(new OutboxMessage(lane, incident.Origin.Platform, null, failed.IncidentNumber, operation, timeProvider.GetUtcNow()));
                await db.SaveChangesAsync(CancellationToken.None);
            }
            return true;
        }, CancellationToken.None);

    /// <summary>What became of a message is on disk.</summary>
    public void Forget(long id) => _tried.TryRemove(id, out _);

    /// <summary>For a try that is made now. One that could not be written down, as the store took nothing then, counts as well.</summary>
    private DeliveryKey KeyOf(OutboxMessage message)
    {
        var isTried = !_tried.TryAdd(message.Id, true);
        return new(message.DeduplicationKey, isTried || message.Attempts > 0 || message.CreatedAt < _startedAt, message.CreatedAt);
    }

    private async Task UploadDraftAsync(IChatPlatform platform, OutboxMessage message, CancellationToken cancellationToken)
    {
        var number = message.IncidentNumber!.Value;
        await using var db = store.Read();
        if (await db.Postmortems.SingleOrDefaultAsync(p => p.IncidentNumber == number, cancellationToken) is { } postmortem)
            await platform.UploadFileAsync(await TargetAsync(message, cancellationToken), $"postmortem-{number}.md", postmortem.Markdown, KeyOf(message), cancellationToken);
    }

    private async Task<Conversation> TargetAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.Conversation is not null)
            return message.Conversation;
        var number = message.IncidentNumber!.Value;
        if (_rooms.TryGetValue(number, out var known))
            return known;
        var incident = await IncidentAsync(message, cancellationToken);
        var room = Home(incident);
        // An incident keeps its room.
        if (incident.Room is not null)
            _rooms[number] = room;
        return room;
    }

    /// <exception cref="ChatPlatformException">What is private has no place but a room of its own.</exception>
    internal static Conversation Home(Incident incident) => incident.Room is null && incident.IsPrivate
        ? throw new ChatPlatformException($"{incident.Key} is private and has no room.", isTransient: false)
        : incident.HomeConversation;

    private async Task<Incident> IncidentAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        await using var db = store.Read();
        return await db.Incidents.SingleAsync(i => i.Number == message.IncidentNumber, cancellationToken);
    }

    private async Task CreateRoomAsync(IChatPlatform platform, OutboxMessage message, CancellationToken cancellationToken)
    {
        var snapshot = await ReadAsync(message.IncidentNumber!.Value, cancellationToken);
        var incident = snapshot.Incident;
        // Made by a try after which the bot was killed: people write there by now.
        if (incident.Room is not null && incident.Room != incident.Origin)
            return;
        var request = new RoomRequest(
            incident.Number, incident.Title, incident.IsPrivate, incident.Origin, incident.DeclaredBy, StatusCard.Compose(snapshot), pages.UrlOf(incident));
        var room = await platform.CreateRoomAsync(request, KeyOf(message), cancellationToken);
        await MoveIntoAsync(incident.Number, _ => room.Conversation, room.OpeningMessageId);
    }

    private async Task PostAsync(IChatPlatform platform, OutboxMessage message, PostMessage post, CancellationToken cancellationToken)
    {
        var target = await TargetAsync(message, cancellationToken);
        // Where an incident turned out to have its room nobody needs to be told of it.
        if (message is not { Conversation: not null, IncidentNumber: not null } || (await IncidentAsync(message, cancellationToken)).Room != target)
            await platform.PostAsync(target, post.Message, KeyOf(message), cancellationToken);
    }

    private async Task<IncidentSnapshot> ReadAsync(int number, CancellationToken cancellationToken) =>
        await reader.ReadAsync(number, cancellationToken) ?? throw new InvalidOperationException($"INC-{number} does not exist.");

    private static string Topic(Incident incident) =>
        $"{incident.Key} {incident.Severity.ToText()} {incident.Status.ToText()}{incident.DrillMark}: {incident.Title}";

    /// <summary>What the platform did is written down even while the host stops, or it would be done again.</summary>
    /// <param name="statusCard">The message by which the room begins, if it does.</param>
    private Task<bool> MoveIntoAsync(int number, Func<Incident, Conversation> choose, string? statusCard = null) =>
        store.WriteAsync(async db =>
        {
            var incident = await db.Incidents.SingleAsync(i => i.Number == number, CancellationToken.None);
            incident.MoveInto(choose(incident));
            if (statusCard is not null)
                db.Add(new LiveMessage(number, LiveMessageKind.StatusCard, 0, "", incident.HomeConversation, statusCard));
            await db.SaveChangesAsync(CancellationToken.None);
            return true;
        }, CancellationToken.None);
}
