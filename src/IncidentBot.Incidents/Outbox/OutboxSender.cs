using System.Collections.Concurrent;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Store;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Outbox;

/// <summary>Turns one outbox message into calls of its platform.</summary>
public sealed class OutboxSender(
    IncidentStore store, IncidentReader reader, PostmortemPublisher postmortems, IEnumerable<IChatPlatform> platforms)
{
    private readonly ConcurrentDictionary<int, Conversation> _rooms = [];
    private readonly Dictionary<string, IChatPlatform> _platforms = platforms.ToDictionary(p => p.Name);

    /// <param name="behind">What waits behind it in the same lane: a refresh of a live message is left to the last one.</param>
    /// <exception cref="ChatPlatformException">The platform did not take it.</exception>
    public async Task SendAsync(OutboxMessage message, IEnumerable<OutboxMessage> behind, CancellationToken cancellationToken)
    {
        if (!_platforms.TryGetValue(message.Platform, out var platform))
            throw new ChatPlatformException($"The platform {message.Platform} is not configured.", isTransient: false);
        switch (message.Operation)
        {
            case PostMessage post:
                await platform.PostAsync(await TargetAsync(message, cancellationToken), post.Message, message.DeduplicationKey, cancellationToken);
                break;
            case PublishLive live:
                await PublishAsync(platform, message, live, behind, cancellationToken);
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
                if (await FindLiveAsync(message.IncidentNumber!.Value, pin.Kind, cancellationToken) is { } pinned)
                    await platform.PinAsync(pinned.Conversation, pinned.MessageId, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"Nothing sends a {message.Operation.GetType().Name}.");
        }
    }

    /// <summary>After a message was given up: what others must see finds another way where there is one.</summary>
    public async Task FallBackAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        // A private incident would be public there: it stays without a room, and its commands name it.
        if (message is { Operation: CreateRoom, IncidentNumber: { } number } && !(await IncidentAsync(message, cancellationToken)).IsPrivate)
            await MoveIntoAsync(number, incident => incident.Origin);
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

    private static Conversation Home(Incident incident) => incident.Room is null && incident.IsPrivate
        ? throw new ChatPlatformException($"{incident.Key} is private and has no room.", isTransient: false)
        : incident.HomeConversation;

    private async Task<Incident> IncidentAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        await using var db = store.Read();
        return await db.Incidents.SingleAsync(i => i.Number == message.IncidentNumber, cancellationToken);
    }

    private async Task CreateRoomAsync(IChatPlatform platform, OutboxMessage message, CancellationToken cancellationToken)
    {
        var incident = await IncidentAsync(message, cancellationToken);
        var request = new RoomRequest(incident.Number, incident.Title, incident.IsPrivate, incident.Origin, incident.DeclaredBy);
        var room = await platform.CreateRoomAsync(request, message.DeduplicationKey, cancellationToken);
        await MoveIntoAsync(incident.Number, _ => room);
    }

    private static string Topic(Incident incident) =>
        $"{incident.Key} {incident.Severity.ToText()} {incident.Status.ToText()}{(incident.IsDrill ? " (drill)" : "")}: {incident.Title}";

    // What the platform did is written down even while the host stops, or it would be done again.
    private Task<bool> MoveIntoAsync(int number, Func<Incident, Conversation> choose) =>
        store.WriteAsync(async db =>
        {
            var incident = await db.Incidents.SingleAsync(i => i.Number == number, CancellationToken.None);
            incident.MoveInto(choose(incident));
            await db.SaveChangesAsync(CancellationToken.None);
            return true;
        }, CancellationToken.None);

    private async Task PublishAsync(
        IChatPlatform platform, OutboxMessage message, PublishLive live, IEnumerable<OutboxMessage> behind, CancellationToken cancellationToken)
    {
        var number = message.IncidentNumber!.Value;
        var shown = await FindLiveAsync(number, live.Kind, cancellationToken);
        if (shown is not null && behind.Any(b => b.Operation is PublishLive later && later.Kind == live.Kind && (later.Repost || !live.Repost)))
            return;
        var snapshot = await reader.ReadAsync(number, cancellationToken)
            ?? throw new InvalidOperationException($"INC-{number} does not exist.");
        var content = live.Kind == LiveMessageKind.Postmortem
            ? await postmortems.ComposeAsync(snapshot, cancellationToken)
            : StatusCard.Compose(snapshot);
        if (shown is not null && !live.Repost)
        {
            await platform.UpdateAsync(shown.Conversation, shown.MessageId, content, cancellationToken);
            return;
        }
        var room = Home(snapshot.Incident);
        var id = await platform.PostAsync(room, content, message.DeduplicationKey, cancellationToken);
        await RememberAsync(number, live.Kind, room, id);
        if (shown is not null && shown.MessageId != id)
            await platform.UpdateAsync(shown.Conversation, shown.MessageId, ChatMessage.Of($"The draft of {snapshot.Incident.Key} was posted again below."), cancellationToken);
    }

    private async Task<LiveMessage?> FindLiveAsync(int number, LiveMessageKind kind, CancellationToken cancellationToken)
    {
        await using var db = store.Read();
        return await db.LiveMessages.SingleOrDefaultAsync(m => m.IncidentNumber == number && m.Kind == kind, cancellationToken);
    }

    private Task<bool> RememberAsync(int number, LiveMessageKind kind, Conversation room, string id) =>
        store.WriteAsync(async db =>
        {
            if (await db.LiveMessages.FindAsync([number, kind], CancellationToken.None) is { } known)
                known.PostedAs(room, id);
            else
                db.Add(new LiveMessage(number, kind, room, id));
            await db.SaveChangesAsync(CancellationToken.None);
            return true;
        }, CancellationToken.None);
}
