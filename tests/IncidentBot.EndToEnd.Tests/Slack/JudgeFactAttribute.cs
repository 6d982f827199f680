using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.Slack;

/// <summary>Skipped, with the reason, where Slack's libraries are not installed; with <c>CI=true</c> it fails there instead.</summary>
internal sealed class JudgeFactAttribute : FactAttribute
{
    public JudgeFactAttribute() => Skip = IsRequired ? null
        : !Programs.IsThere("node") ? "Slack's libraries need node (apt-get install nodejs npm)."
        : !Directory.Exists(Judges.Modules) ? $"Slack's libraries are not installed: npm ci --prefix {Path.GetRelativePath(Repository.Root, Judges.Folder)}"
        : null;

    private static bool IsRequired => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
}
