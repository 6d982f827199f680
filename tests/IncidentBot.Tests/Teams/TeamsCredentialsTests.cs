using System.Collections.Concurrent;
using System.Net;
using System.Text;
using IncidentBot.Teams;
using IncidentBot.Teams.Authentication;
using IncidentBot.Teams.Connector;
using IncidentBot.Tests.Fakes.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentBot.Tests.Teams;

/// <summary>The bot's own token is asked for once and kept; what goes wrong is told with what to mend.</summary>
public sealed class TeamsCredentialsTests : IAsyncLifetime
{
    private RunningTeamsBot _bot = null!;

    public async Task InitializeAsync() => _bot = await RunningTeamsBot.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task The_token_is_asked_for_with_the_apps_secret()
    {
        Assert.Equal("bot-token-1", await GetTokenAsync());
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials", ["client_id"] = FakeLogin.AppId, ["client_secret"] = FakeLogin.Secret, ["scope"] = "https://api.botframework.com/.default",
            },
            _bot.Login.TokenRequests.Single());
    }

    [Fact]
    public async Task It_is_kept_until_five_minutes_before_its_end()
    {
        _bot.Login.TokenLifetime = TimeSpan.FromHours(1);
        await GetTokenAsync();
        _bot.Clock.Advance(TimeSpan.FromMinutes(54.9));
        Assert.Equal("bot-token-1", await GetTokenAsync());

        _bot.Clock.Advance(TimeSpan.FromMinutes(0.1));
        Assert.Equal("bot-token-2", await GetTokenAsync());
        Assert.Equal("bot-token-2", await GetTokenAsync());
    }

    [Fact]
    public async Task Who_asks_at_once_shares_one_request_and_may_give_up_alone()
    {
        _bot.Login.IsHanging = true;
        using var impatience = new CancellationTokenSource();
        var impatient = Credentials.GetTokenAsync(impatience.Token);
        var patient = Enumerable.Range(0, 10).Select(_ => GetTokenAsync()).ToList();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _bot.Login.Release();

        Assert.All(await Task.WhenAll(patient), token => Assert.Equal("bot-token-1", token));
        Assert.Single(_bot.Login.TokenRequests);
    }

    [Theory]
    [InlineData(7000215, "Teams:MicrosoftAppPassword is not a secret of this app", "Certificates & secrets")]
    [InlineData(7000222, "Teams:MicrosoftAppPassword has expired", "Certificates & secrets")]
    [InlineData(700016, "Teams:MicrosoftAppId is unknown to the tenant", "Teams:MicrosoftAppType")]
    [InlineData(90002, "Teams:MicrosoftAppTenantId is no tenant", "App Tenant ID")]
    [InlineData(7000112, "The app is disabled", "administrator")]
    [InlineData(53003, "https://login.microsoftonline.com/error?code=53003", "AADSTS53003")]
    public async Task A_refusal_names_what_to_mend(int number, params string[] says)
    {
        _bot.Login.FailNextToken(401, $$"""{"error":"invalid_client","error_description":"AADSTS{{number}}: {{FakeLogin.Secret}} is wrong. Trace ID: x","error_codes":[{{number}}]}""");

        var fault = await FailAsync();

        Assert.Equal(("token endpoint", HttpStatusCode.Unauthorized, $"AADSTS{number}", false), (fault.Method, fault.Status, fault.Code, fault.IsTransient));
        Assert.All(says, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
        Assert.DoesNotContain(FakeLogin.Secret, fault.ToString(), StringComparison.Ordinal);
        Assert.Equal("bot-token-2", await GetTokenAsync());
    }

    [Theory]
    [InlineData(500, "", "http_500", true)]
    [InlineData(503, "<html>", "http_503", true)]
    [InlineData(429, "{}", "http_429", true)]
    [InlineData(404, "", "http_404", false)]
    [InlineData(302, "", "http_302", false)]
    [InlineData(400, """{"error":"invalid_request"}""", "invalid_request", false)]
    [InlineData(400, """{"error":"very-secret~8Q"}""", "http_400", false)]
    [InlineData(503, """{"error":"temporarily_unavailable","error_codes":[]}""", "temporarily_unavailable", true)]
    [InlineData(200, "", "unreadable_answer", false)]
    [InlineData(200, "null", "unreadable_answer", false)]
    [InlineData(200, """{"access_token":"very-secret~8Q"}""", "unreadable_answer", false)]
    [InlineData(200, """{"access_token":"very-secret~8Q","expires_in":"soon"}""", "unreadable_answer", false)]
    [InlineData(200, """{"access_token":"","expires_in":3599}""", "unreadable_answer", false)]
    public async Task An_answer_that_is_no_token_is_told_as_what_it_is(int status, string body, string code, bool isTransient)
    {
        _bot.Login.FailNextToken(status, body, TimeSpan.FromSeconds(7));

        var fault = await FailAsync();

        Assert.Equal((code, isTransient, (HttpStatusCode)status), (fault.Code, fault.IsTransient, fault.Status));
        Assert.Equal(status == 200 ? null : TimeSpan.FromSeconds(7), fault.RetryAfter);
        Assert.DoesNotContain("very-secret", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("Wed, 01 Jan 2020 00:00:00 GMT")]
    public async Task A_pause_that_is_over_already_is_none(string retryAfter)
    {
        var far = new FarEnd { Status = HttpStatusCode.ServiceUnavailable, Answer = "", RetryAfter = retryAfter };
        await using var services = Services(far, ("MicrosoftAppPassword", "x"));

        var fault = await Assert.ThrowsAsync<ConnectorException>(() => services.GetRequiredService<TeamsCredentials>().GetTokenAsync(CancellationToken.None));

        Assert.Equal((true, null), (fault.IsTransient, fault.RetryAfter));
    }

    [Fact]
    public async Task An_older_endpoint_counts_seconds_in_text()
    {
        _bot.Login.FailNextToken(200, """{"access_token":"t","expires_in":"3599"}""");

        Assert.Equal("t", await GetTokenAsync());
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_not_waited_for_long()
    {
        _bot.Login.IsHanging = true;
        var asking = FailAsync();
        for (var i = 0; i < 1000 && _bot.Login.TokenRequests.Count == 0; i++)
            await Task.Delay(10);
        _bot.Clock.Advance(TimeSpan.FromSeconds(10));

        var fault = await asking;

        Assert.Equal((ConnectorException.NoAnswer, true, null), (fault.Code, fault.IsTransient, fault.Status));
    }

    [Theory]
    [InlineData("SingleTenant", "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/oauth2/v2.0/token")]
    [InlineData("MultiTenant", "https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token")]
    public async Task The_authority_follows_from_the_apps_type(string type, string url)
    {
        var far = new FarEnd();
        await using var services = Services(far, ("MicrosoftAppType", type), ("MicrosoftAppPassword", "x"));

        Assert.Equal("a-token", await services.GetRequiredService<TeamsCredentials>().GetTokenAsync(CancellationToken.None));
        Assert.Equal(url, far.Requests.Single());
    }

    [Fact]
    public async Task A_managed_identity_needs_no_secret()
    {
        var far = new FarEnd();
        await using var services = Services(far, ("MicrosoftAppType", "UserAssignedMSI"));
        var credentials = services.GetRequiredService<TeamsCredentials>();

        Assert.Equal("a-token", await credentials.GetTokenAsync(CancellationToken.None));
        Assert.Equal("a-token", await credentials.GetTokenAsync(CancellationToken.None));
        var request = Uri.UnescapeDataString(far.Requests.Single());
        Assert.StartsWith("http://169.254.169.254/metadata/identity/oauth2/token?", request, StringComparison.Ordinal);
        Assert.Contains("resource=https://api.botframework.com", request, StringComparison.Ordinal);
        Assert.Contains("client_id=" + FakeLogin.AppId, request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_managed_identity_whose_token_was_refused_is_asked_for_a_new_one()
    {
        var far = new FarEnd();
        // Of this test only: tokens are kept for the whole process.
        await using var services = Services(far, ("MicrosoftAppId", "5b0c1b0e-6d0f-4a59-8f0c-3c8f6f1f9a77"), ("MicrosoftAppType", "UserAssignedMSI"));
        var credentials = services.GetRequiredService<TeamsCredentials>();

        credentials.Drop(await credentials.GetTokenAsync(CancellationToken.None));
        await credentials.GetTokenAsync(CancellationToken.None);
        await credentials.GetTokenAsync(CancellationToken.None);

        Assert.Equal(2, far.Requests.Count);
    }

    [Fact]
    public async Task A_managed_identity_that_is_not_there_is_told()
    {
        var far = new FarEnd { Status = HttpStatusCode.BadRequest, Answer = """{"error":"invalid_request","error_description":"Identity not found"}""" };
        await using var services = Services(far, ("MicrosoftAppId", FakeLogin.TenantId), ("MicrosoftAppType", "UserAssignedMSI"));

        var fault = await Assert.ThrowsAsync<ConnectorException>(() => services.GetRequiredService<TeamsCredentials>().GetTokenAsync(CancellationToken.None));

        Assert.Equal(("managed identity", "managed_identity_request_failed", false), (fault.Method, fault.Code, fault.IsTransient));
        Assert.Contains("Assign the managed identity of Teams:MicrosoftAppId", fault.Message, StringComparison.Ordinal);
    }

    private TeamsCredentials Credentials => _bot.Services.GetRequiredService<TeamsCredentials>();

    private Task<string> GetTokenAsync() => Credentials.GetTokenAsync(CancellationToken.None);

    private Task<ConnectorException> FailAsync() => Assert.ThrowsAsync<ConnectorException>(GetTokenAsync);

    private static ServiceProvider Services(FarEnd far, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Teams:MicrosoftAppId"] = FakeLogin.AppId, ["Teams:MicrosoftAppTenantId"] = FakeLogin.TenantId });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Teams:{s.Key}", (string?)s.Value)));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddTeams();
        builder.Services.AddHttpClient("Teams").ConfigurePrimaryHttpMessageHandler(() => far);
        return builder.Services.BuildServiceProvider();
    }

    /// <summary>For addresses that a test cannot serve.</summary>
    private sealed class FarEnd : HttpMessageHandler
    {
        public ConcurrentQueue<string> Requests { get; } = [];

        public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

        public string Answer { get; init; } = """{"access_token":"a-token","expires_in":"3599","expires_on":"4102444800","resource":"https://api.botframework.com","token_type":"Bearer"}""";

        public string? RetryAfter { get; init; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Enqueue(request.RequestUri!.AbsoluteUri);
            var response = new HttpResponseMessage(Status) { Content = new StringContent(Answer, Encoding.UTF8, "application/json") };
            if (RetryAfter is not null)
                response.Headers.Add("Retry-After", RetryAfter);
            return Task.FromResult(response);
        }
    }
}
