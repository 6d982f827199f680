using System.Text.Json.Nodes;
using IncidentBot.Cli;
using IncidentBot.Slack;
using IncidentBot.Tests.Fakes;
using Microsoft.AspNetCore.Builder;

namespace IncidentBot.Tests.Slack;

/// <summary>What <c>doctor</c> says about Slack: one line each, with the fix, and never with a secret.</summary>
public sealed class SlackDoctorTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("doctor-").FullName;
    private string? _granted = string.Join(',', SlackScopes.Reasons.Keys);
    private FakeSlack _slack = null!;

    public async Task InitializeAsync()
    {
        _slack = await FakeSlack.StartAsync(TimeProvider.System, app => app.Use((context, next) =>
        {
            if (_granted is not null)
                context.Response.Headers["X-OAuth-Scopes"] = _granted;
            return next(context);
        }));
        _slack.Methods["apps.connections.open"] = _ => new JsonObject { ["url"] = "wss://127.0.0.1/link?ticket=secret" };
    }

    public async Task DisposeAsync()
    {
        await _slack.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task All_is_well_over_http()
    {
        var (exitCode, lines) = await RunAsync("--Slack:AnnouncementChannel", "#" + _slack.Workspace.AddChannel("status").Name);

        Assert.Equal(0, exitCode);
        Assert.Contains("ok   chat platforms: slack", lines);
        Assert.Contains("ok   Slack:BotToken: the bot is @incidentbot in the workspace Example (https://example.slack.com/)", lines);
        Assert.Contains(lines, l => l.StartsWith("--   Slack request URLs: cannot be seen from here; enter https://bot.example/slack/events (page \"Event Subscriptions\")", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("--   Slack:SigningSecret: is set, and cannot be compared", StringComparison.Ordinal));
        Assert.Contains($"ok   Slack scopes: all {SlackScopes.Reasons.Count} are granted", lines);
        Assert.Contains(lines, l => l.StartsWith("ok   Slack:AnnouncementChannel: #status (C", StringComparison.Ordinal));
        Assert.Contains("ok   escalation policies: none is configured; who is asked directly is asked again after 5m", lines);
    }

    [Fact]
    public async Task All_is_well_by_Socket_Mode()
    {
        var (exitCode, lines) = await RunAsync("--Slack:Mode", "SocketMode", "--Slack:AppToken", FakeSlack.AppToken, "--IncidentBot:PublicUrl", "");

        Assert.Equal(0, exitCode);
        Assert.Contains("ok   Slack:AppToken: Slack offers a WebSocket for it", lines);
        Assert.DoesNotContain(lines, l => l.Contains("request URLs", StringComparison.Ordinal));
        Assert.Contains("ok   Slack:AnnouncementChannel: none; incidents are announced where they are declared", lines);
    }

    [Fact]
    public async Task A_token_that_Slack_does_not_know_fails_and_nothing_else_is_asked_with_it()
    {
        var (exitCode, lines) = await RunAsync("--Slack:BotToken", "xoxb-of-yesterday");

        Assert.Equal(1, exitCode);
        Assert.Contains(lines, l => l.StartsWith("FAIL Slack:BotToken: ", StringComparison.Ordinal) && l.Contains("invalid_auth", StringComparison.Ordinal) && l.Contains("OAuth & Permissions", StringComparison.Ordinal));
        Assert.Single(_slack.Calls);
        Assert.Contains("--   Slack scopes: not checked, since it takes a Slack:BotToken that Slack accepts", lines);
        Assert.Contains("--   Slack:AnnouncementChannel: not checked, since it takes a Slack:BotToken that Slack accepts", lines);
        Assert.DoesNotContain(lines, l => l.Contains("xoxb-of-yesterday", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_app_level_token_fails()
    {
        var (exitCode, lines) = await RunAsync("--Slack:Mode", "SocketMode", "--Slack:AppToken", "xapp-of-yesterday");

        Assert.Equal(1, exitCode);
        Assert.Contains(lines, l => l.StartsWith("FAIL Slack:AppToken: ", StringComparison.Ordinal) && l.Contains("connections:write", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Contains("xapp-of-yesterday", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_scopes_are_named_with_what_they_are_for()
    {
        _granted = string.Join(", ", SlackScopes.Reasons.Keys.Where(s => s is not ("pins:write" or "users:read"))) + ", files:read";

        var (exitCode, lines) = await RunAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(
            "FAIL Slack scopes: missing: pins:write (pins the status card); users:read (shows people's names, and reads times in their zones). Add them on the app's page \"OAuth & Permissions\" under Bot Token Scopes, and install the app again.",
            lines);
    }

    [Fact]
    public async Task Scopes_that_Slack_does_not_list_are_no_fault()
    {
        _granted = null;

        var (exitCode, lines) = await RunAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains("ok   Slack scopes: Slack did not list them", lines);
    }

    [Theory]
    [InlineData("", "IncidentBot:PublicUrl is empty")]
    [InlineData("http://bot.example", "IncidentBot:PublicUrl is \"http://bot.example\"")]
    public async Task Without_a_public_https_address_the_bot_works_and_says_what_it_misses(string publicUrl, string fault)
    {
        var (exitCode, lines) = await RunAsync("--IncidentBot:PublicUrl", publicUrl);

        Assert.Equal(0, exitCode);
        Assert.Contains(lines, l => l.StartsWith("warn Slack request URLs: " + fault, StringComparison.Ordinal) && l.Contains("SocketMode", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nowhere", "there is no channel nowhere")]
    [InlineData("C99999", "there is no channel C99999")]
    [InlineData("old", "there is no channel old")]
    public async Task An_announcement_channel_that_is_not_there_fails(string named, string fault)
    {
        _slack.Workspace.AddChannel("old").IsArchived = true;

        var (exitCode, lines) = await RunAsync("--Slack:AnnouncementChannel", named);

        Assert.Equal(1, exitCode);
        Assert.Contains(lines, l => l.StartsWith("FAIL Slack:AnnouncementChannel: " + fault, StringComparison.Ordinal) && l.Contains("/invite @incidentbot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_archived_announcement_channel_fails_and_a_public_one_will_be_joined()
    {
        var archived = _slack.Workspace.AddChannel("old");
        archived.IsArchived = true;
        var open = _slack.Workspace.AddChannel("status", hasBot: false);

        var (failed, first) = await RunAsync("--Slack:AnnouncementChannel", archived.Id);
        var (succeeded, second) = await RunAsync("--Slack:AnnouncementChannel", open.Id);

        Assert.Equal((1, 0), (failed, succeeded));
        Assert.Contains("FAIL Slack:AnnouncementChannel: #old is archived. Name another channel, or leave it empty.", first);
        Assert.Contains($"ok   Slack:AnnouncementChannel: #status ({open.Id}), which the bot joins with its first announcement", second);
    }

    [Fact]
    public async Task A_Slack_that_does_not_answer_is_told()
    {
        _slack.FailAlways("auth.test", SlackFault.Reset);

        var (exitCode, lines) = await RunAsync();

        Assert.Equal(1, exitCode);
        var line = Assert.Single(lines, l => l.StartsWith("FAIL", StringComparison.Ordinal));
        Assert.StartsWith("FAIL Slack:BotToken: Slack did not answer auth.test: ", line, StringComparison.Ordinal);
        Assert.Contains(" (127.0.0.1). Check this machine's network, its firewall, and the proxy if there is one (HTTPS_PROXY).", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_not_found_is_named_with_the_networks_reason()
    {
        var (exitCode, lines) = await RunAsync("--Slack:ApiBaseUrl", "https://slack.invalid/api/");

        Assert.Equal(1, exitCode);
        Assert.Contains(lines, l => l.StartsWith("FAIL Slack:BotToken: Slack did not answer auth.test: ", StringComparison.Ordinal) && l.Contains(" (slack.invalid:443). Check", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_that_are_no_settings_and_all_values_that_are_wrong_are_told()
    {
        var (exitCode, lines) = await RunAsync("--Slack:Mod", "Http", "--Slack:Nonsense", "1", "--Slack:Connections", "many", "--Postmortem:MinWords", "700");

        Assert.Equal(1, exitCode);
        Assert.Contains("warn configuration: Slack:Mod is no setting; did you mean Slack:Mode?", lines);
        Assert.Contains(lines, l => l.StartsWith("warn configuration: Slack:Nonsense is no setting. Known are: BotToken, ", StringComparison.Ordinal));
        Assert.Contains("FAIL configuration: Slack:Connections is \"many\". Use a number, for example 2.", lines);
        Assert.Contains("FAIL configuration: Postmortem:MinWords (700) must be less than Postmortem:MaxWords (600).", lines);
        Assert.Empty(_slack.Calls);
    }

    [Fact]
    public async Task An_escalation_policy_that_reaches_nobody_fails()
    {
        var (exitCode, lines) = await RunAsync("--Escalation:Policies:checkout:Levels:0:Targets", "teams:29:1AbC");

        Assert.Equal(1, exitCode);
        Assert.Contains("FAIL escalation policies: policy checkout: level 1 nobody (teams:29:1AbC is of Teams, which is not served)", lines);
    }

    private async Task<(int ExitCode, string[] Lines)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var exitCode = await Doctor.RunAsync(
            [
                "--IncidentBot:DataDirectory", _directory, "--IncidentBot:PublicUrl", "https://bot.example/", "--Slack:ApiBaseUrl", _slack.ApiBaseUrl,
                "--Slack:BotToken", FakeSlack.BotToken, "--Slack:SigningSecret", FakeSlack.SigningSecret, .. arguments,
            ],
            output,
            CancellationToken.None);
        Assert.DoesNotContain(FakeSlack.SigningSecret, output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(FakeSlack.BotToken, output.ToString(), StringComparison.Ordinal);
        return (exitCode, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
