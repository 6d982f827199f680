using System.Diagnostics;
using System.Reflection;

namespace IncidentBot.EndToEnd.Tests.Running;

/// <summary>How the real program is started: the built <c>IncidentBot.dll</c>, with nothing of the surrounding configuration.</summary>
internal static class BotProgram
{
    /// <summary>What would configure the bot from outside.</summary>
    private static readonly string[] Foreign =
        ["IncidentBot__", "Slack__", "Teams__", "LocalChat__", "Storage__", "Postmortem__", "Logging__", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "URLS"];

    public static string Dll { get; } = FindDll();

    /// <param name="before">A program that starts the bot, with its arguments.</param>
    public static ProcessStartInfo With(IEnumerable<string> arguments, string workingDirectory, params string[] before)
    {
        string[] line = [.. before, "dotnet", Dll, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => Foreign.Any(f => name.StartsWith(f, StringComparison.OrdinalIgnoreCase))).ToList())
            start.Environment.Remove(name);
        return start;
    }

    private static string FindDll()
    {
        var output = AppContext.BaseDirectory;
        var beside = Path.Combine(output, "IncidentBot.dll");
        if (File.Exists(Path.ChangeExtension(beside, "runtimeconfig.json")))
            return beside;
        var configuration = typeof(BotProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return Path.Combine(Repository.Root, "src", "IncidentBot", "bin", configuration, "net10.0", "IncidentBot.dll");
    }
}
