using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.HoldingOn;

public sealed class StartTests
{
    [Fact]
    public async Task A_second_bot_on_the_same_data_directory_is_refused()
    {
        await using var first = await BotProcess.StartAsync();

        var second = await StartAsync(first.DataDirectory);

        second.AssertRefusedToStart("in use by another IncidentBot", first.DataDirectory, "IncidentBot:DataDirectory");
        await first.Chat.DeclareAsync();
    }

    [Fact]
    public async Task A_port_that_is_in_use_is_told_with_a_way_out()
    {
        var port = Ports.Free();
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();
        using var folder = new TemporaryFolder();

        var run = await StartAsync(folder.Path, port);

        run.AssertRefusedToStart("already in use", port.ToString(CultureInfo.InvariantCulture), "--urls");
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://incidents.example.com:5080")]
    public async Task The_local_chat_is_not_served_where_another_machine_could_reach_it(string address)
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.OfBotAsync("--urls", address, "--IncidentBot:DataDirectory", folder.Path);

        run.AssertRefusedToStart(address, "this machine only", "127.0.0.1", "LocalChat:Enabled");
    }

    [Theory]
    [InlineData("--IncidentBot:TimeZone=Mars/Olympus", "IncidentBot:TimeZone", "Mars/Olympus", "Europe/Paris")]
    [InlineData("--IncidentBot:PublicUrl=nonsense", "IncidentBot:PublicUrl", "nonsense", "https://")]
    [InlineData("--Slack:BotToken=xoxb-1", "Slack:SigningSecret is empty", "Basic Information", "SocketMode")]
    [InlineData("--Slack:AppToken=xapp-1", "Slack:BotToken is empty", "xoxb-")]
    [InlineData("--Slack:Mode=Telepathy", "Telepathy", "Slack:Mode")]
    public async Task A_wrong_value_stops_the_start_with_its_key_its_fault_and_the_fix(string argument, params string[] says)
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.OfBotAsync([.. BotProcess.Arguments(folder.Path, Ports.Free()), argument]);

        run.AssertRefusedToStart(says);
    }

    [Fact]
    public async Task The_address_to_open_is_printed()
    {
        await using var bot = await BotProcess.StartAsync();

        await Eventually.HoldsAsync("the address is printed", () => Task.FromResult(bot.Output.Contains($"http://127.0.0.1:{bot.Port}/chat", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Http", "Slack is served at /slack/events")]
    [InlineData("SocketMode", "It connects to Slack by Socket Mode")]
    public async Task How_Slack_is_served_is_printed(string mode, string says)
    {
        using var folder = new TemporaryFolder();
        // Nobody listens there: Slack's absence does not keep the bot from starting.
        var start = BotProgram.With(
            [
                .. BotProcess.Arguments(folder.Path, Ports.Free()), "--Slack:BotToken", "xoxb-very-secret", "--Slack:AppToken", "xapp-very-secret",
                "--Slack:SigningSecret", "very-secret", "--Slack:ApiBaseUrl", "http://127.0.0.1:9/api/", "--Slack:Mode", mode,
            ],
            folder.Path);
        using var bot = Process.Start(start)!;
        try
        {
            var line = "";
            while (!line.Contains("IncidentBot is ready", StringComparison.Ordinal))
            {
                line = await bot.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new InvalidOperationException("It ended.");
                Assert.DoesNotContain("very-secret", line, StringComparison.Ordinal);
            }
            Assert.Contains(says, line, StringComparison.Ordinal);
        }
        finally
        {
            bot.Kill();
            await bot.WaitForExitAsync();
        }
    }

    internal static Task<CommandRun> StartAsync(string dataDirectory, int? port = null) =>
        CommandRun.OfBotAsync(BotProcess.Arguments(dataDirectory, port ?? Ports.Free()));
}
