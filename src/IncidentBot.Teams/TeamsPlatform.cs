using System.Globalization;
using System.Net;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Store;
using IncidentBot.Teams.Cards;
using IncidentBot.Teams.Connector;
using IncidentBot.Teams.Inbound;
using IncidentBot.Teams.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace IncidentBot.Teams;

/// <summary>
/// The chat port on Teams. A conversation's id is Teams' own, of a channel's thread with <c>;messageid=…</c>, or a person's
/// (<c>29:…</c>, or a GUID of the directory) for the conversation of the bot with that person. A message's id is the activity's; several, with commas between,
/// where a message was too long for one. Teams knows no key by which a repeated message could be told: one whose answer was lost is
/// there twice.
/// </summary>
public sealed class TeamsPlatform(
    ConnectorClient connector, TeamsConversations conversations, IncidentStore store, IOptions<TeamsOptions> options, TimeProvider timeProvider) : IChatPlatform
{
    public const string PlatformName = "teams";

    /// <summary>Teams takes 100 KB of UTF-16. A character is six in JSON at worst: half of an emoji.</summary>
    private const int MostFileCharacters = 8_000;

    private const int MostRemembered = 1000;

    /// <summary>How the id of a person's account begins.</summary>
    private const string AccountMark = "29:";

    private readonly ConversationPace _pace = new(timeProvider);

    // What was made lately: a message whose later parts were refused, or that could not be marked as sent, comes again. After a restart
    // in between it is there twice, since Teams cannot be asked.
    private readonly Recent<string> _posted = new(MostRemembered);
    private readonly Recent<CreatedRoom> _rooms = new(MostRemembered);
    private readonly Recent<string> _files = new(MostRemembered);

    public string Name => PlatformName;

    public ChatCapabilities Capabilities =>
        ChatCapabilities.CreateRooms | ChatCapabilities.Files | ChatCapabilities.UpdatableFiles | ChatCapabilities.Forms | ChatCapabilities.DirectMessages | ChatCapabilities.RoomsAnnounce;

    public Conversation? AnnouncementConversation =>
        options.Value.AnnouncementConversation.Length == 0 ? null : new Conversation(PlatformName, options.Value.AnnouncementConversation);

    /// <summary>Where there is no channel, the chat itself is the room.</summary>
    public bool IsPersonal(Conversation conversation) => conversations.IsPersonal(conversation.Id);

    public bool MakesRoom(Conversation origin, bool isPrivate) => !conversations.IsChat(origin.Id) || (!isPrivate && AnnouncementConversation is not null);

    public string? WhyNotPrivate(Conversation conversation) => conversations.IsChat(conversation.Id)
        ? null
        : "Everybody in a channel of Teams reads its threads. Declare a private incident in a group chat or in the chat with the bot.";

    public Conversation ChannelOf(Conversation conversation) => conversation with { Id = TeamsConversations.ChannelOf(conversation.Id) };

    public Task<string> PostAsync(Conversation conversation, ChatMessage message, DeliveryKey key, CancellationToken cancellationToken) =>
        CallAsync(async () =>
        {
            var to = await ReferenceAsync(conversation, cancellationToken);
            if (IsPerson(conversation.Id))
                await conversations.RememberDirectAsync(conversation.Id, to.Conversation.Id!);
            var cards = MessageCards.Render(WithMention(message, to), await LinksAsync(message, cancellationToken));
            return await PostPartsAsync(to, key.Value, [.. cards.Select(ToActivity)], cancellationToken);
        });

    public Task UpdateAsync(Conversation conversation, string messageId, ChatMessage message, CancellationToken cancellationToken) =>
        CallAsync(async () =>
        {
            var to = await ReferenceAsync(conversation, cancellationToken);
            var cards = MessageCards.Render(WithMention(message, to), await LinksAsync(message, cancellationToken));
            var ids = messageId.Split(',');
            for (var i = 0; i < ids.Length; i++)
            {
                var card = i >= cards.Count ? MessageCards.Merged : i == ids.Length - 1 && i < cards.Count - 1 ? MessageCards.CutOff(cards[i]) : cards[i];
                await UpdateAsync(to, ids[i], ToActivity(card), isBegun: i > 0, cancellationToken);
            }
            return true;
        });

    /// <summary>
    /// By the account's id (<c>29:…</c>) or the object id of the directory (a GUID). Asks for the member of the conversation with the bot, which shows nothing to anybody as long as nothing is posted there. Where Teams does not
    /// let the bot into one, as its app is not installed for that person, nothing but Microsoft Graph tells who it is.
    /// </summary>
    public Task<PersonProfile?> FindPersonAsync(string id, CancellationToken cancellationToken) =>
        CallAsync(async () =>
        {
            if (!IsPerson(id))
                return null;
            var known = await conversations.PersonAsync(id.StartsWith(AccountMark, StringComparison.Ordinal) ? id : null, id, null, cancellationToken);
            try
            {
                var direct = await ReferenceAsync(new Conversation(PlatformName, id), cancellationToken);
                var member = await connector.GetMemberAsync(direct, id, cancellationToken);
                return new PersonProfile(known with { Id = member.Id ?? known.Id, Name = string.IsNullOrWhiteSpace(member.Name) ? known.Name : member.Name.Trim() }, null);
            }
            catch (ConnectorException fault) when (fault is { Status: HttpStatusCode.NotFound, Method: ConnectorClient.FindMember, Code: not "ConversationNotFound" })
            {
                return null;
            }
            catch (ConnectorException fault) when (fault.Status is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound && !ConnectorFaults.ToPlatform(fault).IsTransient)
            {
                return new PersonProfile(known, null);
            }
        });

    /// <summary>
    /// A thread of the announcement channel, else of the channel where the incident was declared; its first message is the status
    /// card. One whose answer is lost is made a second time.
    /// </summary>
    public Task<CreatedRoom> CreateRoomAsync(RoomRequest request, DeliveryKey key, CancellationToken cancellationToken) =>
        CallAsync(async () =>
        {
            if (_rooms.TryGet(key.Value, out var made))
                return made;
            var channel = ChannelOf(AnnouncementConversation ?? request.Origin);
            var to = await ReferenceAsync(channel, cancellationToken);
            using var turn = await TakeTurnAsync(to, cancellationToken);
            var card = MessageCards.Render(request.Opening, _ => null)[0];
            var thread = await connector.CreateConversationAsync(
                to.ServiceUrl,
                new ConversationParameters(true, to.Bot, null, ToActivity(card), new TeamsChannelData(Channel: new ChannelInfo(channel.Id)), to.Conversation.TenantId),
                cancellationToken);
            var id = TeamsConversations.ThreadOf(thread.Id) is not null || thread.ActivityId is null ? thread.Id : TeamsConversations.InThread(channel.Id, thread.ActivityId);
            var room = new CreatedRoom(new Conversation(PlatformName, id), thread.ActivityId);
            _rooms.Set(key.Value, room);
            return room;
        });

    /// <summary>The text itself, in as many messages as it needs: a bot can give no file in a channel. The same name again brings them up to date.</summary>
    public Task UploadFileAsync(Conversation conversation, string fileName, string content, DeliveryKey key, CancellationToken cancellationToken) =>
        CallAsync(async () =>
        {
            var to = await ReferenceAsync(conversation, cancellationToken);
            var parts = TextSplitter.Split(content, MostFileCharacters).ToList();
            var activities = parts.Select((part, i) => new Activity
            {
                Type = ActivityTypes.Message,
                TextFormat = "plain",
                Text = $"{fileName}{(parts.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({i + 1} of {parts.Count})"))}\n\n{part}",
            }).ToList();
            // By its name, not by the delivery: what is given after a fault may be another text, under another key.
            var file = $"{conversation.Id}/{fileName}";
            var known = _files.TryGet(file, out var lately) ? lately : await conversations.FindFileAsync(conversation.Id, fileName, cancellationToken);
            var ids = known?.Split(',').ToList() ?? [];
            try
            {
                for (var i = 0; i < ids.Count; i++)
                    await UpdateAsync(to, ids[i], i < activities.Count ? activities[i] : new Activity { Type = ActivityTypes.Message, Text = "Now part of the message above." }, isBegun: i > 0, cancellationToken);
            }
            catch (ConnectorException fault) when (ConnectorFaults.IsMessageGone(fault))
            {
                // Somebody deleted a part of it.
                ids = [];
            }
            if (ids.Count > 0)
                await conversations.RememberFileAsync(conversation.Id, fileName, string.Join(',', ids));
            // Kept one by one, for the next try after a fault.
            foreach (var activity in activities.Skip(ids.Count))
            {
                ids.Add(await PostAsync(to, activity, cancellationToken));
                _files.Set(file, string.Join(',', ids));
                await conversations.RememberFileAsync(conversation.Id, fileName, string.Join(',', ids));
            }
            return true;
        });

    /// <summary>
    /// Where others talk too the bot hears only what mentions it; a command that a text names needs that here. Nothing tells what
    /// people wrote from what the bot did, and an answer goes to the room as well as an entry does: a note that names a command gets
    /// the line, too.
    /// </summary>
    private static ChatMessage WithMention(ChatMessage message, ConversationReference to) =>
        to.Conversation.ConversationType != "personal" && message.ToPlainText() is var text && (text.Contains("/incident ", StringComparison.Ordinal) || text.Contains("/timeline ", StringComparison.Ordinal))
            ? new ChatMessage([.. message.Blocks, new Incidents.Chat.ContextBlock($"Here every command begins with a mention of the bot: @{to.Bot.Name ?? "IncidentBot"} incident …")])
            : message;

    private static Activity ToActivity(RenderedCard card) => new()
    {
        Type = ActivityTypes.Message,
        Summary = card.Summary,
        Attachments = [card.Card.ToAttachment()],
    };

    private async Task<string> PostPartsAsync(ConversationReference to, string key, List<Activity> parts, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        for (var i = 0; i < parts.Count; i++)
        {
            var part = string.Create(CultureInfo.InvariantCulture, $"{key}/{i}");
            if (!_posted.TryGet(part, out var id))
            {
                id = await PostAsync(to, parts[i], cancellationToken);
                _posted.Set(part, id);
            }
            ids.Add(id);
        }
        return string.Join(',', ids);
    }

    private async Task<string> PostAsync(ConversationReference to, Activity activity, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(to, cancellationToken);
        return (await connector.SendToConversationAsync(to, activity, cancellationToken)).Id ?? "";
    }

    /// <param name="isBegun">Of several parts: begun anew each time, they would never come to an end.</param>
    private async Task UpdateAsync(ConversationReference to, string messageId, Activity activity, bool isBegun, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(to, cancellationToken, isBegun);
        await connector.UpdateActivityAsync(to, messageId, activity, cancellationToken);
    }

    private Task<IDisposable> TakeTurnAsync(ConversationReference to, CancellationToken cancellationToken, bool isBegun = false) =>
        _pace.TakeAsync(TeamsConversations.ChannelOf(to.Conversation.Id!), to.Conversation.TenantId, cancellationToken, isBegun);

    /// <summary>As Teams writes it, or as the tenant's directory does, where Teams told no more.</summary>
    private static bool IsPerson(string id) =>
        (id.StartsWith(AccountMark, StringComparison.Ordinal) && id.Length > AccountMark.Length && !id.Any(char.IsWhiteSpace)) || Guid.TryParseExact(id, "D", out _);

    /// <summary>The person's conversation with the bot is made where there was none yet.</summary>
    private async Task<ConversationReference> ReferenceAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        if (!IsPerson(conversation.Id))
            return await conversations.ReferenceAsync(conversation.Id, cancellationToken);
        if (await conversations.FindDirectAsync(conversation.Id, cancellationToken) is { } direct)
            return await conversations.ReferenceAsync(direct, cancellationToken);
        var service = await conversations.ServiceAsync(cancellationToken);
        using var turn = await _pace.TakeAsync(conversation.Id, service.TenantId, cancellationToken);
        var made = await connector.CreateConversationAsync(
            service.ServiceUrl,
            new ConversationParameters(false, service.Bot, [new ChannelAccount(conversation.Id)], null, service.TenantId is null ? null : new TeamsChannelData(new TenantInfo(service.TenantId)), service.TenantId),
            cancellationToken);
        return new ConversationReference(service.ServiceUrl, new ConversationAccount(made.Id, "personal", service.TenantId, false), service.Bot);
    }

    private static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (ConnectorException fault)
        {
            throw ConnectorFaults.ToPlatform(fault);
        }
    }

    /// <summary>Addresses of the rooms that a message points to.</summary>
    private async Task<Func<int, string?>> LinksAsync(ChatMessage message, CancellationToken cancellationToken)
    {
        var numbers = message.RoomNumbers().ToList();
        if (numbers.Count == 0)
            return _ => null;
        await using var db = store.Read();
        var incidents = await db.Incidents.Where(i => numbers.Contains(i.Number)).ToListAsync(cancellationToken);
        // The thread is made meanwhile, in a lane of its own.
        if (incidents.Exists(i => i is { Room: null, IsPrivate: false, Origin.Platform: PlatformName }))
            throw new ChatPlatformException("The incident's thread is not there yet.", isTransient: true) { AwaitsRoom = true };
        var links = new Dictionary<int, string?>();
        foreach (var incident in incidents)
            links[incident.Number] = incident.Room is { Platform: PlatformName } room ? await LinkAsync(room.Id, cancellationToken) : null;
        return links.GetValueOrDefault;
    }

    private async Task<string?> LinkAsync(string conversationId, CancellationToken cancellationToken) =>
        TeamsConversations.ThreadOf(conversationId) is { } thread ? await TeamsLinks.ToMessageAsync(conversations, conversationId, thread, cancellationToken) : null;
}
