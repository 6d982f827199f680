using System.Collections.Concurrent;
using System.Text.Json;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Store;
using IncidentBot.Teams.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Teams.Inbound;

/// <summary>
/// How every conversation that was heard of is reached, also after a restart: Teams tells it with each activity, and a message to
/// where nothing was heard from cannot be sent. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
/// </summary>
public sealed partial class TeamsConversations(IncidentStore store, ILogger<TeamsConversations> logger)
{
    /// <summary>Behind the id of a channel stands the thread.</summary>
    private const string ThreadMark = ";messageid=";

    private const string ServiceKey = "service";

    /// <summary>Only what there is: anybody may ask for anything.</summary>
    private readonly ConcurrentDictionary<string, string> _known = [];

    /// <summary>The conversation without the thread: a channel's is the same for all of its threads.</summary>
    public static string ChannelOf(string conversationId) => conversationId.Split(ThreadMark)[0];

    /// <summary>The first message of the thread, null where the conversation is none.</summary>
    public static string? ThreadOf(string conversationId) => conversationId.Split(ThreadMark) is [_, var thread] ? thread : null;

    public static string InThread(string channelId, string messageId) => channelId + ThreadMark + messageId;

    /// <summary>Keeps what an authenticated activity tells. On disk when it returns.</summary>
    public async Task RememberAsync(Activity activity)
    {
        if (activity is not { Conversation.Id: { } id, ServiceUrl: { } serviceUrl, Recipient: { Id: not null } bot })
            return;
        var tenant = activity.Conversation.TenantId ?? activity.ChannelData?.Tenant?.Id;
        var channel = ChannelOf(id);
        var earlier = await FindAsync(channel, CancellationToken.None);
        var earlierService = await GetAsync<KnownService>(ServiceKey, CancellationToken.None);
        // Events of a team's lifecycle do not say everything that a message says.
        await SetAsync(ServiceKey, new KnownService(serviceUrl, tenant ?? earlierService?.TenantId, bot));
        await SetAsync(ConversationKey(id), new KnownConversation(
            channel, activity.Conversation.ConversationType ?? earlier?.Type, tenant ?? earlier?.TenantId, serviceUrl, bot, activity.ChannelData?.Team?.AadGroupId ?? earlier?.GroupId));
        if (activity.From is not { Id: ['2', '9', ':', ..] personId } from)
            return;
        if (from.AadObjectId is { } aad)
            await RememberPersonAsync(aad, await PersonAsync(personId, aad, from.Name, CancellationToken.None));
        if (activity.Conversation.ConversationType == "personal")
            await SetAsync(PersonKey(personId), id);
    }

    /// <summary>
    /// The bot was removed from there. What is sent there is still tried once each: Teams says no by itself, and nobody tells when an
    /// administrator allows the app again, or which of a team's channels are back after it was added again.
    /// </summary>
    public void Removed(string conversationId)
    {
        if (_known.ContainsKey(ConversationKey(conversationId)))
            Log.Removed(logger);
    }

    /// <summary>Whether only those who are in the conversation read it; false where that is not known.</summary>
    public bool IsChat(string conversationId) => TypeOf(conversationId) is "personal" or "groupChat";

    /// <summary>Whether only one person is there with the bot; false where that is not known.</summary>
    public bool IsPersonal(string conversationId) => TypeOf(conversationId) == "personal";

    private string? TypeOf(string conversationId) => _known.TryGetValue(ConversationKey(conversationId), out var json)
        ? JsonSerializer.Deserialize<KnownConversation>(json, TeamsJson.Options)?.Type
        : null;

    /// <summary>Null for a conversation that was never heard of.</summary>
    public Task<KnownConversation?> FindAsync(string conversationId, CancellationToken cancellationToken) =>
        GetAsync<KnownConversation>(ConversationKey(conversationId), cancellationToken);

    /// <summary>How to write there.</summary>
    /// <exception cref="ChatPlatformException">Teams has never written to the bot.</exception>
    public async Task<ConversationReference> ReferenceAsync(string conversationId, CancellationToken cancellationToken)
    {
        if (await FindAsync(conversationId, cancellationToken) is { } known)
            return new ConversationReference(known.ServiceUrl, new ConversationAccount(conversationId, known.Type, known.TenantId, known.Type != "personal"), known.Bot);
        // A channel that only the configuration names is reached where the rest of the tenant is.
        var service = await ServiceAsync(cancellationToken);
        return new ConversationReference(service.ServiceUrl, new ConversationAccount(conversationId, "channel", service.TenantId, true), service.Bot);
    }

