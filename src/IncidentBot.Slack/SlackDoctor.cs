using IncidentBot.Incidents;
using IncidentBot.Slack.Api;
using Microsoft.Extensions.Options;

namespace IncidentBot.Slack;

/// <summary>What <c>doctor</c> asks Slack. A check ends with what is well, or throws with what is not and how it is mended.</summary>
public sealed class SlackDoctor(ISlackApiClient slack, IOptions<SlackOptions> options, IOptions<IncidentBotOptions> bot)
{
    /// <summary>The checks in their order; those that need the bot's token come only once it is known to be good.</summary>
    public IEnumerable<(string What, Func<Task<Diagnosis>> Check)> Checks(CancellationToken cancellationToken)
    {
        AuthTestResponse? identity = null;
        yield return ("Slack:BotToken", Asking(async () =>
        {
            identity = await slack.Auth.Test(cancellationToken);
            return $"the bot is @{identity.User} in the workspace {identity.Team} ({identity.Url})";
        }));
        if (options.Value.Mode == SlackMode.SocketMode)
        {
            yield return ("Slack:AppToken", Asking(async () =>
            {
                await slack.AppsConnections.Open(cancellationToken);
                return "Slack offers a WebSocket for it";
            }));
        }
        else
        {
            yield return ("Slack:SigningSecret", () => Task.FromResult(Diagnosis.NotChecked("is set, and cannot be compared with Slack's from here; if it is another app's, each request is logged as rejected")));
            yield return ("Slack request URLs", () => Task.FromResult(DescribeUrls()));
        }
        if (identity is null)
        {
            var unknown = Diagnosis.NotChecked("not checked, since it takes a Slack:BotToken that Slack accepts");
            yield return ("Slack scopes", () => Task.FromResult(unknown));
            yield return ("Slack:AnnouncementChannel", () => Task.FromResult(unknown));
            yield break;
        }
        yield return ("Slack scopes", () => Task.FromResult<Diagnosis>(CompareScopes(identity.Scopes)));
        yield return ("Slack:AnnouncementChannel", Asking(() => DescribeAnnouncementsAsync(identity, cancellationToken)));
    }

    private Diagnosis DescribeUrls()
    {
        var url = bot.Value.PublicUrl.TrimEnd('/');
        return SlackStart.AboutPublicUrl(options.Value, url) is { } missing
            ? Diagnosis.Warning(missing)
            : Diagnosis.NotChecked(
                $"cannot be seen from here; enter {url}/slack/events (page \"Event Subscriptions\"), {url}/slack/commands (\"Slash Commands\", both commands) and {url}/slack/interactivity (\"Interactivity & Shortcuts\")");
    }

    private static string CompareScopes(IReadOnlyList<string>? granted)
    {
        if (granted is null)
            return "Slack did not list them";
        var missing = SlackScopes.Reasons.Where(s => !granted.Contains(s.Key)).Select(s => $"{s.Key} ({s.Value})").ToList();
        return missing.Count == 0
            ? $"all {SlackScopes.Reasons.Count} are granted"
            : throw new InvalidOperationException(
                $"missing: {string.Join("; ", missing)}. Add them on the app's page \"OAuth & Permissions\" under Bot Token Scopes, and install the app again.");
    }

    private async Task<string> DescribeAnnouncementsAsync(AuthTestResponse identity, CancellationToken cancellationToken)
    {
        var named = options.Value.AnnouncementChannel;
        if (named.Length == 0)
            return "none; incidents are announced where they are declared";
        var channel = SlackChannels.IsId(named)
            ? await TryReadAsync(named, cancellationToken)
            : await SlackChannels.FindByNameAsync(slack, named.TrimStart('#'), cancellationToken);
        return channel switch
        {
            null => throw new InvalidOperationException(
                $"there is no channel {named}, or it is private and the bot is not in it. Type /invite @{identity.User} there, or correct Slack:AnnouncementChannel."),
            { IsArchived: true } => throw new InvalidOperationException($"#{channel.Name} is archived. Name another channel, or leave it empty."),
            { IsMember: false, IsPrivate: true } => throw new InvalidOperationException($"the bot is not in #{channel.Name}, which is private. Type /invite @{identity.User} there."),
            { IsMember: false } => $"#{channel.Name} ({channel.Id}), which the bot joins with its first announcement",
            _ => $"#{channel.Name} ({channel.Id})",
        };
    }

    private async Task<Channel?> TryReadAsync(string channelId, CancellationToken cancellationToken)
    {
        try
        {
            return await slack.Conversations.Info(channelId, cancellationToken);
        }
        catch (SlackException fault) when (fault.ErrorCode == "channel_not_found")
        {
            return null;
        }
    }

    private static Func<Task<Diagnosis>> Asking(Func<Task<string>> check) => async () =>
    {
        try
        {
            return await check();
        }
        catch (SlackException fault)
        {
            throw new InvalidOperationException(SlackFaults.Advise(fault), fault);
        }
    };
}
