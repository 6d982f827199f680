namespace IncidentBot.Teams.Inbound;

/// <summary>Web addresses of messages. https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams</summary>
internal static class TeamsLinks
{
    /// <returns>Null where Teams has none: in the conversation of the bot with one person.</returns>
    public static async Task<string?> ToMessageAsync(TeamsConversations conversations, string conversationId, string messageId, CancellationToken cancellationToken)
    {
        var channel = TeamsConversations.ChannelOf(conversationId);
        if (messageId.Length == 0 || !channel.StartsWith("19:", StringComparison.Ordinal))
            return null;
        var address = $"https://teams.microsoft.com/l/message/{Uri.EscapeDataString(channel)}/{Uri.EscapeDataString(messageId)}";
        var known = await conversations.FindAsync(channel, cancellationToken);
        return TeamsConversations.ThreadOf(conversationId) is { } thread
            ? $"{address}?{Part("tenantId", known?.TenantId)}{Part("groupId", known?.GroupId)}parentMessageId={thread}"
            : $"{address}?context=%7B%22contextType%22%3A%22chat%22%7D";
    }

    private static string Part(string name, string? value) => string.IsNullOrEmpty(value) ? "" : $"{name}={Uri.EscapeDataString(value)}&";
}
