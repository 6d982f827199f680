using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using IncidentBot.Tests.Fakes.Teams;
using Microsoft.IdentityModel.Tokens;

namespace IncidentBot.Tests.Teams;

/// <summary>Only what the Bot Framework sends to this bot has an effect.</summary>
public sealed class InboundTokenTests : IAsyncLifetime
{
    private RunningTeamsBot _bot = null!;

    public static TheoryData<string, Func<InboundToken, InboundToken>, string> Violations => new()
    {
        { "another issuer", t => t with { Issuer = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/" }, "not issued by the Bot Framework" },
        { "an issuer of another case", t => t with { Issuer = "https://API.botframework.com" }, "not issued by the Bot Framework" },
        { "another audience", t => t with { Audience = FakeLogin.TenantId }, "for another bot" },
        { "no audience", t => t with { Audience = "" }, "for another bot" },
        { "an audience with a slash", t => t with { Audience = FakeLogin.AppId + "/" }, "for another bot" },
        { "a forged signature", t => t with { Key = FakeLogin.NewKey("msteams") }, "signature is not valid" },
        { "an unknown key", t => t with { KeyId = "unknown" }, "does not publish" },
        { "no key id", t => t with { KeyId = null }, "does not publish" },
        { "the public key as a shared secret", t => t with { Algorithm = SecurityAlgorithms.HmacSha256 }, "" },
        { "no signature", t => t with { Algorithm = "none" }, "" },
        { "another algorithm", t => t with { Algorithm = SecurityAlgorithms.RsaSsaPssSha256 }, "algorithm" },
        { "its end 301 seconds ago", t => t with { NotBefore = t.NotBefore!.Value.AddHours(-2), Expires = Now.AddSeconds(-301) }, "has expired" },
        { "no end", t => t with { Expires = null }, "has expired" },
        { "its beginning in 301 seconds", t => t with { NotBefore = Now.AddSeconds(301) }, "not valid yet" },
        { "no serviceurl", t => t with { ServiceUrl = null }, "no serviceurl" },
        { "an empty serviceurl", t => t with { ServiceUrl = "" }, "no serviceurl" },
        { "another serviceurl", t => t with { ServiceUrl = "https://smba.trafficmanager.net/emea/" }, "another serviceUrl" },
        { "a longer serviceurl", t => t with { ServiceUrl = t.ServiceUrl + "x" }, "another serviceUrl" },
        { "two slashes at its end", t => t with { ServiceUrl = t.ServiceUrl + "/" }, "another serviceUrl" },
    };

    public static TheoryData<string, Func<InboundToken, InboundToken>> Valid => new()
    {
        { "RS256", t => t },
        { "RS384", t => t with { Algorithm = SecurityAlgorithms.RsaSha384 } },
        { "RS512", t => t with { Algorithm = SecurityAlgorithms.RsaSha512 } },
        { "its end 299 seconds ago", t => t with { Expires = Now.AddSeconds(-299) } },
        { "its beginning in 299 seconds", t => t with { NotBefore = Now.AddSeconds(299) } },
        { "no beginning", t => t with { NotBefore = null } },
        { "a serviceurl of another case", t => t with { ServiceUrl = t.ServiceUrl!.Replace("emea", "EMEA", StringComparison.Ordinal) } },
        { "a serviceurl without its slash", t => t with { ServiceUrl = t.ServiceUrl!.TrimEnd('/') } },
        { "an audience in capitals", t => t with { Audience = FakeLogin.AppId.ToUpperInvariant() } },
    };

    private static DateTimeOffset Now { get; } = new(2026, 3, 2, 9, 14, 0, TimeSpan.Zero);

    public async Task InitializeAsync() => _bot = await RunningTeamsBot.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task A_token_that_breaks_a_rule_is_refused_and_nothing_happens(string what, Func<InboundToken, InboundToken> change, string reason)
    {
        var token = change(_bot.Token);

        var answer = await _bot.SendAsync(_bot.Message, token);

        Assert.Equal((401, ""), (answer.Status, answer.Body));
        Assert.Empty(_bot.Turns);
        Assert.Contains(_bot.Log, line => line.Contains("was refused: its token", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
        Assert.True(_bot.Log.All(line => !line.Contains(token.Sign().Split('.')[1], StringComparison.Ordinal)), what);
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public async Task A_token_that_keeps_the_rules_is_taken(string what, Func<InboundToken, InboundToken> change)
    {
        var answer = await _bot.SendAsync(_bot.Message, change(_bot.Token));

        Assert.True((200, "") == (answer.Status, answer.Body), what);
        Assert.Single(_bot.Turns);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer x")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer ..")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("Bearer W10.W10.W10")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer, Bearer")]
    [InlineData("\u0001")]
    public async Task A_header_that_is_missing_or_garbage_is_refused(string? authorization)
    {
        var answer = await _bot.SendAsync(_bot.Message.ToJsonString(), authorization);

        Assert.Equal(401, answer.Status);
        Assert.Empty(_bot.Turns);
        Assert.Equal(0, _bot.Login.MetadataRequests);
    }

    [Theory]
    [InlineData("""{"alg":7,"kid":"KEY"}""", "{}")]
    [InlineData("""{"alg":"RS256","kid":7}""", "{}")]
    [InlineData("""{"alg":"RS256","kid":{"a":1}}""", "{}")]
    [InlineData("""{"alg":"RS256","kid":"KEY","crit":["exp"],"exp":1}""", "{}")]
    [InlineData("""{"alg":"RS256","kid":"KEY","x5c":[7],"jwk":{},"jku":"http://evil.example"}""", "{}")]
    [InlineData("""{"alg":"RS256","kid":"KEY"}""", """{"exp":"soon","nbf":[],"aud":{},"iss":7}""")]
    [InlineData("""{"alg":"RS256","kid":"KEY"}""", """{"exp":1e400,"aud":[null,7]}""")]
    [InlineData("""{"alg":"RS256","kid":"KEY"}""", """{"exp":99999999999999999999,"iss":"\ud800"}""")]
    [InlineData("""{"alg":"RS256","kid":"KEY\ud800"}""", "{}")]
    [InlineData("""{"alg":"RS256","kid":"KEY"}""", "[]")]
    [InlineData("""{"alg":"RS256","kid":"KEY"}""", "null")]
    [InlineData("""["RS256"]""", "{}")]
    [InlineData("""{"alg":"dir","enc":"A128CBC-HS256","kid":"KEY"}""", "{}", 5)]
    [InlineData("""{"alg":"RSA-OAEP","enc":"A256GCM","kid":"KEY","zip":"DEF"}""", "{}", 5)]
    [InlineData("""{"alg":"RS256","kid":"KEY"}""", "{}", 4)]
    public async Task A_token_of_any_shape_is_refused_and_is_no_fault_of_the_bot(string header, string claims, int parts = 3)
    {
        var token = string.Join('.', Enumerable.Repeat("AAAA", parts - 2).Prepend(Encode(claims)).Prepend(Encode(header.Replace("KEY", _bot.Login.Keys[0].Id, StringComparison.Ordinal))));

        Assert.Equal(401, (await _bot.SendAsync(_bot.Message.ToJsonString(), "Bearer " + token)).Status);
        Assert.Empty(_bot.Turns);
    }

    [Fact]
    public async Task The_scheme_may_be_written_in_any_case_and_a_token_in_a_query_is_none()
    {
        Assert.Equal(200, (await _bot.SendAsync(_bot.Message.ToJsonString(), "bearer " + _bot.Token.Sign())).Status);
        Assert.Equal(401, (await _bot.SendAsync(_bot.Message.ToJsonString(), _bot.Token.Sign())).Status);
    }

    [Fact]
    public async Task Two_tokens_are_refused() =>
        Assert.Equal(401, (await _bot.SendAsync(_bot.Message.ToJsonString(), "Bearer " + _bot.Token.Sign(), ("Authorization", "Bearer " + _bot.Token.Sign()))).Status);

    [Theory]
    [InlineData("channelId", null, "no channelId")]
    [InlineData("channelId", "", "no channelId")]
    [InlineData("channelId", "MSTEAMS", "not msteams")]
    [InlineData("serviceUrl", null, "another serviceUrl")]
    [InlineData("serviceUrl", "", "another serviceUrl")]
    [InlineData("serviceUrl", "https://evil.example/", "another serviceUrl")]
    public async Task An_activity_that_the_token_was_not_issued_for_is_refused(string field, string? value, string reason)
    {
        var message = _bot.Message;
        message[field] = value;

        Assert.Equal(401, (await _bot.SendAsync(message, _bot.Token)).Status);
        Assert.Empty(_bot.Turns);
        Assert.Contains(_bot.Log, line => line.Contains(reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("directline")]
    [InlineData("webchat")]
    public async Task Other_channels_are_refused_though_the_key_is_endorsed_for_them(string channel)
    {
        _bot.Login.Keys = [FakeLogin.NewKey("msteams", channel)];
        var message = _bot.Message;
        message["channelId"] = channel;

        Assert.Equal(401, (await _bot.SendAsync(message, _bot.Token)).Status);
        Assert.Empty(_bot.Turns);
        Assert.Contains(_bot.Log, line => line.Contains("disable the Azure Bot's other channels", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("conversation", true)]
    [InlineData("channelData", true)]
    [InlineData("conversation", false)]
    [InlineData("channelData", false)]
    public async Task An_activity_of_another_tenant_is_refused_where_a_tenant_is_configured(string field, bool isConfigured)
    {
        await using var bot = await RunningTeamsBot.StartAsync(("Teams:MicrosoftAppType", "MultiTenant"), ("Teams:MicrosoftAppTenantId", isConfigured ? FakeLogin.TenantId : ""));

        Assert.Equal(200, (await bot.SendAsync(MessageOf(FakeLogin.TenantId.ToUpperInvariant()), bot.Token)).Status);
        Assert.Equal(isConfigured ? 401 : 200, (await bot.SendAsync(MessageOf("d6d49420-f39b-4df7-a1dc-d59a935871db"), bot.Token)).Status);
        Assert.Equal(isConfigured ? 1 : 2, bot.Turns.Count);
        Assert.Equal(isConfigured, bot.Log.Any(line => line.Contains("it is of another tenant than Teams:MicrosoftAppTenantId", StringComparison.Ordinal)));

        JsonObject MessageOf(string tenant)
        {
            var message = bot.Message;
            message[field] = field == "conversation"
                ? new JsonObject { ["id"] = "a:1", ["tenantId"] = tenant }
                : new JsonObject { ["tenant"] = new JsonObject { ["id"] = tenant } };
            return message;
        }
    }

    [Fact]
    public async Task A_key_without_endorsements_vouches_for_no_channel()
    {
        _bot.Login.Keys = [FakeLogin.NewKey(null)];
        Assert.Equal(401, (await _bot.SendAsync(_bot.Message, _bot.Token)).Status);

        await using var other = await RunningTeamsBot.StartAsync();
        other.Login.Keys = [FakeLogin.NewKey("webchat", "skype")];
        Assert.Equal(401, (await other.SendAsync(other.Message, other.Token)).Status);
        Assert.Empty(other.Turns);
        Assert.Contains(other.Log, line => line.Contains("not endorsed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_without_a_valid_token_is_refused_whatever_its_body_is()
    {
        foreach (var body in new[] { "", "{", "[]", new JsonObject { ["text"] = "no type" }.ToJsonString() })
            Assert.Equal(401, (await _bot.SendAsync(body, null)).Status);
    }

    [Fact]
    public async Task The_audience_may_be_configured_in_capitals()
    {
        await using var bot = await RunningTeamsBot.StartAsync(("Teams:MicrosoftAppId", FakeLogin.AppId.ToUpperInvariant()));

        Assert.Equal(200, (await bot.SendAsync(bot.Message, bot.Token)).Status);
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
