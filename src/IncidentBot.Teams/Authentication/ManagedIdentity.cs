using System.Net;
using IncidentBot.Teams.Connector;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace IncidentBot.Teams.Authentication;

/// <summary>The token of the Azure resource that the bot runs on, by Microsoft's library, which knows how each kind of resource gives it.</summary>
internal static class ManagedIdentity
{
    /// <summary>What a <see cref="ConnectorException"/> names as its method when there is no token.</summary>
    internal const string Asked = "managed identity";

    /// <param name="clientId">The user-assigned identity's.</param>
    /// <param name="isNewNeeded">The library would give the one that it gave before, until its end.</param>
    public static async Task<AccessToken> AskAsync(IHttpClientFactory http, string clientId, string resource, bool isNewNeeded, CancellationToken cancellationToken)
    {
        var identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(clientId))
            .WithHttpClientFactory(new Clients(http))
            .Build();
        try
        {
            var result = await identity.AcquireTokenForManagedIdentity(resource).WithForceRefresh(isNewNeeded).ExecuteAsync(cancellationToken);
            return new AccessToken(result.AccessToken, result.ExpiresOn);
        }
        catch (MsalException fault)
        {
            // It has tried again by itself; and often it does not tell the status.
            var mayPass = fault.IsRetryable || fault.ErrorCode == MsalError.ManagedIdentityUnreachableNetwork;
            throw new ConnectorException(
                Asked,
                fault is MsalServiceException { StatusCode: > 0 } answered ? (HttpStatusCode)answered.StatusCode : null,
                mayPass ? ConnectorException.NoAnswer : fault.ErrorCode,
                "Assign the managed identity of Teams:MicrosoftAppId to the Azure resource that the bot runs on, or set Teams:MicrosoftAppType to SingleTenant and give a secret.",
                fault);
        }
    }

    private sealed class Clients(IHttpClientFactory http) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => http.CreateClient(ConnectorHttp.Name);
    }
}
