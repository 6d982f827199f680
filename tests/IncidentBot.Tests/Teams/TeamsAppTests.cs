using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using IncidentBot.Cli;
using IncidentBot.Incidents.Commands;
using IncidentBot.Teams;
using IncidentBot.Teams.Inbound;
using IncidentBot.Tests.Fakes.Teams;
using IncidentBot.Tests.Slack;

namespace IncidentBot.Tests.Teams;

/// <summary>The app's manifest, and the package that <c>teams-app</c> makes of it.</summary>
public sealed class TeamsAppTests : IDisposable
{
    private static readonly string[] Scopes = ["team", "groupChat", "personal"];

    private readonly string _directory = Directory.CreateTempSubdirectory("teams-app-").FullName;

    private string Target => Path.Combine(_directory, "incidentbot.zip");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void The_bot_is_offered_in_teams_chats_and_to_persons_with_its_commands()
    {
        var bot = Manifest()["bots"]!.AsArray().Single()!;

        Assert.Equal(Scopes, Words(bot["scopes"]));
        Assert.Equal(Scopes, bot["commandLists"]!.AsArray().SelectMany(l => Words(l!["scopes"])));
        Assert.False((bool)bot["supportsFiles"]!);
        Assert.All(bot["commandLists"]!.AsArray(), list => Assert.Contains("help", list!["commands"]!.AsArray().Select(c => (string)c!["title"]!)));
    }

    [Fact]
    public void Every_command_that_the_menu_offers_is_one_that_the_bot_knows()
    {
        var lists = Manifest()["bots"]![0]!["commandLists"]!.AsArray();

        Assert.All(lists, l => Assert.Equal(10, l!["commands"]!.AsArray().Count));
        var titles = lists.SelectMany(l => l!["commands"]!.AsArray()).Select(c => (string)c!["title"]!).Where(t => t != "help");
        Assert.All(titles, t => Assert.True(t.Split(' ') is [var group, var name] && CommandTable.Find(group, name) is not null, t));
    }

    [Fact]
    public void A_message_is_added_to_the_timeline_by_the_command_that_the_bot_answers()
    {
        var command = Manifest()["composeExtensions"]!.AsArray().Single()!["commands"]!.AsArray().Single()!;

        Assert.Equal((TeamsInvokes.AddToTimeline, "action", "Add to timeline", true), ((string)command["id"]!, (string)command["type"]!, (string)command["title"]!, (bool)command["fetchTask"]!));
        Assert.Equal(["message"], Words(command["context"]));
    }

    [Theory]
    [InlineData("color.png", 192)]
    [InlineData("outline.png", 32)]
    public void The_icons_have_the_sizes_that_Teams_asks_for(string name, int size)
    {
        // https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons
        var png = File.ReadAllBytes(PathOf(name));

        Assert.Equal("PNG", Encoding.ASCII.GetString(png, 1, 3));
        Assert.Equal((size, size), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }

    [Fact]
    public async Task The_package_holds_the_manifest_with_the_operators_id_and_address_and_both_icons()
    {
        var (exitCode, output, errors) = await RunAsync(Target, "--Teams:MicrosoftAppId", FakeLogin.AppId, "--IncidentBot:PublicUrl", "https://bot.example/incidents/");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("https://bot.example/incidents/api/messages", output, StringComparison.Ordinal);
        using var zip = ZipFile.OpenRead(Target);
        Assert.Equal(["manifest.json", "color.png", "outline.png"], zip.Entries.Select(e => e.FullName));
        Assert.Equal(File.ReadAllBytes(PathOf("color.png")), Read(zip, "color.png"));
        var text = Encoding.UTF8.GetString(Read(zip, "manifest.json"));
        var manifest = JsonNode.Parse(text)!;
        Assert.Equal([FakeLogin.AppId, FakeLogin.AppId, FakeLogin.AppId], [(string)manifest["id"]!, (string)manifest["bots"]![0]!["botId"]!, (string)manifest["composeExtensions"]![0]!["botId"]!]);
        Assert.Equal("https://bot.example/incidents/", (string)manifest["developer"]!["websiteUrl"]!);
        Assert.Equal(["bot.example"], Words(manifest["validDomains"]));
        Assert.DoesNotContain("example.com", text, StringComparison.Ordinal);
        Assert.DoesNotContain("00000000-", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "https://bot.example", "Teams:MicrosoftAppId is empty")]
    [InlineData("my-bot", "https://bot.example", "Teams:MicrosoftAppId is no GUID")]
    [InlineData(FakeLogin.AppId, "", "IncidentBot:PublicUrl is empty")]
    [InlineData(FakeLogin.AppId, "http://bot.example", "IncidentBot:PublicUrl is \"http://bot.example\"")]
    [InlineData(FakeLogin.AppId, "bot.example", "IncidentBot:PublicUrl is \"bot.example\"")]
    public async Task A_setting_that_is_wrong_is_told_with_its_fix_and_nothing_is_written(string appId, string publicUrl, string says)
    {
        var (exitCode, output, errors) = await RunAsync(Target, "--Teams:MicrosoftAppId", appId, "--IncidentBot:PublicUrl", publicUrl);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith(says, errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData("incidentbot", "Teams takes a .zip only")]
    [InlineData("nowhere/incidentbot.zip", "cannot be written")]
    public async Task A_file_that_cannot_be_is_told(string name, string says)
    {
        var (exitCode, output, errors) = await RunAsync(Path.Combine(_directory, name), "--Teams:MicrosoftAppId", FakeLogin.AppId, "--IncidentBot:PublicUrl", "https://bot.example");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(says, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://b\u00FCcher.example", "https://xn--bcher-kva.example/api/messages")]
    [InlineData("https://bot.example:8443/x?y=1#z", "https://bot.example:8443/x/api/messages")]
    public void The_endpoint_is_written_as_Azure_takes_it(string publicUrl, string endpoint) => Assert.Equal(endpoint, TeamsAppPackage.EndpointOf(publicUrl));

    private static JsonNode Manifest() => JsonNode.Parse(File.ReadAllText(PathOf("manifest.json")))!;

    private static string PathOf(string name) => Path.Combine(Checkout.Root, "deploy", "teams", name);

    private static IEnumerable<string> Words(JsonNode? list) => list!.AsArray().Select(w => (string)w!);

    private static byte[] Read(ZipArchive zip, string name)
    {
        using var bytes = new MemoryStream();
        using var content = zip.GetEntry(name)!.Open();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string path, params string[] settings)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await TeamsApp.RunAsync(path, settings, output, errors, CancellationToken.None);
        return (exitCode, output.ToString(), errors.ToString());
    }
}
