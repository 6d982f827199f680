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
    SlackText texts,
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
        if (await messages.FetchAsync(conversation.Id, ts, cancellationToken) is not var (message, text))
            return SlackReply.Empty;
        var (by, zone) = await who;
        var answer = await dispatcher.HandleAsync(
            Action(eventId, conversation, by, new CaptureMessage(message, EntryKind.Note, message.SaidAt, text), zone), cancellationToken);
        // What was recorded shows in the room; what was not, nobody else would learn.
        return answer.IsRefused
            ? Tell(conversation, userId, answer.Message)
            : new SlackReply(After: stopping => RemoveUnlessThereAsync(eventId, userId, message.Source, stopping));
    }

    /// <summary>A reaction may be taken back while its message is still fetched: what followed that found nothing to remove.</summary>
    private async Task RemoveUnlessThereAsync(string eventId, string userId, MessageReference source, CancellationToken cancellationToken)
    {
        try
        {
            if (!await IsReactedToAsync(source, cancellationToken))
                await FollowAsync(eventId + ":taken-back", userId, source, new FollowRemoval(source), cancellationToken);
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
        return !await IsCapturedAsync(source, cancellationToken) || await IsReactedToAsync(source, cancellationToken)
            ? SlackReply.Empty
            : await FollowAsync(eventId, userId, source, new FollowRemoval(source), cancellationToken);
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
                return await OnDeletedAsync(eventId, channel, ts, e.PreviousMessage?.User, cancellationToken);
            // An unfurled link counts as a change too, of the same text.
            case { Subtype: "message_changed", Channel: { } channel, Message: { } message } when message.Ts is not null && SlackMessages.TextOf(message) != SlackMessages.TextOf(e.PreviousMessage ?? new HistoryMessage("")):
                var source = SlackMessages.Reference(channel, message.Ts);
                // The bot edits its own messages whenever the timeline changes: to follow them would never end.
                if (!await IsCapturedAsync(source, cancellationToken) || message.User == await channels.BotUserIdAsync(cancellationToken))
                    return SlackReply.Empty;
                var (text, _) = await texts.ReadAsync(SlackMessages.TextOf(message), cancellationToken);
                return text.Length == 0
                    ? SlackReply.Empty
                    : await FollowAsync(eventId, message.Edited?.User ?? message.User, source, new FollowEdit(source, text), cancellationToken);
            case { Subtype: "message_deleted", Channel: { } channel, DeletedTs: { } ts }:
                return await OnDeletedAsync(eventId, channel, ts, e.PreviousMessage?.User, cancellationToken);
            default:
                return SlackReply.Empty;
        }
    }

    private async Task<SlackReply> OnDeletedAsync(string eventId, string channel, string ts, string? userId, CancellationToken cancellationToken)
    {
        var deleted = SlackMessages.Reference(channel, ts);
        return await IsCapturedAsync(deleted, cancellationToken)
            ? await FollowAsync(eventId, userId, deleted, new FollowRemoval(deleted), cancellationToken)
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
