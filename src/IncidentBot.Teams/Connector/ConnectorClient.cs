using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentBot.Teams.Authentication;
using IncidentBot.Teams.Schema;

namespace IncidentBot.Teams.Connector;

/// <summary>
/// Calls the connector of a conversation. One try a call: who repeats it, and when, is decided by whoever called. The token goes
/// only to service URLs of <see cref="ConversationReference"/>s, which came with authenticated activities.
/// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
/// </summary>
public sealed class ConnectorClient(IHttpClientFactory http, TeamsCredentials credentials, TimeProvider timeProvider)
{
    /// <summary>How the <see cref="ConnectorException.Method"/> of an update begins.</summary>
    internal const string Update = "PUT";

    /// <summary>The <see cref="ConnectorException.Method"/> of <see cref="GetMemberAsync"/>.</summary>
    internal const string FindMember = "GET v3/conversations/…/members";

    private const string WritesBlocked = "MessageWritesBlocked";

    /// <summary>Until the last byte of the answer.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);

    public Task<ResourceResponse> SendToConversationAsync(ConversationReference to, Activity activity, CancellationToken cancellationToken) =>
        CallAsync<ResourceResponse>(HttpMethod.Post, to.ServiceUrl, $"v3/conversations/{Escape(to.Conversation.Id)}/activities", Addressed(to, activity), cancellationToken, answer => answer.Id);

    public Task<ResourceResponse> UpdateActivityAsync(ConversationReference to, string activityId, Activity activity, CancellationToken cancellationToken) =>
        CallAsync<ResourceResponse>(
            HttpMethod.Put, to.ServiceUrl, $"v3/conversations/{Escape(to.Conversation.Id)}/activities/{Escape(activityId)}", Addressed(to, activity) with { Id = activityId }, cancellationToken);

    /// <summary>Makes a thread in a channel, or the conversation with one person, which is the same one each time.</summary>
    public Task<ConversationResourceResponse> CreateConversationAsync(string serviceUrl, ConversationParameters parameters, CancellationToken cancellationToken) =>
        CallAsync<ConversationResourceResponse>(HttpMethod.Post, serviceUrl, "v3/conversations", parameters, cancellationToken, answer => answer.Id);

    /// <summary>Who a member of a conversation is.</summary>
    /// <param name="memberId">The account's or the directory's.</param>
    public Task<ChannelAccount> GetMemberAsync(ConversationReference of, string memberId, CancellationToken cancellationToken) =>
        CallAsync<ChannelAccount>(HttpMethod.Get, of.ServiceUrl, $"v3/conversations/{Escape(of.Conversation.Id)}/members/{Escape(memberId)}", null, cancellationToken);

    private static Activity Addressed(ConversationReference to, Activity activity) =>
        activity with { ChannelId = to.ChannelId, From = to.Bot, Conversation = to.Conversation };

    // A thread's id holds signs that a path would end at.
    private static string Escape(string? id) => Uri.EscapeDataString(id ?? "");

    /// <param name="id">The part of the answer without which it is useless; null: it needs none.</param>
    private async Task<T> CallAsync<T>(HttpMethod method, string serviceUrl, string path, object? body, CancellationToken cancellationToken, Func<T, string?>? id = null)
        where T : class
    {
        using var request = new HttpRequestMessage(method, new Uri(serviceUrl.TrimEnd('/') + "/" + path)) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: TeamsJson.Options) };
        var token = await credentials.GetTokenAsync(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // Names the call without the ids of people and conversations.
        var call = method == HttpMethod.Get ? FindMember
            : method.Method + " v3/conversations" + (path.EndsWith("/activities", StringComparison.Ordinal) || method == HttpMethod.Put ? "/…/activities" : "");
        try
        {
            using var patience = new CancellationTokenSource(CallTimeout, timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            using var client = http.CreateClient(ConnectorHttp.Name);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
                credentials.Drop(token);
            if (!response.IsSuccessStatusCode)
                throw await ReadFaultAsync(call, response, either.Token);
            return await ReadAsync<T>(response, either.Token) is { } answer && (id is null || !string.IsNullOrEmpty(id(answer)))
                ? answer
                : throw new ConnectorException(call, response.StatusCode, ConnectorException.UnreadableAnswer);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ConnectorException(call, null, ConnectorException.NoAnswer, innerException: fault);
        }
    }

    /// <returns>Null for what is not as documented.</returns>
    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            // An update may be answered with nothing.
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return JsonSerializer.Deserialize<T>(text.Length == 0 ? "{}" : text, TeamsJson.Options);
        }
        // A charset that does not exist is an InvalidOperationException.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<ConnectorException> ReadFaultAsync(string call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        string? code = null;
        try
        {
            code = JsonSerializer.Deserialize<ErrorResponse>(text, TeamsJson.Options)?.Error?.Code;
        }
        catch (JsonException)
        {
            // A gateway's page: the status says it.
        }
        // Deep in a text of its own: https://learn.microsoft.com/answers/questions/1513369/403-forbidden-subcode-messagewritesblocked
        code ??= text.Contains(WritesBlocked, StringComparison.Ordinal) ? WritesBlocked : null;
        return new ConnectorException(call, response.StatusCode, code ?? ConnectorException.CodeOf(response.StatusCode)) { RetryAfter = ConnectorHttp.PauseOf(response, timeProvider) };
    }

    private sealed record ErrorResponse(Error? Error);

    private sealed record Error(string? Code);
}
