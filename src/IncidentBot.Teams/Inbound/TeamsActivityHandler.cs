using System.Globalization;
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
    CommandDispatcher dispatcher,
    TeamsConversations conversations,
    TeamsInvokes invokes,
    IncidentStore store,
    TimeProvider timeProvider,
    ILogger<TeamsActivityHandler> logger)
{
    /// <summary>How Teams' name of the reaction begins that adds a message to the timeline: <c>1f4cc_pushpin</c>, in older clients <c>pushpin</c>.</summary>
    private const string PushpinCode = "1f4cc";

    /// <summary>The notices of one installation come closer together.</summary>
    private static readonly TimeSpan WelcomePause = TimeSpan.FromMinutes(10);

    private readonly HeardMessages _heard = new();

    /// <returns>The answer to an invoke; null for everything else.</returns>
    /// <exception cref="StoreUnavailableException">Nothing was recorded.</exception>
    public async Task<InvokeResponse?> OnTurnAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (activity is not { Conversation.Id.Length: > 0, From.Id.Length: > 0 })
            return activity.Type == ActivityTypes.Invoke ? new InvokeResponse(400) : null;
        if (activity.Type == ActivityTypes.Invoke)
            return await invokes.OnInvokeActivityAsync(activity, cancellationToken);
        await conversations.RememberAsync(activity);
        switch (activity.Type)
        {
            case ActivityTypes.Message:
                await OnMessageActivityAsync(activity, cancellationToken);
                return null;
            case ActivityTypes.MessageUpdate:
                await OnMessageUpdateActivityAsync(activity, cancellationToken);
                return null;
            case ActivityTypes.MessageDelete:
                _heard.Edit(TeamsActivity.MessageOf(activity), "");
                await FollowAsync(activity, TeamsActivity.MessageOf(activity), source => new FollowRemoval(source), cancellationToken);
                return null;
            case ActivityTypes.MessageReaction:
                await OnReactionsAddedAsync(activity, cancellationToken);
                await OnReactionsRemovedAsync(activity, cancellationToken);
                return null;
            case ActivityTypes.InstallationUpdate:
                // With "-upgrade" it goes and comes back at once.
                if (activity.Action == "add")
                    await OnInstallationUpdateAddAsync(activity, cancellationToken);
                else if (activity.Action?.StartsWith("remove", StringComparison.Ordinal) == true)
                    conversations.Removed(activity.Conversation.Id);
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
        _heard.Add(new HeardMessage(await TeamsActivity.CaptureAsync(activity, conversations, timeProvider.GetUtcNow(), cancellationToken), TeamsActivity.In(activity), text));
        if (TeamsInvokes.ReadButton(activity.Value) is { Command: { } pressed })
            (text, isForBot) = (pressed, true);
        // With the permission to read a whole channel the bot hears what is meant for others.
        if (!isForBot && activity.Conversation!.ConversationType != "personal")
            return;
        await AnswerAsync(activity, TeamsActivity.KeyOf(activity), CommandText(text), mentions, cancellationToken);
    }

    /// <summary>A leading <c>/</c> may be missing, and somebody who says hello is told what the bot can do.</summary>
    private static string CommandText(string text)
    {
        var typed = text.TrimStart('/', ' ');
        var words = typed.Split([' ', '\n', '\t'], 2);
        return words[0].TrimEnd('!', '?', '.', ',').ToUpperInvariant() switch
        {
            "INCIDENT" or "TIMELINE" => "/" + typed,
            "HELP" => "/incident help " + words.ElementAtOrDefault(1),
            "" or "HI" or "HELLO" or "HEY" or "HALLO" => "/incident help " + ShowHelp.FirstSteps,
            _ => text,
        };
    }

    private async Task AnswerAsync(Activity activity, string key, string text, IReadOnlyDictionary<string, Person> mentions, CancellationToken cancellationToken)
    {
        var by = await TeamsActivity.FromAsync(activity, conversations, cancellationToken);
        await dispatcher.HandleAsync(
            new InboundCommand(key, TeamsActivity.In(activity), by, text, activity.LocalTimezone, timeProvider.GetUtcNow(), mentions) { IsAnsweredByPost = true }, cancellationToken);
    }

    /// <summary>Teams says it in two ways; one welcome is enough, until the app is removed and added again.</summary>
    private async Task OnInstallationUpdateAddAsync(Activity activity, CancellationToken cancellationToken)
    {
        var slot = timeProvider.GetUtcNow().Ticks / WelcomePause.Ticks;
        var before = KeyOf(slot - 1);
        if (!await store.ReadAsync(db => db.Inbox.AnyAsync(m => m.Key == before, cancellationToken), cancellationToken))
            await AnswerAsync(activity, KeyOf(slot), "/incident help " + ShowHelp.FirstSteps, InboundCommand.NoMentions, cancellationToken);

        string KeyOf(long time) => string.Create(CultureInfo.InvariantCulture, $"teams:welcome:{activity.Conversation!.Id}:{time}");
    }

    private async Task OnConversationUpdateActivityAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (HasBot(activity.MembersAdded))
            await OnInstallationUpdateAddAsync(activity, cancellationToken);
        if (HasBot(activity.MembersRemoved) || activity.ChannelData?.EventType is "teamDeleted" or "teamHardDeleted" or "channelDeleted")
            conversations.Removed(activity.ChannelData?.EventType == "channelDeleted" ? activity.ChannelData.Channel?.Id ?? activity.Conversation!.Id! : activity.Conversation!.Id!);

        bool HasBot(IReadOnlyList<ChannelAccount?>? members) => activity.Recipient?.Id is { } bot && members?.Any(m => m?.Id == bot) == true;
    }

    private async Task OnMessageUpdateActivityAsync(Activity activity, CancellationToken cancellationToken)
    {
        var (text, _, _) = await TeamsText.ReadAsync(activity, conversations, cancellationToken);
        var earlier = _heard.Find(TeamsActivity.MessageOf(activity))?.Text;
        _heard.Edit(TeamsActivity.MessageOf(activity), text);
        // What is taken out of the bin again may be added again.
        if (text.Length > 0 && activity.ChannelData?.EventType is null or "editMessage")
            await FollowAsync(activity, TeamsActivity.MessageOf(activity), source => new FollowEdit(source, earlier, text), cancellationToken);
    }

    /// <summary>It carries no text: what can be added is what the bot heard before.</summary>
    private async Task OnReactionsAddedAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (!HasPushpin(activity.ReactionsAdded) || _heard.Find(TeamsActivity.ReactedTo(activity)) is not { Text.Length: > 0 } heard)
            return;
        var by = await TeamsActivity.FromAsync(activity, conversations, cancellationToken);
        await dispatcher.HandleAsync(
            new InboundAction(TeamsActivity.KeyOfEvent(activity), heard.Where, by, Capture(heard), activity.LocalTimezone, timeProvider.GetUtcNow()),
            cancellationToken);
    }

    private async Task OnReactionsRemovedAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (HasPushpin(activity.ReactionsRemoved))
            await FollowAsync(activity, TeamsActivity.ReactedTo(activity), source => _heard.Find(source) is { } heard ? new TakeBackCapture(Capture(heard)) : new FollowRemoval(source), cancellationToken);
    }

    private static CaptureMessage Capture(HeardMessage heard) => new(heard.Message, EntryKind.Note, heard.Message.SaidAt, heard.Text);

    private static bool HasPushpin(IReadOnlyList<MessageReaction?>? reactions) =>
        reactions?.Any(r => r?.Type is { } type && (type.StartsWith(PushpinCode, StringComparison.OrdinalIgnoreCase) || type.Equals("pushpin", StringComparison.OrdinalIgnoreCase))) == true;

    /// <summary>Nearly every message that is edited or deleted is in no timeline; those need not queue for the writer.</summary>
    private async Task FollowAsync(Activity activity, MessageReference source, Func<MessageReference, Command> command, CancellationToken cancellationToken)
    {
        if (!await store.ReadAsync(db => db.Entries.AnyAsync(e => e.Source == source && !e.IsRemoved, cancellationToken), cancellationToken))
            return;
        var by = await TeamsActivity.FromAsync(activity, conversations, cancellationToken);
        await dispatcher.HandleAsync(new InboundAction(TeamsActivity.KeyOfEvent(activity), source.Conversation, by, command(source), activity.LocalTimezone, timeProvider.GetUtcNow()), cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Teams sent a {Type}, which the bot does not use")]
        public static partial void UnknownKind(ILogger logger, string? type);
    }
}
