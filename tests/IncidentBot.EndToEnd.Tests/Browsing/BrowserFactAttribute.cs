using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.Browsing;

/// <summary>Skipped, with the reason, where there is no Chromium; with <c>CI=true</c> it fails there instead.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Executable is not null || IsRequired
        ? null
        : "There is no chromium at /usr/bin/chromium or on the PATH (apt-get install chromium).";

    public static string? Executable { get; } = File.Exists("/usr/bin/chromium") ? "/usr/bin/chromium" : Programs.Find("chromium");

    private static bool IsRequired => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
}
