using Microsoft.Extensions.Options;

namespace IncidentBot.Tests.Teams;

/// <summary>For development, programs on the same machine need no token.</summary>
public sealed class AnonymousRequestsTests
{
    private static readonly (string, string?) Allowed = ("Teams:AllowAnonymousOnLoopback", "true");

    [Fact]
    public async Task A_request_of_this_machine_needs_no_token()
    {
        await using var bot = await RunningTeamsBot.StartAsync(Allowed);

        Assert.Equal(200, (await bot.SendAsync(bot.Message.ToJsonString(), null)).Status);
        Assert.Single(bot.Turns);
        Assert.Equal(400, (await bot.SendAsync("{", null)).Status);
    }

    [Fact]
    public async Task Unless_it_is_allowed_it_needs_one()
    {
        await using var bot = await RunningTeamsBot.StartAsync();

        Assert.Equal(401, (await bot.SendAsync(bot.Message.ToJsonString(), null)).Status);
        Assert.Empty(bot.Turns);
    }

    [Fact]
    public async Task A_token_that_is_there_is_verified_all_the_same()
    {
        await using var bot = await RunningTeamsBot.StartAsync(Allowed);

        Assert.Equal(401, (await bot.SendAsync(bot.Message, bot.Token with { Issuer = "https://example.com" })).Status);
        Assert.Equal(401, (await bot.SendAsync(bot.Message.ToJsonString(), "")).Status);
        Assert.Empty(bot.Turns);
        Assert.Equal(200, (await bot.SendAsync(bot.Message, bot.Token)).Status);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "bot.example")]
    [InlineData("Host", "localhost.example:5080")]
    [InlineData("Host", "203.0.113.7")]
    public async Task What_comes_through_a_tunnel_or_from_a_page_in_a_browser_needs_one(string name, string value)
    {
        await using var bot = await RunningTeamsBot.StartAsync(Allowed);

        Assert.Equal(401, (await bot.SendAsync(bot.Message.ToJsonString(), null, (name, value))).Status);
        Assert.Empty(bot.Turns);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost:5080")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("[::1]:5080")]
    public async Task This_machine_may_be_called_by_each_of_its_own_names(string host)
    {
        await using var bot = await RunningTeamsBot.StartAsync(Allowed);
        var message = bot.Message;
        message["serviceUrl"] = $"http://{host}/";

        Assert.Equal(200, (await bot.SendAsync(message.ToJsonString(), null, ("Host", host))).Status);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("http://localhost.evil.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://localhost/")]
    [InlineData("localhost")]
    [InlineData("")]
    public async Task The_bots_own_token_is_not_sent_elsewhere_because_somebody_without_one_says_so(string serviceUrl)
    {
        await using var bot = await RunningTeamsBot.StartAsync(Allowed);
        var message = bot.Message;
        message["serviceUrl"] = serviceUrl;

        Assert.Equal(401, (await bot.SendAsync(message.ToJsonString(), null)).Status);
        Assert.Empty(bot.Turns);
    }

    [Theory]
    [InlineData("urls", "http://0.0.0.0:0", "http://0.0.0.0:")]
    [InlineData("urls", "http://127.0.0.1:0;http://[::]:0", "http://[::]:")]
    [InlineData("Kestrel:Endpoints:Public:Url", "http://*:0", "http://[::]:")]
    public async Task The_bot_does_not_start_on_an_address_that_others_could_reach(string key, string value, string named)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningTeamsBot.StartAsync(Allowed, (key, value)));

        Assert.Contains("Teams:AllowAnonymousOnLoopback is on, but the bot listens on " + named, BotHost.Explain(fault), StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:5080", fault.Message, StringComparison.Ordinal);
        await using var bot = await RunningTeamsBot.StartAsync((key, value));
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://[::1]:0")]
    public async Task The_bot_starts_on_loopback(string url)
    {
        await using var bot = await RunningTeamsBot.StartAsync(Allowed, ("urls", url));

        Assert.Equal(200, (await bot.SendAsync(bot.Message.ToJsonString(), null)).Status);
    }
}