    /// <summary>Where Teams was heard from last.</summary>
    /// <exception cref="ChatPlatformException">Teams has never written to the bot; it may still.</exception>
    public async Task<KnownService> ServiceAsync(CancellationToken cancellationToken) =>
        await GetAsync<KnownService>(ServiceKey, cancellationToken)
        ?? throw new ChatPlatformException("Teams has not written to the bot yet, so its address is not known. Install the app and write \"@IncidentBot help\" once.", isTransient: true, TimeSpan.FromMinutes(1));

    /// <summary>The conversation of the bot with one person, null where there was none yet.</summary>
    /// <param name="personId">The account's or the directory's.</param>
    public async Task<string?> FindDirectAsync(string personId, CancellationToken cancellationToken) =>
        await GetAsync<string>(PersonKey(personId), cancellationToken)
        ?? (await GetAsync<Person>("aad:" + personId, cancellationToken) is { } known ? await GetAsync<string>(PersonKey(known.Id), cancellationToken) : null);

    public Task RememberDirectAsync(string personId, string conversationId) => SetAsync(PersonKey(personId), conversationId);

    /// <summary>The messages that hold a file's text, with commas between; null where it was not given yet.</summary>
    public Task<string?> FindFileAsync(string conversationId, string fileName, CancellationToken cancellationToken) =>
        GetAsync<string>($"file:{conversationId}:{fileName}", cancellationToken);

    public Task RememberFileAsync(string conversationId, string fileName, string messageIds) => SetAsync($"file:{conversationId}:{fileName}", messageIds);

    /// <summary>Who an account is, by the id that activities use where both are known; the directory's is another one of the same person.</summary>
    public async Task<Person> PersonAsync(string? id, string? aadObjectId, string? name, CancellationToken cancellationToken)
    {
        var known = aadObjectId is null ? null : await GetAsync<Person>("aad:" + aadObjectId, cancellationToken);
        var personId = id ?? known?.Id ?? aadObjectId ?? "";
        // Not every activity tells the name.
        return new Person(TeamsPlatform.PlatformName, personId, string.IsNullOrWhiteSpace(name) ? known?.Name ?? personId : name.Trim());
    }

    private static string PersonKey(string personId) => "person:" + personId;

    private static string ConversationKey(string conversationId) => "conversation:" + ChannelOf(conversationId);

    public Task RememberPersonAsync(string aadObjectId, Person person) => SetAsync("aad:" + aadObjectId, person);

    /// <summary>Everybody who was remembered.</summary>
    public Task<List<Person>> ListPeopleAsync(CancellationToken cancellationToken) => store.ReadAsync(
        async db => (await db.PlatformStates.Where(s => s.Platform == TeamsPlatform.PlatformName && s.Key.StartsWith("aad:")).ToListAsync(cancellationToken))
            .ConvertAll(s => JsonSerializer.Deserialize<Person>(s.Value, TeamsJson.Options)!),
        cancellationToken);

    private async Task<T?> GetAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        if (!_known.TryGetValue(key, out var json))
        {
            json = await store.ReadAsync(async db => (await db.PlatformStates.FindAsync([TeamsPlatform.PlatformName, key], cancellationToken))?.Value, cancellationToken);
            // Somebody may have set it meanwhile.
            json = json is null ? _known.GetValueOrDefault(key) : _known.GetOrAdd(key, json);
        }
        return json is null ? null : JsonSerializer.Deserialize<T>(json, TeamsJson.Options);
    }

    private async Task SetAsync<T>(string key, T value)
        where T : class
    {
        var json = JsonSerializer.Serialize(value, TeamsJson.Options);
        if (await GetAsync<T>(key, CancellationToken.None) is { } known && JsonSerializer.Serialize(known, TeamsJson.Options) == json)
            return;
        await store.WriteAsync(
            async db =>
            {
                if (await db.PlatformStates.FindAsync(TeamsPlatform.PlatformName, key) is { } row)
                    row.Value = json;
                else
                    db.Add(new PlatformState(TeamsPlatform.PlatformName, key, json));
                await db.SaveChangesAsync();
                return true;
            },
            CancellationToken.None);
        _known[key] = json;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The bot was removed from a conversation of Teams")]
        public static partial void Removed(ILogger logger);
    }
}

/// <param name="Id">Without a thread.</param>
/// <param name="Type"><c>personal</c>, <c>groupChat</c> or <c>channel</c>.</param>
/// <param name="GroupId">The group behind the team, for links.</param>
public sealed record KnownConversation(string Id, string? Type, string? TenantId, string ServiceUrl, ChannelAccount Bot, string? GroupId);

/// <param name="ServiceUrl">Came with an authenticated activity.</param>
public sealed record KnownService(string ServiceUrl, string? TenantId, ChannelAccount Bot);
