using IncidentBot.Incidents.Chat;
using IncidentBot.Slack.Api;

namespace IncidentBot.Slack;

/// <summary>What Slack's words mean to whoever has to do something about them.</summary>
internal static class SlackFaults
{
    /// <summary>A token that is not valid any more is mended by somebody, and what waits is sent then.</summary>
    public static ChatPlatformException ToPlatform(SlackException fault) =>
        new(Explain(fault), fault.IsTransient || IsAboutToken(fault), (fault as SlackRateLimitException)?.RetryAfter, fault) { IsMessageGone = IsMessageGone(fault) };

    /// <summary>The same for a call that was about the direct messages with one person, which are a channel to Slack.</summary>
    public static ChatPlatformException ToPlatformOfPerson(SlackException fault) => fault.ErrorCode is "not_in_channel" or "channel_not_found" or "is_archived"
        ? new ChatPlatformException($"Slack refused {fault.Method}: nobody can write to that person any more, whose account may be deactivated ({fault.ErrorCode}).", isTransient: false, innerException: fault)
        : ToPlatform(fault);

    /// <summary>Whether a message cannot be updated any more: it was deleted, or Slack takes no change of it, as where the time for that is over.</summary>
    public static bool IsMessageGone(SlackException fault) => fault.ErrorCode is "message_not_found" or "cant_update_message" or "edit_window_closed";

    private static bool IsAboutToken(SlackException fault) =>
        fault.ErrorCode is "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "account_inactive";

    /// <summary>The hint for whoever sets the bot up.</summary>
    public static string Advise(SlackException fault) => fault.ErrorCode == SlackException.NoAnswer
        ? $"{Explain(fault)} Check this machine's network, its firewall, and the proxy if there is one (HTTPS_PROXY)."
        : Explain(fault);

    /// <summary>One line of a log for whatever a call of Slack may throw.</summary>
    public static string Describe(Exception fault) => fault switch
    {
        SlackException slack => Explain(slack),
        OperationCanceledException => "Slack did not answer in time.",
        _ => fault.Message,
    };

    /// <summary>What is wrong and how it is mended; shown in the room and by <c>doctor</c>.</summary>
    public static string Explain(SlackException fault) => fault.ErrorCode switch
    {
        "invalid_auth" or "not_authed" or "token_revoked" or "missing_scope" or "not_allowed_token_type" when fault.Method == "apps.connections.open" =>
            $"Slack refused Slack:AppToken ({fault.ErrorCode}). Copy an app-level token (xapp-…) with the scope connections:write from the app's page \"Basic Information\".",
        "account_inactive" or "user_removed_from_team" or "team_disabled" =>
            $"Slack refused {fault.Method}: the bot or its workspace was switched off ({fault.ErrorCode}). Install the app again, and copy its tokens anew.",
        "missing_scope" => $"Slack refused {fault.Method}: the app lacks the scope {fault.Needed ?? "that it needs"}. Add it on the app's page \"OAuth & Permissions\" and install the app again.",
        "not_in_channel" or "channel_not_found" => $"Slack refused {fault.Method}: the bot is not in that channel, or there is none. Type /invite @IncidentBot there, or correct the configuration.",
        "user_disabled" => $"Slack refused {fault.Method}: that person's account is deactivated.",
        "user_not_found" => $"Slack refused {fault.Method}: it knows no such person.",
        "user_not_visible" or "invalid_user_combination" => $"Slack refused {fault.Method}: the bot and that person do not see each other ({fault.ErrorCode}).",
        "cannot_dm_bot" => $"Slack refused {fault.Method}: that is a bot, to which nobody can write.",
        "messages_tab_disabled" => $"Slack refused {fault.Method}: nobody can be written to directly. Switch on the Messages Tab on the app's page \"App Home\".",
        "is_archived" => $"Slack refused {fault.Method}: the channel is archived.",
        "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" =>
            $"Slack refused {fault.Method}: Slack:BotToken is not valid ({fault.ErrorCode}). Copy the Bot User OAuth Token anew from the app's page \"OAuth & Permissions\".",
        "restricted_action" or "ekm_access_denied" or "no_permission" or "not_allowed_token_type" =>
            $"Slack refused {fault.Method}: the workspace's settings do not allow it ({fault.ErrorCode}). An administrator can.",
        "ratelimited" => $"Slack asks for a pause with {fault.Method}.",
        SlackException.NoAnswer => $"Slack did not answer {fault.Method}: {NetworkReason(fault)}.",
        SlackException.UnreadableAnswer => $"Slack's answer to {fault.Method} could not be read.",
        _ => $"Slack refused {fault.Method}: {fault.ErrorCode}{(fault.Messages.Count == 0 ? "" : " (" + string.Join("; ", fault.Messages) + ")")}.",
    };

    /// <summary>The network's own words, with the host: "Name or service not known (slack.com:443)".</summary>
    private static string NetworkReason(SlackException fault)
    {
        var reason = fault.InnerException switch
        {
            null => "nothing came",
            OperationCanceledException => "nothing came in time",
            // Where it does not name the host, it says no more than that the request failed.
            var network when fault.Host is { } host && network.Message.Contains(host, StringComparison.Ordinal) => network.Message,
            var network => network.GetBaseException().Message.TrimEnd('.'),
        };
        return fault.Host is { } asked && !reason.Contains(asked, StringComparison.Ordinal) ? $"{reason} ({asked})" : reason;
    }
}
