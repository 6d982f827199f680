using IncidentBot.Incidents.ActionItems;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Escalations;
using IncidentBot.Incidents.Overview;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;
using Microsoft.EntityFrameworkCore;

namespace IncidentBot.Incidents.Outbox;

/// <summary>Posts the messages that follow what is recorded, and brings them up to date in their place.</summary>
public sealed class LiveMessagePublisher(IncidentStore store, IncidentReader reader, PostmortemPublisher postmortems, TimeProvider timeProvider)
{
    /// <summary>To a group it goes to each of its members.</summary>
    /// <param name="behind">What waits behind it in the same lane: a refresh is left to the last one.</param>
    /// <param name="key">Of a message that is posted; asked only where one is.</param>
    /// <exception cref="ChatPlatformException">The platform did not take it.</exception>
    public async Task PublishAsync(
        IChatPlatform platform, OutboxMessage message, PublishLive live, IEnumerable<OutboxMessage> behind, Func<DeliveryKey> key, CancellationToken cancellationToken)
    {
        if (live.To is { } person && await MembersAsync(platform, person, cancellationToken) is { } members)
        {
            await SplitAsync(message, live, members);
            return;
        }
        var number = message.IncidentNumber!.Value;
        var shown = await FindAsync(number, live, cancellationToken);
        if (shown is not null && behind.Any(b => b.Operation is PublishLive later && later.ShowsSameAs(live) && (later.Repost || !live.Repost)))
            return;
        var snapshot = await reader.ReadAsync(number, cancellationToken) ?? throw new InvalidOperationException($"INC-{number} does not exist.");
        // Nobody is asked twice who is named in person and belongs to a group as well.
        var isRepost = live.Repost && (live.Step == 0 || shown?.Step != live.Step);
        var (content, isCurrent) = await ComposeAsync(live, snapshot, shown is null || isRepost ? ReminderTexts.Lateness(live.DueAt, timeProvider.GetUtcNow()) : null, cancellationToken);
        // Nobody is asked or reminded any more who has answered meanwhile.
        var isNew = isRepost && isCurrent;
        if (shown is null && !isCurrent)
            return;
        if (shown is not null && !isNew && (await TryUpdateAsync(platform, shown.Conversation, shown.MessageId, content, cancellationToken) || !isCurrent))
            return;
        var room = live.To is null ? OutboxSender.Home(snapshot.Incident) : new Conversation(platform.Name, live.To.Id);
        var id = await platform.PostAsync(room, content, key(), cancellationToken);
        await RememberAsync(message, live, room, id, isNew ? Superseded(live, snapshot) : null, platform.Capabilities.HasFlag(ChatCapabilities.Pins));
    }

    /// <param name="late">How much too late it is posted; null when in time, and where it is only brought up to date.</param>
    /// <returns>The message, and whether it is still worth being said.</returns>
    private async Task<(ChatMessage Content, bool IsCurrent)> ComposeAsync(PublishLive live, IncidentSnapshot snapshot, TimeSpan? late, CancellationToken cancellationToken) => live.Kind switch
    {
        LiveMessageKind.StatusCard => (StatusCard.Compose(snapshot), true),
        LiveMessageKind.Postmortem => (await postmortems.ComposeAsync(snapshot, cancellationToken), true),
        LiveMessageKind.Escalation => EscalationCalls.Compose(snapshot, live.Number, null, late),
        LiveMessageKind.EscalationCall => EscalationCalls.Compose(snapshot, live.Number, live.To, late),
        LiveMessageKind.ActionItem => RemindOfActionItem.Compose(snapshot, live.Number, timeProvider.GetUtcNow(), late, live.Assignment),
        _ => throw new InvalidOperationException($"Nothing composes a {live.Kind}."),
    };

    private static ChatMessage Superseded(PublishLive live, IncidentSnapshot snapshot) => live.Kind switch
    {
        LiveMessageKind.Escalation or LiveMessageKind.EscalationCall => EscalationCalls.Superseded(snapshot, live.Number, live.To),
        LiveMessageKind.ActionItem => ChatMessage.Of($"Task {live.Number} of {snapshot.Incident.Key}{snapshot.Incident.DrillMark}: a newer reminder is below."),
        _ => ChatMessage.Of($"The draft of {snapshot.Incident.Key} was posted again below."),
    };

