using IncidentBot.Cli;
using IncidentBot.Tests.Fakes;
using IncidentBot.Tests.Fakes.Teams;

namespace IncidentBot.Tests.Teams;

/// <summary>What <c>doctor</c> says about Teams: one line each, with the fix, and never with a secret.</summary>
public sealed class TeamsDoctorTests : IAsyncLifetime
{
    private const string Channel = "19:operations@thread.tacv2";

    private readonly string _directory = Directory.CreateTempSubdirectory("doctor-").FullName;
    private FakeConnector _connector = null!;

    public async Task InitializeAsync() => _connector = await FakeConnector.StartAsync(TimeProvider.System);

    public async Task DisposeAsync()
    {
        await _connector.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task All_is_well()
    {
        var (exitCode, lines) = await RunAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains("ok   chat platforms: teams", lines);
        Assert.Contains($"ok   Teams credentials: Microsoft gives a token to the SingleTenant bot {FakeLogin.AppId}", lines);
        Assert.Contains("ok   Teams:OpenIdMetadataUrl: Microsoft publishes 1 of the keys by which requests are verified", lines);
        Assert.Contains("ok   Teams messaging endpoint: the Azure Bot's page \"Configuration\" must have https://bot.example/api/messages", lines);
        Assert.Contains("ok   Teams:AnnouncementConversation: none; an incident gets its thread in the channel where it is declared", lines);
    }

    [Theory]
    [InlineData(7000215, "Teams:MicrosoftAppPassword is not a secret of this app")]
    [InlineData(7000222, "Teams:MicrosoftAppPassword has expired")]
    [InlineData(700016, "Teams:MicrosoftAppId is unknown to the tenant")]
    public async Task Credentials_that_Microsoft_refuses_are_told_with_the_fix(int code, string says)
    {
        _connector.Login.FailNextToken(401, $$"""{"error":"invalid_client","error_codes":[{{code}}]}""");

        var (exitCode, lines) = await RunAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(lines, l => l.StartsWith("FAIL Teams credentials: ", StringComparison.Ordinal) && l.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_fail_in_one_line()
    {
        _connector.Login.MetadataFault = (500, "");

        var (exitCode, lines) = await RunAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(lines, l => l.StartsWith("FAIL Teams:OpenIdMetadataUrl: ", StringComparison.Ordinal) && l.Contains("Check Teams:OpenIdMetadataUrl", StringComparison.Ordinal));
        Assert.All(lines, l => Assert.True(l.StartsWith("ok   ", StringComparison.Ordinal) || l.StartsWith("FAIL ", StringComparison.Ordinal), l));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("http://bot.example", "is \"http://bot.example\"")]
    public async Task The_messaging_endpoint_needs_a_public_https_address(string publicUrl, string fault)
    {
        var (exitCode, lines) = await RunAsync("--IncidentBot:PublicUrl", publicUrl);

        Assert.Equal(1, exitCode);
        Assert.Contains($"FAIL Teams messaging endpoint: IncidentBot:PublicUrl {fault}. Set it to the https:// address by which Teams reaches this bot.", lines);
    }

    [Fact]
    public async Task For_development_no_public_address_is_needed_and_the_open_door_is_named()
    {
        var (exitCode, lines) = await RunAsync("--IncidentBot:PublicUrl", "", "--Teams:AllowAnonymousOnLoopback", "true");

        Assert.Equal(0, exitCode);
        Assert.Contains(lines, l => l.StartsWith("ok   Teams messaging endpoint: Teams:AllowAnonymousOnLoopback lets programs on this machine in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_announcement_channel_that_was_not_heard_from_is_told_and_a_chat_fails()
    {
        var (unheard, first) = await RunAsync("--Teams:AnnouncementConversation", Channel);
        var (chat, second) = await RunAsync("--Teams:AnnouncementConversation", "19:abc@thread.v2");

        Assert.Equal((0, 1), (unheard, chat));
        Assert.Contains(first, l => l.StartsWith("ok   Teams:AnnouncementConversation: nothing was heard from that channel yet", StringComparison.Ordinal));
        Assert.Contains(second, l => l.StartsWith("FAIL Teams:AnnouncementConversation: that is a chat", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_announcement_channel_where_the_bot_was_heard_of_is_well()
    {
        await using var bot = await RunningTeamsBot.StartWholeAsync();
        await bot.SayAsync("@IncidentBot help");

        var (heard, lines) = await RunAsync("--IncidentBot:DataDirectory", bot.DataDirectory, "--Teams:AnnouncementConversation", bot.Channel.Id);

        Assert.Equal(0, heard);
        Assert.Contains("ok   Teams:AnnouncementConversation: people of that channel have written to the bot", lines);
    }

    private async Task<(int ExitCode, string[] Lines)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var exitCode = await Doctor.RunAsync(
            [
                "--IncidentBot:DataDirectory", _directory, "--IncidentBot:PublicUrl", "https://bot.example/", "--Teams:MicrosoftAppId", FakeLogin.AppId,
                "--Teams:MicrosoftAppTenantId", FakeLogin.TenantId, "--Teams:MicrosoftAppPassword", FakeLogin.Secret,
                "--Teams:OpenIdMetadataUrl", _connector.Login.MetadataUrl, "--Teams:TokenUrl", _connector.Login.TokenUrl, .. arguments,
            ],
            output,
            CancellationToken.None);
        Assert.DoesNotContain(FakeLogin.Secret, output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("bot-token", output.ToString(), StringComparison.Ordinal);
        return (exitCode, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
