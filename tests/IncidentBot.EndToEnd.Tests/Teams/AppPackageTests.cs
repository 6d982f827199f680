using System.IO.Compression;
using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.Teams;

public sealed class AppPackageTests
{
    [JudgeFact]
    public Task The_manifest_follows_the_schema_that_Microsoft_publishes() => AssertFollowsSchemaAsync(Path.Combine(Repository.Root, "deploy", "teams", "manifest.json"));

    [JudgeFact]
    public async Task The_manifest_in_the_package_that_the_bot_makes_follows_it_too()
    {
        using var folder = new TemporaryFolder();
        var package = Path.Combine(folder.Path, "incidentbot.zip");

        var run = await CommandRun.OfBotAsync("teams-app", package, "--Teams:MicrosoftAppId", "3f2f7f4e-5d1c-4a53-9f43-0d0f6a6f5b11", "--IncidentBot:PublicUrl", "https://bot.example/incidents");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        await ZipFile.ExtractToDirectoryAsync(package, folder.Path);
        await AssertFollowsSchemaAsync(Path.Combine(folder.Path, "manifest.json"));
    }

    [JudgeFact]
    public async Task A_manifest_that_Teams_would_refuse_is_refused_by_that_schema()
    {
        using var folder = new TemporaryFolder();
        var manifest = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "teams", "manifest.json"));

        var run = await Judges.Teams.RunAsync("check-manifest.mjs", folder.Write("manifest.json", manifest.Replace("\"incident resolve\"", "\"incident resolve with more than 32 letters\"", StringComparison.Ordinal)));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("must NOT have more than 32 characters", run.Output, StringComparison.Ordinal);
    }

    private static async Task AssertFollowsSchemaAsync(string manifest)
    {
        var run = await Judges.Teams.RunAsync("check-manifest.mjs", manifest);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("manifest ok", run.Output, StringComparison.Ordinal);
    }
}
