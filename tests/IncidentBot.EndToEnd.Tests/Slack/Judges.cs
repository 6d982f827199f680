using System.Diagnostics;
using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.Slack;

/// <summary>Programs in JavaScript that know Slack by its own libraries.</summary>
internal static class Judges
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "IncidentBot.EndToEnd.Tests", "Slack", "Judges");

    public static string Modules { get; } = Path.Combine(Folder, "node_modules");

    public static Task<CommandRun> RunAsync(string script, params string[] arguments) => CommandRun.OfAsync(Command(script, arguments));

    public static ProcessStartInfo Command(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, script), .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["CHECKS_MODULES"] = Modules;
        return start;
    }
}
