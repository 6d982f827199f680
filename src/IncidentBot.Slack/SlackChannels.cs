using System.Collections.Concurrent;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Commands;
using IncidentBot.Slack.Api;
using IncidentBot.Slack.Blocks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IncidentBot.Slack;

/// <summary>Makes incident channels, brings people in, and finds channels by name.</summary>
public sealed partial class SlackChannels(
    ISlackApiClient slack,
    SlackPeople people,
    EarlierTries earlier,
    IOptions<SlackOptions> options,
    ILogger<SlackChannels> logger)
{
    private const int MostNames = 20;
    private const int MostInvited = 100;
    private const int MostNotices = 2;

    private readonly ConcurrentDictionary<string, string> _idsByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _directIds = [];
    private string? _botUserId;

    /// <summary>The id of a channel that the configuration may name; of a person (<c>U…</c>), the one of direct messages.</summary>
    /// <exception cref="SlackException"><c>channel_not_found</c>, or Slack does not tell.</exception>
    public async Task<string> FindIdAsync(string idOrName, CancellationToken cancellationToken)
    {
        // Messages may be posted to a person's id, but not updated or pinned there.
        if (SlackPeople.IsUser(idOrName))
            return _directIds.TryGetValue(idOrName, out var direct) ? direct : _directIds[idOrName] = await slack.Conversations.OpenDirect(idOrName, cancellationToken);
        if (IsId(idOrName))
            return idOrName;
        var name = idOrName.TrimStart('#');
        if (_idsByName.TryGetValue(name, out var known))
            return known;
        var channel = await FindByNameAsync(slack, name, cancellationToken) ?? throw new SlackException("conversations.list", "channel_not_found");
        return _idsByName[name] = channel.Id;
    }

    /// <summary>The id where a name was found before, else what was given.</summary>
    public string KnownId(string idOrName) => _idsByName.GetValueOrDefault(idOrName.TrimStart('#'), idOrName);

    /// <returns>The id of the incident's channel; the same one when it was made before and the answer was lost.</returns>
    public async Task<string> CreateAsync(RoomRequest request, DeliveryKey key, CancellationToken cancellationToken)
    {
        var id = await CreateNamedAsync(request, key, cancellationToken);
        await InviteFirstAsync(id, request, key, cancellationToken);
        if (request.Page is { } page)
            await BookmarkAsync(id, request.IncidentNumber, page, key, cancellationToken);
        return id;
    }

    /// <summary>Brings in people and members of user groups: a hundred at a time, and one by one where Slack takes exception to somebody.</summary>
    /// <exception cref="ChatPlatformException">Somebody cannot be brought in; the others are.</exception>
    public async Task InviteAsync(string channelId, IReadOnlyList<Person> invited, CancellationToken cancellationToken)
    {
        var own = await BotUserIdAsync(cancellationToken);
        var ids = new List<string>();
        foreach (var person in invited.Where(p => p.Platform == SlackPlatform.PlatformName))
            ids.AddRange(person.Id.StartsWith('S') ? await people.MembersAsync(person.Id, cancellationToken) : [person.Id]);
        var refused = new List<string>();
        foreach (var chunk in ids.Distinct().Where(i => i != own).Chunk(MostInvited))
        {
            try
            {
                await slack.Conversations.Invite(channelId, chunk, cancellationToken);
            }
            catch (SlackException fault) when (IsAboutPerson(fault))
            {
                refused.AddRange(await InviteOneByOneAsync(channelId, chunk, cancellationToken));
            }
        }
        if (refused.Count > 0)
            throw new ChatPlatformException($"Slack would not let these people in: {string.Join(", ", refused)}.", isTransient: false);
    }

    public async Task<string> BotUserIdAsync(CancellationToken cancellationToken) => _botUserId ??= (await slack.Auth.Test(cancellationToken)).UserId;

    /// <summary>Whether it is an id: <c>C</c>, <c>G</c> (private), <c>D</c> (direct), <c>U</c> or <c>W</c> (a person, for direct messages), then capitals and digits.</summary>
    internal static bool IsId(string text) => IsOf("CGDUW", text);

    /// <param name="kinds">The letters by which the ids of each kind begin.</param>
    internal static bool IsOf(string kinds, string id) =>
        id.Length >= 2 && kinds.Contains(id[0], StringComparison.Ordinal) && id.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    /// <summary>Null when there is none that the bot may see.</summary>
    internal static async Task<Channel?> FindByNameAsync(ISlackApiClient slack, string name, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var (channels, next) = await slack.Conversations.List(cursor, cancellationToken);
            if (channels.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase)) is { } found)
                return found;
            cursor = next;
        }
        while (cursor is not null);
        return null;
    }

    private async Task<string> CreateNamedAsync(RoomRequest request, DeliveryKey key, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostNames; attempt++)
        {
            var name = ChannelNames.For(options.Value.ChannelPrefix, request.IncidentNumber, request.Title, attempt);
            try
            {
                return (await slack.Conversations.Create(name, request.IsPrivate, cancellationToken)).Id;
            }
            catch (SlackException fault) when (fault.ErrorCode == "name_taken")
            {
                // A channel of this name that the bot made since is this incident's, made by a try whose answer was lost. Any other,
                // archived ones and those of an earlier database among them, keeps its name.
                if (key.MayBeRepeated && await FindByNameAsync(slack, name, cancellationToken) is { } taken
                    && taken.Creator == await BotUserIdAsync(cancellationToken) && taken.Created >= EarlierTries.Earliest(key).ToUnixTimeSeconds())
                {
                    return taken.Id;
                }
            }
        }
        throw new SlackException("conversations.create", "name_taken");
    }

    /// <summary>A channel that its reporter cannot enter serves the others; it says so.</summary>
    private async Task InviteFirstAsync(string channelId, RoomRequest request, DeliveryKey key, CancellationToken cancellationToken)
    {
        try
        {
            await InviteAsync(channelId, [request.DeclaredBy], cancellationToken);
        }
        catch (Exception fault) when (fault is ChatPlatformException or SlackException { IsTransient: false })
        {
            var why = fault is SlackException refused ? SlackFaults.Explain(refused) : fault.Message;
            Log.NotInvited(logger, IncidentKey.Describe(request.IncidentNumber), why);
            await TellAsync(channelId, key, 0, $"{request.DeclaredBy.Name} was not brought into this channel. {why}", cancellationToken);
        }
    }

    /// <summary>Says once what is amiss with a new channel; one that takes no message serves all the same.</summary>
    private async Task TellAsync(string channelId, DeliveryKey key, int number, string notice, CancellationToken cancellationToken)
    {
        var text = Mrkdwn.Escape(notice);
        var part = EarlierTries.KeyOfPart(key, number);
        try
        {
            if (!key.MayBeRepeated || !(await earlier.FindPostedAsync(channelId, key, MostNotices, cancellationToken)).ContainsKey(part))
                await slack.Chat.PostMessage(new Message(channelId, text, [new SectionBlock(new Markdown(text))], EarlierTries.Metadata(part)), cancellationToken);
        }
        catch (SlackException fault) when (!fault.IsTransient)
        {
            Log.NotTold(logger, channelId, SlackFaults.Explain(fault));
        }
    }

    private async Task<IEnumerable<string>> InviteOneByOneAsync(string channelId, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var refused = new List<string>();
        foreach (var id in ids)
        {
            try
            {
                await slack.Conversations.Invite(channelId, [id], cancellationToken);
            }
            catch (SlackException fault) when (fault.ErrorCode is "already_in_channel" or "cant_invite_self")
            {
                // There already.
            }
            catch (SlackException fault) when (IsAboutPerson(fault))
            {
                var user = await people.TryFindAsync(id, cancellationToken);
                var why = user is { Deleted: true } ? "deactivated"
                    : user is { IsRestricted: true } or { IsUltraRestricted: true } ? "a guest"
                    : user is { IsStranger: true } ? "of another workspace"
                    : fault.ErrorCode;
                refused.Add($"{user?.DisplayName ?? id} ({why})");
            }
        }
        return refused;
    }

    private static bool IsAboutPerson(SlackException fault) => fault.ErrorCode is "already_in_channel" or "cant_invite_self" or "cant_invite"
        or "user_not_found" or "user_disabled" or "user_is_restricted" or "user_is_ultra_restricted" or "ura_max_channels" or "users_not_found"
        or "org_user_not_in_team" or "external_user" or "failed_for_some_users";

    /// <summary>A channel without it serves as well; where somebody has to do something about it, it says so.</summary>
    private async Task BookmarkAsync(string channelId, int incidentNumber, string page, DeliveryKey key, CancellationToken cancellationToken)
    {
        try
        {
            await slack.Bookmarks.AddLink(channelId, $"INC-{incidentNumber}", page, cancellationToken);
        }
        catch (SlackException fault)
        {
            Log.NotBookmarked(logger, IncidentKey.Describe(incidentNumber), SlackFaults.Explain(fault));
            if (!fault.IsTransient)
                await TellAsync(channelId, key, 1, $"This channel has no bookmark of the incident's page. {SlackFaults.Explain(fault)}", cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The channel of {Incident} has no bookmark: {Reason}")]
        public static partial void NotBookmarked(ILogger logger, string incident, string reason);

        [LoggerMessage(2, LogLevel.Warning, "Whoever declared {Incident} is not in its channel: {Reason}")]
        public static partial void NotInvited(ILogger logger, string incident, string reason);

        [LoggerMessage(3, LogLevel.Warning, "The channel {Channel} was not told what is amiss with it: {Reason}")]
        public static partial void NotTold(ILogger logger, string channel, string reason);
    }
}
