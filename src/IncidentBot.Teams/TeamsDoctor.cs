using IncidentBot.Incidents;
using IncidentBot.Incidents.Store;
using IncidentBot.Teams.Authentication;
using IncidentBot.Teams.Inbound;
using Microsoft.Extensions.Options;

namespace IncidentBot.Teams;

/// <summary>What <c>doctor</c> asks Microsoft. A check ends with what is well, or throws with what is not and how it is mended.</summary>
public sealed class TeamsDoctor(
    TeamsCredentials credentials,
    ConnectorKeys keys,
    TeamsConversations conversations,
    IncidentStore store,
    IOptions<TeamsOptions> options,
    IOptions<IncidentBotOptions> bot)
{
    private readonly TeamsOptions _options = options.Value;

    public IEnumerable<(string What, Func<Task<Diagnosis>> Check)> Checks(CancellationToken cancellationToken)
    {
        yield return ("Teams credentials", async () =>
        {
            await credentials.GetTokenAsync(cancellationToken);
            return (Diagnosis)$"Microsoft gives a token to the {_options.MicrosoftAppType} bot {_options.MicrosoftAppId}";
        });
        yield return ("Teams:OpenIdMetadataUrl", async () => (Diagnosis)$"Microsoft publishes {await keys.CountAsync(cancellationToken)} of the keys by which requests are verified");
        yield return ("Teams messaging endpoint", () => Task.FromResult<Diagnosis>(DescribeEndpoint()));
        yield return ("Teams:AnnouncementConversation", () => DescribeAnnouncementsAsync(cancellationToken));
    }

    private string DescribeEndpoint()
    {
        const string anonymous = "Teams:AllowAnonymousOnLoopback lets programs on this machine in without a token";
        var url = bot.Value.PublicUrl;
        if (_options.AllowAnonymousOnLoopback && url.Length == 0)
            return $"{anonymous}; for Teams itself set IncidentBot:PublicUrl";
        return TeamsAppPackage.FaultOf(url) is { } fault
            ? throw new InvalidOperationException(fault)
            : $"the Azure Bot's page \"Configuration\" must have {TeamsAppPackage.EndpointOf(url)}{(_options.AllowAnonymousOnLoopback ? $"; {anonymous}" : "")}";
    }

    private async Task<Diagnosis> DescribeAnnouncementsAsync(CancellationToken cancellationToken)
    {
        var id = _options.AnnouncementConversation;
        if (id.Length == 0)
            return "none; an incident gets its thread in the channel where it is declared";
        // Before the first start there is nothing to look into.
        var known = await store.InspectAsync(cancellationToken) is [] ? await conversations.FindAsync(id, cancellationToken) : null;
        return known switch
        {
            { Type: "personal" or "groupChat" } => throw Chat(),
            null when id.EndsWith("@thread.v2", StringComparison.Ordinal) => throw Chat(),
            null => "nothing was heard from that channel yet; add the app to its team and write \"@IncidentBot help\" there once",
            _ => "people of that channel have written to the bot",
        };
    }

    private static InvalidOperationException Chat() =>
        new("that is a chat, and only channels have threads. Name a channel: its id ends with @thread.tacv2 and stands, percent-encoded, in the channel's link.");
}
