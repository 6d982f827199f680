using System.Globalization;
using System.Text.Json.Nodes;

namespace IncidentBot.Tests.Fakes;

/// <summary>
/// Keeps what the bot sends to Slack, one file each, in the folder that the variable SLACK_PAYLOADS names, so that Slack's own
/// libraries can judge it; keeps nothing without it.
/// </summary>
internal static class SlackPayloads
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SLACK_PAYLOADS");
    private static int _last;

    public static void Keep(string method, JsonObject arguments)
    {
        if (string.IsNullOrEmpty(Folder))
            return;
        Directory.CreateDirectory(Folder);
        var number = Interlocked.Increment(ref _last).ToString("D5", CultureInfo.InvariantCulture);
        var payload = new JsonObject { ["method"] = method, ["args"] = arguments.DeepClone() };
        File.WriteAllText(Path.Combine(Folder, $"{Environment.ProcessId}-{number}-{method}.json"), payload.ToJsonString());
    }
}
