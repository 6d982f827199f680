using IncidentBot.LocalChat;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace IncidentBot.Tests.LocalChat;

public sealed class LoopbackAddressesTests
{
    [Theory]
    [InlineData("urls", "http://0.0.0.0:5080", "0.0.0.0")]
    [InlineData("urls", "http://*:5080", "*")]
    [InlineData("urls", "http://+:5080", "+")]
    [InlineData("urls", "http://[::]:5080", "[::]")]
    [InlineData("urls", "http://bot.example.com:5080", "bot.example.com")]
    [InlineData("urls", "http://192.168.1.10:5080", "192.168.1.10")]
    [InlineData("urls", "http://localhost:5080;http://10.0.0.1:5081", "10.0.0.1")]
    [InlineData("urls", "http://localhost.example.com", "localhost.example.com")]
    [InlineData("urls", "http://unix:/tmp/bot.sock", "unix:/tmp/bot.sock")]
    [InlineData("urls", "not an address", "not an address")]
    [InlineData("http_ports", "8080", "http://*:8080")]
    [InlineData("https_ports", "8443", "https://*:8443")]
    [InlineData("Kestrel:Endpoints:Public:Url", "https://0.0.0.0:443", "Kestrel:Endpoints:Public:Url")]
    public void An_address_that_others_could_reach_stops_the_start(string key, string value, string named)
    {
        var result = Validate((key, value));
        Assert.True(result.Failed);
        Assert.Contains(named, result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("LocalChat:Enabled", result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("urls", "http://localhost:5080")]
    [InlineData("urls", "http://127.0.0.1:0")]
    [InlineData("urls", "http://127.8.9.10:5080/;https://[::1]:5443")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://LOCALHOST:5080")]
    [InlineData("Other", "http://0.0.0.0:1")]
    public void Loopback_addresses_are_fine(string key, string value) => Assert.True(Validate((key, value)).Succeeded);

    [Fact]
    public void Bare_ports_do_not_count_where_a_URL_is_given() =>
        Assert.True(Validate(("urls", "http://127.0.0.1:5080"), ("http_ports", "8080")).Succeeded);

    [Fact]
    public async Task The_bot_does_not_start_on_an_address_that_others_could_reach()
    {
        var directory = Directory.CreateTempSubdirectory("localchat-").FullName;
        await using var app = RunningChat.Build(directory, "http://0.0.0.0:0");
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());
        Assert.Contains("0.0.0.0", fault.Message, StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "xoxb-1", false)]
    [InlineData("true", "xoxb-1", true)]
    [InlineData("false", null, false)]
    public void The_chat_is_served_where_it_is_asked_for_or_nothing_else_is_there(string? enabled, string? slackToken, bool expected) =>
        Assert.Equal(expected, LocalChatOptions.IsEnabled(Configuration(("LocalChat:Enabled", enabled), ("Slack:BotToken", slackToken))));

    [Fact]
    public async Task A_wrong_value_is_named_with_all_others()
    {
        using var errors = new StringWriter();

        Assert.Equal(1, await BotHost.RunAsync(["--LocalChat:Enabled", "yes", "--Slack:Mode", "Socket", "--IncidentBot:TimeZone", "Mars"], TextWriter.Null, errors, CancellationToken.None));

        foreach (var says in new[] { "LocalChat:Enabled is \"yes\". Use true or false.", "Slack:Mode is \"Socket\". Use Http or SocketMode.", "IncidentBot:TimeZone is \"Mars\"" })
            Assert.Contains(says, errors.ToString(), StringComparison.Ordinal);
    }

    private static ValidateOptionsResult Validate(params (string Key, string? Value)[] settings) =>
        new LoopbackAddresses(Configuration(settings)).Validate(null, new LocalChatOptions());

    private static IConfigurationRoot Configuration(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => s.Value)).Build();
}
