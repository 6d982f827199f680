using IncidentBot.Tests.Fakes.Teams;

namespace IncidentBot.Tests.Teams;

/// <summary>The Bot Framework's keys are fetched when they are needed, and not oftener than they must be.</summary>
public sealed class SigningKeysTests : IAsyncLifetime
{
    private RunningTeamsBot _bot = null!;

    public async Task InitializeAsync() => _bot = await RunningTeamsBot.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task Keys_are_kept_for_a_day()
    {
        Assert.Equal("200, 200", await SendAsync(2));
        Assert.Equal(1, _bot.Login.MetadataRequests);

        _bot.Clock.Advance(TimeSpan.FromHours(23));
        await SendAsync(1);
        Assert.Equal(1, _bot.Login.MetadataRequests);

        _bot.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("200, 200", await SendAsync(2));
        Assert.Equal(2, _bot.Login.MetadataRequests);
    }

    [Fact]
    public async Task A_new_key_is_known_at_once_and_a_withdrawn_one_no_more()
    {
        await SendAsync(1);
        var old = _bot.Token;
        _bot.Login.Keys = [FakeLogin.NewKey("msteams")];

        Assert.Equal("200", await SendAsync(1));
        Assert.Equal(401, (await _bot.SendAsync(_bot.Message, old)).Status);
        Assert.Equal(2, _bot.Login.MetadataRequests);
    }

    [Fact]
    public async Task Forged_tokens_make_the_bot_ask_once_in_five_minutes()
    {
        await SendAsync(1);
        for (var i = 0; i < 20; i++)
            await _bot.SendAsync(_bot.Message, _bot.Token with { KeyId = $"forged-{i}" });
        Assert.Equal(2, _bot.Login.MetadataRequests);

        _bot.Clock.Advance(TimeSpan.FromMinutes(5));
        for (var i = 0; i < 20; i++)
            await _bot.SendAsync(_bot.Message, _bot.Token with { KeyId = $"forged-{i}" });
        Assert.Equal(3, _bot.Login.MetadataRequests);
        Assert.Equal("200", await SendAsync(1));
    }

    [Fact]
    public async Task Requests_at_once_share_one_fetch()
    {
        _bot.Login.IsHanging = true;
        var sending = SendAsync(4);
        await UntilAsync(() => _bot.Login.MetadataRequests == 1);
        await Task.Delay(300);
        _bot.Login.Release();

        Assert.Equal("200, 200, 200, 200", await sending);
        Assert.Equal(1, _bot.Login.MetadataRequests);
    }

    [Theory]
    [InlineData(503, "")]
    [InlineData(404, "{}")]
    [InlineData(200, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(200, "null")]
    [InlineData(200, """{"jwks_uri":"http://keys.example/"}""")]
    [InlineData(200, """{"jwks_uri":"keys"}""")]
    [InlineData(302, "")]
    public async Task Without_keys_nothing_is_taken_and_the_log_says_so_once_a_minute(int status, string body)
    {
        _bot.Login.MetadataFault = (status, body);

        for (var i = 0; i < 11; i++)
        {
            Assert.Equal("503, 503", await SendAsync(2));
            _bot.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Empty(_bot.Turns);
        Assert.Equal(11, _bot.Login.MetadataRequests);
        Assert.Equal(2, _bot.Log.Count(line => line.Contains("Teams:OpenIdMetadataUrl", StringComparison.Ordinal) && line.StartsWith("Error", StringComparison.Ordinal)));

        _bot.Login.MetadataFault = null;
        Assert.Equal("200", await SendAsync(1));
    }

    [Fact]
    public async Task Keys_that_do_not_come_are_not_waited_for_long()
    {
        _bot.Login.IsHanging = true;
        var sending = SendAsync(1);
        await UntilAsync(() => _bot.Login.MetadataRequests == 1);
        _bot.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("503", await sending);
    }

    [Fact]
    public async Task What_is_no_token_at_all_is_refused_though_there_are_no_keys()
    {
        _bot.Login.MetadataFault = (503, "");

        Assert.Equal(401, (await _bot.SendAsync(_bot.Message.ToJsonString(), null)).Status);
        Assert.Equal(401, (await _bot.SendAsync(_bot.Message.ToJsonString(), "Bearer x")).Status);
    }

    [Fact]
    public async Task Old_keys_go_on_being_used_while_new_ones_cannot_be_fetched()
    {
        await SendAsync(1);
        _bot.Login.MetadataFault = (503, "");
        _bot.Clock.Advance(TimeSpan.FromHours(30));

        Assert.Equal("200, 200, 200", await SendAsync(3));
        Assert.Equal(401, (await _bot.SendAsync(_bot.Message, _bot.Token with { KeyId = "unknown" })).Status);
        Assert.InRange(_bot.Login.MetadataRequests, 2, 3);
        Assert.Single(_bot.Log, line => line.Contains("the old ones are used", StringComparison.Ordinal));
    }

    private static async Task UntilAsync(Func<bool> happened)
    {
        for (var i = 0; i < 1000 && !happened(); i++)
            await Task.Delay(10);
        Assert.True(happened());
    }

    /// <returns>How requests that were sent at once were answered.</returns>
    private async Task<string> SendAsync(int count) =>
        string.Join(", ", (await Task.WhenAll(Enumerable.Range(0, count).Select(_ => _bot.SendAsync(_bot.Message, _bot.Token)))).Select(a => a.Status));
}
