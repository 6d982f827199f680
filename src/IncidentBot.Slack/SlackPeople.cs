using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Chat;
using IncidentBot.Slack.Api;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Slack;

/// <summary>Who people and user groups are. Remembered for an hour; a Slack that does not answer in time makes nobody wait for it.</summary>
public sealed partial class SlackPeople(ISlackApiClient slack, TimeProvider timeProvider, ILogger<SlackPeople> logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Of the three seconds that a person waits at most.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(1);

    /// <summary>How long a Slack that did not answer is not asked again, so that not every command waits for it.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (User? User, DateTimeOffset Until)> _users = [];
    private volatile KnownGroups _groups = new([], DateTimeOffset.MinValue);

    /// <summary>The person as far as Slack tells it now; with <paramref name="name"/>, else the id, where it does not.</summary>
    public async Task<PersonProfile> FindAsync(string userId, string? name, CancellationToken cancellationToken) =>
        await TryFindAsync(userId, cancellationToken) is { } user
            ? new PersonProfile(new Person(SlackPlatform.PlatformName, userId, user.DisplayName), user.Tz)
            : new PersonProfile(new Person(SlackPlatform.PlatformName, userId, string.IsNullOrEmpty(name) ? userId : name), null);

    /// <summary>The person or user group as they are now; null for nobody, for a deactivated account and for a group that is switched off.</summary>
    /// <exception cref="SlackException">Slack does not tell.</exception>
    public async Task<PersonProfile?> LookUpAsync(string id, CancellationToken cancellationToken)
    {
        if (IsGroup(id))
        {
            return await FindGroupAsync(id, cancellationToken) is { } group
                ? new PersonProfile(new Person(SlackPlatform.PlatformName, id, group.Handle), null) { IsGroup = true }
                : null;
        }
        if (!IsUser(id))
            return null;
        try
        {
            var user = await slack.Users.Info(id, cancellationToken);
            _users[id] = (user, timeProvider.GetUtcNow() + Lifetime);
            return user is { Deleted: false } ? new PersonProfile(new Person(SlackPlatform.PlatformName, id, user.DisplayName), user.Tz) : null;
        }
        catch (SlackException fault) when (fault.ErrorCode is "user_not_found" or "user_not_visible" or "users_not_found")
        {
            return null;
        }
    }

    /// <summary>Null when Slack knows no such person, or does not answer.</summary>
    public async Task<User?> TryFindAsync(string userId, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        if (_users.TryGetValue(userId, out var cached) && cached.Until > now)
            return cached.User;
        return await Patience.AskAsync<User?>(
            MostPatience,
            timeProvider,
            async soon => Remember(await slack.Users.Info(userId, soon), Lifetime),
            fault =>
            {
                Log.PersonUnknown(logger, userId, SlackFaults.Describe(fault));
                // An old name is better than none.
                return Remember(cached.User, Rest);
            },
            cancellationToken);

        User? Remember(User? user, TimeSpan time)
        {
            _users[userId] = (user, now + time);
            return user;
        }
    }

    /// <summary>Adds those of the typed <c>@name</c>s which are the name of one person that was met lately; asks Slack for nobody.</summary>
    public void AddKnown(Dictionary<string, Person> mentions, IEnumerable<string> texts)
    {
        foreach (var name in texts.SelectMany(t => TypedName().Matches(t)).Select(m => m.Groups[1].Value))
        {
            var named = _users.Values.Select(u => u.User).OfType<User>().Where(u => IsCalled(u, name)).Take(2).ToList();
            if (named is [var one])
                mentions.TryAdd(name, new Person(SlackPlatform.PlatformName, one.Id, one.DisplayName));
        }
    }

    /// <summary>The members of a user group as they are now, since who is on call changes; empty for one that is switched off or unknown.</summary>
    /// <exception cref="SlackException">Slack does not tell.</exception>
    public async Task<IReadOnlyList<string>> MembersAsync(string groupId, CancellationToken cancellationToken) =>
        (await FindGroupAsync(groupId, cancellationToken))?.Users ?? [];

    /// <summary>The same with their names; by their ids from the first one on whom Slack does not tell in time.</summary>
    /// <exception cref="SlackException">Slack does not tell who they are at all.</exception>
    public async Task<IReadOnlyList<Person>> NamedMembersAsync(string groupId, CancellationToken cancellationToken)
    {
        var members = new List<Person>();
        var isTold = true;
        foreach (var id in await MembersAsync(groupId, cancellationToken))
        {
            var user = isTold ? await TryFindAsync(id, cancellationToken) : _users.GetValueOrDefault(id).User;
            isTold = isTold && user is not null;
            if (user is not { Deleted: true })
                members.Add(new Person(SlackPlatform.PlatformName, id, user?.DisplayName ?? id));
        }
        return members;
    }

    /// <summary>Whether it is the id of a user group.</summary>
    public static bool IsGroup(string id) => SlackChannels.IsOf("S", id);

    /// <summary>Whether it is the id of a person.</summary>
    public static bool IsUser(string id) => SlackChannels.IsOf("UW", id);

    /// <summary>The user groups, none when Slack does not tell.</summary>
    public Task<IReadOnlyList<UserGroup>> TryListGroupsAsync(CancellationToken cancellationToken) => Patience.AskAsync(
        MostPatience,
        timeProvider,
        GroupsAsync,
        fault =>
        {
            Log.GroupsUnknown(logger, SlackFaults.Describe(fault));
            return [];
        },
        cancellationToken);

    private async Task<UserGroup?> FindGroupAsync(string groupId, CancellationToken cancellationToken) =>
        (await slack.UserGroups.List(cancellationToken)).FirstOrDefault(g => g.Id == groupId && g.DateDelete == 0);

    private async Task<IReadOnlyList<UserGroup>> GroupsAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        if (_groups.Until <= now)
            _groups = new KnownGroups(await slack.UserGroups.List(cancellationToken), now + Lifetime);
        return _groups.All;
    }

    private static bool IsCalled(User user, string name) => !user.Deleted
        && (string.Equals(user.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(user.DisplayName, name, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"(?<!\S)@([\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}_-])")]
    private static partial Regex TypedName();

    private sealed record KnownGroups(IReadOnlyList<UserGroup> All, DateTimeOffset Until);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Slack did not tell who {UserId} is: {Reason}")]
        public static partial void PersonUnknown(ILogger logger, string userId, string reason);

        [LoggerMessage(2, LogLevel.Warning, "Slack did not list the user groups: {Reason}")]
        public static partial void GroupsUnknown(ILogger logger, string reason);
    }
}
