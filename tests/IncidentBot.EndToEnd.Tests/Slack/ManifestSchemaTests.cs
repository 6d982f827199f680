using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.Slack;

public sealed class ManifestSchemaTests
{
    [JudgeFact]
    public async Task The_manifests_follow_the_schema_that_Slack_publishes()
    {
        foreach (var name in new[] { "manifest.json", "manifest.socket-mode.json" })
        {
            var run = await Judges.Slack.RunAsync("check-manifest.cjs", Path.Combine(Repository.Root, "deploy", "slack", name));
            Assert.True(run.ExitCode == 0, $"{name}: {run.Output}{run.Errors}");
            Assert.Contains("manifest ok", run.Output, StringComparison.Ordinal);
        }
    }
}
