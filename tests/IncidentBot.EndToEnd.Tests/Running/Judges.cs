using System.Diagnostics;

namespace IncidentBot.EndToEnd.Tests.Running;

/// <summary>Programs in JavaScript that know a platform by its vendor's own libraries.</summary>
internal sealed class Judges(string platform)
{
    public static Judges Slack { get; } = new("Slack");

    public static Judges Teams { get; } = new("Teams");

    public string Folder { get; } = Path.Combine(Repository.Root, "tests", "IncidentBot.EndToEnd.Tests", platform, "Judges");

    public string Modules => Path.Combine(Folder, "node_modules");

    public Task<CommandRun> RunAsync(string script, params string[] arguments) => CommandRun.OfAsync(Command(script, arguments));

    public ProcessStartInfo Command(string script, params string[] arguments)
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

    /// <summary>Why they cannot judge here; null where they can.</summary>
    public string? FindObstacle() => !Programs.IsThere("node") ? $"{platform}'s libraries need node (apt-get install nodejs npm)."
        : !Directory.Exists(Modules) ? $"{platform}'s libraries are not installed: npm ci --prefix {Path.GetRelativePath(Repository.Root, Folder)}"
        : null;
}
