using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IncidentBot.Slack;
using IncidentBot.Slack.Inbound;

namespace IncidentBot.Tests.Slack;

/// <summary>The manifests in deploy/slack against what the code does.</summary>
public sealed partial class ManifestTests
{
    /// <summary>https://api.slack.com/methods; several where public and private channels need their own.</summary>
    private static readonly Dictionary<string, string> ScopesByMethod = new()
    {
        ["apps.connections.open"] = "",
        ["auth.test"] = "",
        ["bookmarks.add"] = "bookmarks:write",
        ["chat.postEphemeral"] = "chat:write",
        ["chat.postMessage"] = "chat:write",
        ["chat.update"] = "chat:write",
        ["conversations.create"] = "channels:manage groups:write",
        ["conversations.history"] = "channels:history groups:history im:history",
        ["conversations.info"] = "channels:read groups:read",
        ["conversations.invite"] = "channels:manage groups:write",
        ["conversations.join"] = "channels:join",
        ["conversations.list"] = "channels:read groups:read",
        ["conversations.open"] = "im:write",
        ["conversations.replies"] = "channels:history groups:history",
        ["conversations.setTopic"] = "channels:manage groups:write",
        ["files.completeUploadExternal"] = "files:write",
        ["files.getUploadURLExternal"] = "files:write",
        ["pins.add"] = "pins:write",
        ["reactions.get"] = "reactions:read",
        ["usergroups.list"] = "usergroups:read",
        ["users.info"] = "users:read",
        ["views.open"] = "",
        ["views.publish"] = "",
        ["views.update"] = "",
    };

    private static readonly Dictionary<string, string> ScopesByEvent = new()
    {
        ["app_home_opened"] = "",
        ["message.channels"] = "channels:history",
        ["message.groups"] = "groups:history",
        ["reaction_added"] = "reactions:read",
        ["reaction_removed"] = "reactions:read",
    };

    [Theory]
    [InlineData("manifest")]
    [InlineData("manifest.socket-mode")]
    public void Yaml_and_json_say_the_same(string name) =>
        Assert.True(JsonNode.DeepEquals(SmallYaml.Read(ReadText(name + ".yaml")), Read(name)), "The two files differ.");

    [Fact]
    public void The_scopes_are_those_of_the_methods_that_are_called_and_no_others()
    {
        var called = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src", "IncidentBot.Slack", "Api"), "*.cs")
            .SelectMany(file => Method().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value))
            .Where(m => m != "files.upload")
            .ToHashSet();
        Assert.Equal(ScopesByMethod.Keys.Order(), called.Order());
        var needed = ScopesByMethod.Values.Concat(ScopesByEvent.Values).SelectMany(s => s.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Append("commands");

        Assert.Equal(needed.Distinct().Order(), SlackScopes.Reasons.Keys.Order());
        Assert.All(Manifests(), m => Assert.Equal(SlackScopes.Reasons.Keys.Order(), Words(m["oauth_config"]!["scopes"]!["bot"]!).Order()));
    }

    [Fact]
    public void The_events_are_those_that_are_handled() =>
        Assert.All(Manifests(), m => Assert.Equal(ScopesByEvent.Keys.Order(), Words(m["settings"]!["event_subscriptions"]!["bot_events"]!).Order()));

    [Fact]
    public void Commands_escape_people_and_channels_and_the_shortcut_has_the_id_that_is_handled()
    {
        Assert.All(Manifests(), m =>
        {
            var commands = m["features"]!["slash_commands"]!.AsArray();
            Assert.Equal(["/incident", "/timeline"], commands.Select(c => (string)c!["command"]!));
            Assert.All(commands, c => Assert.True((bool)c!["should_escape"]! && ((string)c["usage_hint"]!).Length > 0));
            var shortcut = Assert.Single(m["features"]!["shortcuts"]!.AsArray());
            Assert.Equal(InteractionHandler.AddToTimeline, (string)shortcut!["callback_id"]!);
            Assert.Equal("message", (string)shortcut["type"]!);
            Assert.True((bool)m["features"]!["app_home"]!["home_tab_enabled"]!);
            Assert.True((bool)m["settings"]!["interactivity"]!["is_enabled"]!);
        });
    }

    [Fact]
    public void One_asks_for_request_urls_and_the_other_for_a_socket()
    {
        Assert.False((bool)Read("manifest")["settings"]!["socket_mode_enabled"]!);
        Assert.Equal(["/slack/commands", "/slack/events", "/slack/interactivity"], Route().Matches(ReadText("manifest.json")).Select(m => m.Value).Distinct().Order());
        Assert.True((bool)Read("manifest.socket-mode")["settings"]!["socket_mode_enabled"]!);
        Assert.DoesNotContain("http", ReadText("manifest.socket-mode.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_gives_the_reason_of_every_scope()
    {
        var readme = File.ReadAllText(Path.Combine(Checkout.Root, "README.md"));
        Assert.All(SlackScopes.Reasons, s => Assert.Contains($"| `{s.Key}` | {s.Value} |", readme, StringComparison.Ordinal));
    }

    private static IEnumerable<JsonNode> Manifests() => [Read("manifest"), Read("manifest.socket-mode")];

    private static JsonNode Read(string name) => JsonNode.Parse(ReadText(name + ".json"))!;

    private static IEnumerable<string> Words(JsonNode list) => list.AsArray().Select(w => (string)w!);

    private static string ReadText(string name) => File.ReadAllText(Path.Combine(Checkout.Root, "deploy", "slack", name));

    [GeneratedRegex("\"([a-z]+\\.[a-zA-Z]+(?:\\.[a-zA-Z]+)?)\"")]
    private static partial Regex Method();

    [GeneratedRegex("/slack/[a-z]+")]
    private static partial Regex Route();
}
