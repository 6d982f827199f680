namespace IncidentBot.Slack.Api;

/// <summary>https://api.slack.com/methods/usergroups.list (usergroups:read)</summary>
public sealed class UserGroupsApi(SlackApiClient client)
{
    public async Task<IReadOnlyList<UserGroup>> List(CancellationToken cancellationToken) =>
        (await client.PostFormAsync<ListResponse>("usergroups.list", [("include_users", true)], cancellationToken)).Usergroups ?? [];

    private sealed record ListResponse(IReadOnlyList<UserGroup>? Usergroups);
}

/// <param name="Handle">Without <c>@</c>.</param>
/// <param name="DateDelete">Not 0: switched off.</param>
public sealed record UserGroup(string Id, string Handle, IReadOnlyList<string>? Users, long DateDelete = 0);
