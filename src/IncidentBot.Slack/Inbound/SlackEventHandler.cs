using System.Text.Json;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Store;
using IncidentBot.Incidents.Timeline;
using IncidentBot.Slack.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace IncidentBot.Slack.Inbound;

/// <summary>What happens in Slack without anybody addressing the bot: reactions, edits, deletions, the App Home tab.</summary>
public sealed class SlackEventHandler(
    CommandDispatcher dispatcher,
    IncidentStore store,
    ISlackApiClient slack,
    SlackPeople people,
    SlackMessages messages,
    SlackChannels channels,
    SlackHome home,
    SlackAnswers answers,
    IOptions<SlackOptions> options,
    TimeProvider timeProvider)
{
    public Task<SlackReply> HandleAsync(EventCallback callback, CancellationToken cancellationToken)
    {
        var json = callback.Event;
        return callback.Type switch
        {
            "reaction_added" => OnReactionAsync(callback.EventId, Read<ReactionEvent>(json), isAdded: true, cancellationToken),
            "reaction_removed" => OnReactionAsync(callback.EventId, Read<ReactionEvent>(json), isAdded: false, cancellationToken),
            "message" => OnMessageAsync(callback.EventId, Read<MessageEvent>(json), cancellationToken),
            "app_home_opened" => Task.FromResult(OnHomeOpened(Read<HomeOpenedEvent>(json))),
            _ => Task.FromResult(SlackReply.Empty),
        };
    }

    private async Task<SlackReply> OnReactionAsync(string eventId, ReactionEvent? reaction, bool isAdded, CancellationToken cancellationToken)
    {
        // Skin tones stand behind the name: thumbsup::skin-tone-2.
        if (reaction is not { User: { } userId, Item: { Channel: { } channel, Ts: { } ts } } || reaction.Reaction?.Split("::")[0] != options.Value.TimelineReaction)
            return SlackReply.Empty;
        var conversation = SlackPlatform.In(channel);
        try
        {
            return isAdded
                ? await OnReactionAddedAsync(eventId, userId, conversation, ts, cancellationToken)
                : await OnReactionRemovedAsync(eventId, userId, channel, ts, cancellationToken);
        }
        catch (SlackException fault) when (!fault.IsTransient)
        {
            // Another delivery cannot help; whoever reacted learns why nothing happens.
            return Tell(conversation, userId, ChatMessage.Of($"The timeline does not follow your reaction. {SlackFaults.Explain(fault)}"));
        }
    }

    private async Task<SlackReply> OnReactionAddedAsync(string eventId, string userId, Conversation conversation, string ts, CancellationToken cancellationToken)
    {
        var who = people.FindAsync(userId, null, cancellationToken);
        if (await FetchAsync(conversation.Id, ts, cancellationToken) is not { } capture)
            return SlackReply.Empty;
        var (by, zone) = await who;
        var answer = await dispatcher.HandleAsync(Action(eventId, conversation, by, capture, zone), cancellationToken);
        // What was recorded shows in the room; what was not, nobody else would learn.
        return answer.IsRefused
            ? Tell(conversation, userId, answer.Message)
            : new SlackReply(After: stopping => RemoveUnlessThereAsync(eventId, userId, capture, stopping));
    }

    /// <summary>What the reaction makes of a message; null when that is not there any more.</summary>
    private async Task<CaptureMessage?> FetchAsync(string channel, string ts, CancellationToken cancellationToken) =>
        await messages.FetchAsync(channel, ts, cancellationToken) is var (message, text) ? new CaptureMessage(message, EntryKind.Note, message.SaidAt, text) : null;

    /// <summary>A reaction may be taken back, or its message deleted, while that is still fetched: what followed that found nothing to remove.</summary>
    private async Task RemoveUnlessThereAsync(string eventId, string userId, CaptureMessage capture, CancellationToken cancellationToken)
    {
        var source = capture.Message.Source;
        try
        {
            if (!await IsReactedToAsync(source, cancellationToken))
                await FollowAsync(eventId + ":taken-back", userId, source, new TakeBackCapture(capture), cancellationToken);
        }
        catch (SlackException fault) when (fault.ErrorCode == "message_not_found")
        {
            await FollowAsync(eventId + ":deleted", null, source, new FollowRemoval(source), cancellationToken);
        }
        catch (SlackException)
        {
            // The entry stands, as it does for nearly every reaction; who does not want it can remove it.
        }
    }

    private SlackReply Tell(Conversation conversation, string userId, ChatMessage message) =>
        new(After: stopping => answers.ShowAsync(null, conversation, userId, SlackAnswers.Render(message), stopping));

    private async Task<SlackReply> OnReactionRemovedAsync(string eventId, string userId, string channel, string ts, CancellationToken cancellationToken)
    {
        var source = SlackMessages.Reference(channel, ts);
        return await IsCapturedAsync(source, cancellationToken) && !await IsReactedToAsync(source, cancellationToken)
            && await FetchAsync(channel, ts, cancellationToken) is { } capture
            ? await FollowAsync(eventId, userId, source, new TakeBackCapture(capture), cancellationToken)
            : SlackReply.Empty;
    }

    /// <summary>Whether anybody's timeline reaction is at the message now.</summary>
    private async Task<bool> IsReactedToAsync(MessageReference source, CancellationToken cancellationToken) =>
        (await slack.Reactions.GetForMessage(source.Conversation.Id, source.MessageId, cancellationToken)).Contains(options.Value.TimelineReaction);

    private async Task<SlackReply> OnMessageAsync(string eventId, MessageEvent? e, CancellationToken cancellationToken)
    {
        switch (e)
        {
            // A message with replies is not deleted but replaced by one that says so.
            case { Subtype: "message_changed", Channel: { } channel, Message: { Subtype: "tombstone", Ts: { } ts } }:
                return await OnDeletedAsync(eventId, channel, ts, cancellationToken);
            // An unfurled link counts as a change too, of the same text.
            case { Subtype: "message_changed", Channel: { } channel, Message: { Ts: not null } message, PreviousMessage: { Ts: not null } previous }
                when SlackMessages.TextOf(message) != SlackMessages.TextOf(previous):
                var source = SlackMessages.Reference(channel, message.Ts);
                // The bot edits its own messages whenever the timeline changes: to follow them would never end.
                if (!await IsCapturedAsync(source, cancellationToken) || message.User == await channels.BotUserIdAsync(cancellationToken))
                    return SlackReply.Empty;
                var (_, earlier) = await messages.ReadAsync(channel, previous, cancellationToken);
                var (_, text) = await messages.ReadAsync(channel, message, cancellationToken);
                return await FollowAsync(eventId, message.Edited?.User ?? message.User, source, new FollowEdit(source, earlier, text), cancellationToken);
            case { Subtype: "message_deleted", Channel: { } channel, DeletedTs: { } ts }:
                return await OnDeletedAsync(eventId, channel, ts, cancellationToken);
            default:
                return SlackReply.Empty;
        }
    }

    /// <summary>Slack does not tell who deleted it: its author, or somebody who may.</summary>
    private async Task<SlackReply> OnDeletedAsync(string eventId, string channel, string ts, CancellationToken cancellationToken)
    {
        var deleted = SlackMessages.Reference(channel, ts);
        return await IsCapturedAsync(deleted, cancellationToken)
            ? await FollowAsync(eventId, null, deleted, new FollowRemoval(deleted), cancellationToken)
            : SlackReply.Empty;
    }

    private SlackReply OnHomeOpened(HomeOpenedEvent? e) =>
        e is { User: { } userId, Tab: "home" } ? new SlackReply(After: stopping => home.PublishAsync(userId, stopping)) : SlackReply.Empty;

    private async Task<SlackReply> FollowAsync(
        string eventId, string? userId, MessageReference source, Command command, CancellationToken cancellationToken)
    {
        var (by, zone) = userId is null
            ? new PersonProfile(new Person(SlackPlatform.PlatformName, "slack", "somebody in Slack"), null)
            : await people.FindAsync(userId, null, cancellationToken);
        await dispatcher.HandleAsync(Action(eventId, source.Conversation, by, command, zone), cancellationToken);
        return SlackReply.Empty;
    }

    /// <summary>Nearly every message that is edited or deleted is in no timeline; those need not queue for the writer.</summary>
    private Task<bool> IsCapturedAsync(MessageReference source, CancellationToken cancellationToken) =>
        store.ReadAsync(db => db.Entries.AnyAsync(e => e.Source == source && !e.IsRemoved, cancellationToken), cancellationToken);

    private InboundAction Action(string eventId, Conversation conversation, Person by, Command command, string? zone) =>
        new("slack:" + eventId, conversation, by, command, zone, timeProvider.GetUtcNow());

    /// <summary>Null for an event that lacks what it should have.</summary>
    private static TEvent? Read<TEvent>(JsonElement json)
        where TEvent : class
    {
        try
        {
            return json.Deserialize<TEvent>(SlackJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record ReactionEvent(string? User, string? Reaction, ReactedItem? Item);

    private sealed record ReactedItem(string? Channel, string? Ts);

    private sealed record MessageEvent(string? Subtype, string? Channel, HistoryMessage? Message, HistoryMessage? PreviousMessage, string? DeletedTs);

    private sealed record HomeOpenedEvent(string? User, string? Tab);
}
