using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Store;
using IncidentBot.Slack.Api;
using IncidentBot.Slack.Blocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace IncidentBot.Slack;

/// <summary>
/// The chat port on Slack. A conversation's id is the channel's (<c>C…</c>), or a person's (<c>U…</c>, <c>W…</c>) for the direct messages
/// of the bot with that person. A message's id is its <c>ts</c>; several, with commas between, where a message was too long for one.
/// </summary>
public sealed class SlackPlatform(
    ISlackApiClient slack,
    SlackChannels channels,
    SlackPeople people,
    EarlierTries earlier,
    IncidentStore store,
    IOptions<SlackOptions> options,
    TimeProvider timeProvider) : IChatPlatform
{
    public const string PlatformName = "slack";

    private const int TopicLimit = 250;
    private static readonly Dictionary<string, string> NonePosted = [];

    private readonly ChannelPace _pace = new(timeProvider);

    public string Name => PlatformName;

    internal static Conversation In(string channelId) => new(PlatformName, channelId);

    public ChatCapabilities Capabilities =>
        ChatCapabilities.Topics | ChatCapabilities.Pins | ChatCapabilities.Invitations | ChatCapabilities.Files | ChatCapabilities.Forms | ChatCapabilities.DirectMessages
        | (options.Value.IncidentRoom == IncidentRoom.NewChannel ? ChatCapabilities.CreateRooms : ChatCapabilities.None);

    public Conversation? AnnouncementConversation =>
        options.Value.AnnouncementChannel.Length == 0 ? null : In(channels.KnownId(options.Value.AnnouncementChannel));

    /// <summary>That of two people as well, where only who types sees the answer.</summary>
    public bool IsPersonal(Conversation conversation) => conversation.Id.StartsWith('D');

    public Task<string> PostAsync(Conversation conversation, ChatMessage message, DeliveryKey key, CancellationToken cancellationToken) => CallAsync(conversation, async () =>
    {
        var channel = await channels.FindIdAsync(conversation.Id, cancellationToken);
        var parts = MessageBlocks.Render(message, await RoomsAsync(message, cancellationToken));
        var posted = key.MayBeRepeated ? await earlier.FindPostedAsync(channel, key, parts.Count, cancellationToken) : NonePosted;
        var ids = new List<string>();
        for (var i = 0; i < parts.Count; i++)
        {
            var part = EarlierTries.KeyOfPart(key, i);
            if (!posted.TryGetValue(part, out var ts))
                ts = await PostAsync(new Message(channel, parts[i].Text, parts[i].Blocks, Metadata: EarlierTries.Metadata(part)), cancellationToken);
            ids.Add(ts);
        }
        return string.Join(',', ids);
    });

    public Task UpdateAsync(Conversation conversation, string messageId, ChatMessage message, CancellationToken cancellationToken) => CallAsync(conversation, async () =>
    {
        var channel = await channels.FindIdAsync(conversation.Id, cancellationToken);
        var parts = MessageBlocks.Render(message, await RoomsAsync(message, cancellationToken));
        var ids = messageId.Split(',');
        for (var i = 0; i < ids.Length; i++)
        {
            var part = i >= parts.Count ? MessageBlocks.Merged : i == ids.Length - 1 && i < parts.Count - 1 ? MessageBlocks.CutOff(parts[i]) : parts[i];
            try
            {
                await slack.Chat.Update(new MessageUpdate(channel, ids[i], part.Text, part.Blocks), cancellationToken);
            }
            catch (SlackException fault) when (i > 0 && SlackFaults.IsMessageGone(fault))
            {
                // Somebody deleted that part; the message as a whole is there as long as its first one is.
            }
        }
        return true;
    });

    /// <summary>By the id of a member (<c>U…</c>, <c>W…</c>) or of a user group (<c>S…</c>), whose name is its handle.</summary>
    public Task<PersonProfile?> FindPersonAsync(string id, CancellationToken cancellationToken) => CallAsync(null, () => people.LookUpAsync(id, cancellationToken));

    public Task<IReadOnlyList<Person>> MembersAsync(Person person, CancellationToken cancellationToken) => SlackPeople.IsGroup(person.Id)
        ? CallAsync(null, () => people.NamedMembersAsync(person.Id, cancellationToken))
        : Task.FromResult<IReadOnlyList<Person>>([person]);

    public Task<CreatedRoom> CreateRoomAsync(RoomRequest request, DeliveryKey key, CancellationToken cancellationToken) =>
        CallAsync(null, async () => new CreatedRoom(new Conversation(PlatformName, await channels.CreateAsync(request, key, cancellationToken))));

    public Task SetTopicAsync(Conversation conversation, string topic, CancellationToken cancellationToken) => CallAsync(conversation, async () =>
    {
        // Escaped as everywhere, since that is how Slack hands topics out.
        var text = Mrkdwn.Escape(topic);
        if (text.Length > TopicLimit)
            text = TextSplitter.Split(text, TopicLimit - 1).First() + "…";
        await slack.Conversations.SetTopic(await channels.FindIdAsync(conversation.Id, cancellationToken), text, cancellationToken);
        return true;
    });

    public Task InviteAsync(Conversation conversation, IReadOnlyList<Person> people, CancellationToken cancellationToken) => CallAsync(conversation, async () =>
    {
        // Nobody can be added to a conversation of two.
        if (await channels.FindIdAsync(conversation.Id, cancellationToken) is var channel && channel[0] != 'D')
            await channels.InviteAsync(channel, people, cancellationToken);
        return true;
    });

    public Task PinAsync(Conversation conversation, string messageId, CancellationToken cancellationToken) => CallAsync(conversation, async () =>
    {
        try
        {
            await slack.Pins.AddMessage(await channels.FindIdAsync(conversation.Id, cancellationToken), messageId.Split(',')[0], cancellationToken);
        }
        catch (SlackException fault) when (fault.ErrorCode == "already_pinned")
        {
            // A repeated delivery.
        }
        return true;
    });

    public Task UploadFileAsync(
        Conversation conversation, string fileName, string content, DeliveryKey key, CancellationToken cancellationToken) => CallAsync(conversation, async () =>
    {
        var channel = await channels.FindIdAsync(conversation.Id, cancellationToken);
        if (!key.MayBeRepeated || !await earlier.HasFileAsync(channel, key, await channels.BotUserIdAsync(cancellationToken), fileName, content, cancellationToken))
            await slack.Files.Upload(channel, fileName, fileName, content, cancellationToken);
        return true;
    });

    /// <param name="conversation">Which one the call is about; null for none.</param>
    private static async Task<T> CallAsync<T>(Conversation? conversation, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (SlackException fault)
        {
            throw conversation is not null && SlackPeople.IsUser(conversation.Id) ? SlackFaults.ToPlatformOfPerson(fault) : SlackFaults.ToPlatform(fault);
        }
    }

    private async Task<string> PostAsync(Message message, CancellationToken cancellationToken)
    {
        await _pace.WaitAsync(message.Channel, cancellationToken);
        try
        {
            return (await slack.Chat.PostMessage(message, cancellationToken)).Ts;
        }
        catch (SlackException fault) when (fault.ErrorCode == "not_in_channel")
        {
            // A public channel can be joined; a private one says so.
            await slack.Conversations.Join(message.Channel, cancellationToken);
            return (await slack.Chat.PostMessage(message, cancellationToken)).Ts;
        }
    }

    /// <summary>The channels of the incidents that a message points to.</summary>
    private async Task<Func<int, string?>> RoomsAsync(ChatMessage message, CancellationToken cancellationToken)
    {
        var numbers = message.RoomNumbers().ToList();
        if (numbers.Count == 0)
            return _ => null;
        await using var db = store.Read();
        var incidents = await db.Incidents.Where(i => numbers.Contains(i.Number)).ToDictionaryAsync(i => i.Number, cancellationToken);
        // The room is made meanwhile, in a lane of its own; one of another platform could not be linked anyway.
        return incidents.Values.Any(i => i is { Room: null, IsPrivate: false, Origin.Platform: PlatformName })
            ? throw new ChatPlatformException("The incident's channel is not there yet.", isTransient: true) { AwaitsRoom = true }
            : number => incidents.GetValueOrDefault(number) is { Room: { Platform: PlatformName } room } ? room.Id : null;
    }
}
