using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Incidents.Store;
using IncidentBot.Incidents.Timeline;
using IncidentBot.Teams.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Teams.Inbound;

/// <summary>What each kind of activity does. The activity is authenticated. When a call returns, what was asked is on disk.</summary>
public sealed partial class TeamsActivityHandler(
    CommandDispatcher dispatcher, TeamsConversations conversations, TeamsInvokes invokes, IncidentStore store, TimeProvider timeProvider, ILogger<TeamsActivityHandler> logger)
{
    /// <summary>The reaction that adds a message to the timeline, as Teams names it: <c>1f4cc_pushpin</c>, in older clients <c>pushpin</c>.</summary>
    private const string TimelineReaction = "pushpin";

    private readonly HeardMessages _heard = new();

    /// <returns>The answer to an invoke; null for everything else.</returns>
    /// <exception cref="StoreUnavailableException">Nothing was recorded.</exception>
    public async Task<InvokeResponse?> OnTurnAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (activity.Conversation?.Id is null || activity.From?.Id is null)
            return activity.Type == ActivityTypes.Invoke ? new InvokeResponse(400) : null;
        await conversations.RememberAsync(activity);
        switch (activity.Type)
        {
            case ActivityTypes.Message:
                await OnMessageActivityAsync(activity, cancellationToken);
                return null;
            case ActivityTypes.Invoke:
                return await invokes.OnInvokeActivityAsync(activity, cancellationToken);
            case ActivityTypes.MessageUpdate:
                await OnMessageUpdateActivityAsync(activity, cancellationToken);
                return null;
            case ActivityTypes.MessageDelete:
                await FollowAsync(activity, TeamsActivity.MessageOf(activity), source => new FollowRemoval(source), cancellationToken);
                return null;
            case ActivityTypes.MessageReaction:
                await OnReactionsAddedAsync(activity, cancellationToken);
                await OnReactionsRemovedAsync(activity, cancellationToken);
                return null;
            case ActivityTypes.InstallationUpdate:
                if (activity.Action?.StartsWith("remove", StringComparison.Ordinal) == true)
                    conversations.Removed(activity.Conversation.Id);
                else
                    await OnInstallationUpdateAddAsync(activity, cancellationToken);
                return null;
            case ActivityTypes.ConversationUpdate:
                await OnConversationUpdateActivityAsync(activity, cancellationToken);
                return null;
            default:
                Log.UnknownKind(logger, activity.Type);
                return null;
        }
    }

    private async Task OnMessageActivityAsync(Activity activity, CancellationToken cancellationToken)
    {
        var (text, mentions, isForBot) = await TeamsText.ReadAsync(activity, conversations, cancellationToken);
        _heard.Add(await TeamsActivity.CaptureAsync(activity, conversations, timeProvider.GetUtcNow(), cancellationToken), text);
        // With the permission to read a whole channel the bot hears what is meant for others.
        if (!isForBot && activity.Conversation!.ConversationType != "personal")
            return;
        if (TeamsInvokes.ReadButton(activity.Value) is { Command: { } pressed })
            text = pressed;
        await AnswerAsync(activity, TeamsActivity.KeyOf(activity), CommandText(text), mentions, cancellationToken);
    }

    /// <summary>A leading <c>/</c> may be missing, and somebody who says hello is told what the bot can do.</summary>
    private static string CommandText(string text) => text.TrimStart('/').Split([' ', '\n', '\t'], 2)[0].ToUpperInvariant() switch
    {
        "INCIDENT" or "TIMELINE" => "/" + text.TrimStart('/'),
        "" or "HI" or "HELLO" or "HELP" or "HEY" or "HALLO" => "/incident help",
        _ => text,
    };

    private async Task AnswerAsync(Activity activity, string key, string text, IReadOnlyDictionary<string, Person> mentions, CancellationToken cancellationToken)
    {
        var by = await TeamsActivity.FromAsync(activity, conversations, cancellationToken);
        await dispatcher.HandleAsync(
            new InboundCommand(key, TeamsActivity.In(activity), by, text, activity.LocalTimezone, timeProvider.GetUtcNow(), mentions) { IsAnsweredByPost = true }, cancellationToken);
    }

    private Task OnInstallationUpdateAddAsync(Activity activity, CancellationToken cancellationToken) =>
        // Teams says it in two ways; one welcome is enough.
        AnswerAsync(activity, $"teams:welcome:{activity.Conversation!.Id}", "/incident help", InboundCommand.NoMentions, cancellationToken);

    private async Task OnConversationUpdateActivityAsync(Activity activity, CancellationToken cancellationToken)
    {
        var bot = activity.Recipient?.Id;
        if (activity.MembersAdded?.Any(m => m.Id == bot) == true)
            await OnInstallationUpdateAddAsync(activity, cancellationToken);
        if (activity.MembersRemoved?.Any(m => m.Id == bot) == true || activity.ChannelData?.EventType is "teamDeleted" or "teamHardDeleted" or "channelDeleted")
            conversations.Removed(activity.ChannelData?.EventType == "channelDeleted" ? activity.ChannelData.Channel?.Id ?? activity.Conversation!.Id! : activity.Conversation!.Id!);
    }

    private async Task OnMessageUpdateActivityAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (activity.ChannelData?.EventType is { } what && what != "editMessage")
            return;
        var (text, _, _) = await TeamsText.ReadAsync(activity, conversations, cancellationToken);
        if (text.Length > 0)
            await FollowAsync(activity, TeamsActivity.MessageOf(activity), source => new FollowEdit(source, text), cancellationToken);
    }

    /// <summary>It carries no text: what can be added is what the bot heard before.</summary>
    private async Task OnReactionsAddedAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (!HasPushpin(activity.ReactionsAdded) || _heard.Find(TeamsActivity.ReactedTo(activity)) is not var (message, text) || text.Length == 0)
            return;
        var by = await TeamsActivity.FromAsync(activity, conversations, cancellationToken);
        await dispatcher.HandleAsync(
            new InboundAction(TeamsActivity.KeyOf(activity), message.Source.Conversation, by, new CaptureMessage(message, EntryKind.Note, message.SaidAt, text), activity.LocalTimezone, timeProvider.GetUtcNow()),
            cancellationToken);
    }

    private async Task OnReactionsRemovedAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (HasPushpin(activity.ReactionsRemoved))
            await FollowAsync(activity, TeamsActivity.ReactedTo(activity), source => new FollowRemoval(source), cancellationToken);
    }

    private static bool HasPushpin(IReadOnlyList<MessageReaction>? reactions) =>
        reactions?.Any(r => r.Type?.EndsWith(TimelineReaction, StringComparison.OrdinalIgnoreCase) == true) == true;

    /// <summary>Nearly every message that is edited or deleted is in no timeline; those need not queue for the writer.</summary>
    private async Task FollowAsync(Activity activity, MessageReference source, Func<MessageReference, Command> command, CancellationToken cancellationToken)
    {
        if (!await store.ReadAsync(db => db.Entries.AnyAsync(e => e.Source == source && !e.IsRemoved, cancellationToken), cancellationToken))
            return;
        var by = await TeamsActivity.FromAsync(activity, conversations, cancellationToken);
        // An edit has the id of its message; its time tells it from the next edit.
        var key = $"{TeamsActivity.KeyOf(activity)}:{activity.Type}:{activity.Timestamp?.UtcTicks}";
        await dispatcher.HandleAsync(new InboundAction(key, source.Conversation, by, command(source), activity.LocalTimezone, timeProvider.GetUtcNow()), cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Teams sent a {Type}, which the bot does not use")]
        public static partial void UnknownKind(ILogger logger, string? type);
    }
}