    /// <summary>Those behind a group, who get a message each; null for a person.</summary>
    /// <exception cref="ChatPlatformException">Nobody belongs to the group, or the platform does not tell who does.</exception>
    private static async Task<IReadOnlyList<Person>?> MembersAsync(IChatPlatform platform, Person person, CancellationToken cancellationToken) =>
        await platform.MembersAsync(person, cancellationToken) switch
        {
            [] => throw new ChatPlatformException("Nobody belongs to that group.", isTransient: false),
            [var only] when only.IsSameAs(person) => null,
            var members => members,
        };

    /// <summary>In one commit with the end of the message itself, so that nobody gets two after a crash in between.</summary>
    private Task<bool> SplitAsync(OutboxMessage message, PublishLive live, IReadOnlyList<Person> members) =>
        store.WriteAsync(async db =>
        {
            var now = timeProvider.GetUtcNow();
            var taken = await db.Outbox
                .Where(m => m.Id == message.Id && m.State == OutboxState.Pending)
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, OutboxState.Sent).SetProperty(x => x.DoneAt, now), CancellationToken.None);
            if (taken == 0)
                return false;
            foreach (var person in members)
                db.Add(new OutboxMessage($"{person.Platform}:{person.Id}", person.Platform, null, message.IncidentNumber, live with { To = person }, now));
            await db.SaveChangesAsync(CancellationToken.None);
            return true;
        }, CancellationToken.None);

    /// <returns>False when somebody deleted the message.</returns>
    internal static async Task<bool> TryUpdateAsync(IChatPlatform platform, Conversation conversation, string messageId, ChatMessage content, CancellationToken cancellationToken)
    {
        try
        {
            await platform.UpdateAsync(conversation, messageId, content, cancellationToken);
            return true;
        }
        catch (ChatPlatformException fault) when (fault.IsMessageGone)
        {
            return false;
        }
    }

    /// <summary>Where the message is that somebody, or the room, sees already.</summary>
    internal async Task<LiveMessage?> FindAsync(int number, PublishLive live, CancellationToken cancellationToken)
    {
        var recipient = LiveMessage.RecipientOf(live.To);
        await using var db = store.Read();
        return await db.LiveMessages.SingleOrDefaultAsync(
            m => m.IncidentNumber == number && m.Kind == live.Kind && m.Number == live.Number && m.Recipient == recipient, cancellationToken);
    }

    /// <param name="superseded">What the one before it is to show from now on; null: as it is. Left to the outbox, as a pin is.</param>
    private Task<bool> RememberAsync(OutboxMessage message, PublishLive live, Conversation room, string id, ChatMessage? superseded, bool canPin) =>
        store.WriteAsync(async db =>
        {
            var number = message.IncidentNumber!.Value;
            var kind = live.Kind;
            var recipient = LiveMessage.RecipientOf(live.To);
            var known = await db.LiveMessages.FindAsync([number, kind, live.Number, recipient], CancellationToken.None);
            if (known is not null && superseded is not null && known.MessageId != id)
                db.Add(new OutboxMessage(message.Lane, message.Platform, known.Conversation, number, new ReplaceMessage(known.MessageId, superseded), timeProvider.GetUtcNow()));
            var isFirst = known is null;
            if (known is null)
                db.Add(known = new LiveMessage(number, kind, live.Number, recipient, room, id));
            known.PostedAs(room, id, live.Step > 0 ? live.Step : known.Step);
            // The first card is pinned by the declaration; with one that somebody deleted its pin went too. Left to the outbox, as
            // a pin that fails must not post the card once more.
            if (!isFirst && kind == LiveMessageKind.StatusCard && canPin)
                db.Add(new OutboxMessage(message.Lane, message.Platform, null, number, new PinLive(kind), timeProvider.GetUtcNow()));
            await db.SaveChangesAsync(CancellationToken.None);
            return true;
        }, CancellationToken.None);
}
