namespace IncidentBot.Slack.Api;

/// <summary>
/// Slack's Web API by the names of SlackNet, so that its client can be taken instead. Every call may throw
/// <see cref="SlackException"/>. https://api.slack.com/methods
/// </summary>
public interface ISlackApiClient
{
    AuthApi Auth { get; }

    AppsConnectionsApi AppsConnections { get; }

    BookmarksApi Bookmarks { get; }

    ChatApi Chat { get; }

    ConversationsApi Conversations { get; }

    FilesApi Files { get; }

    PinsApi Pins { get; }

    ReactionsApi Reactions { get; }

    UserGroupsApi UserGroups { get; }

    UsersApi Users { get; }

    ViewsApi Views { get; }
}
