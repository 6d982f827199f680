using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.Browsing;

/// <summary>Skipped, with the reason, where there is no Chromium; with <c>CI=true</c> it fails there instead.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Ci.IsRunning ? null : FindObstacle();

    public static string? Executable { get; } = File.Exists("/usr/bin/chromium") ? "/usr/bin/chromium" : Programs.Find("chromium");

    /// <summary>Null where there is a browser.</summary>
    public static string? FindObstacle() => Executable is not null ? null : "There is no chromium at /usr/bin/chromium or on the PATH (apt-get install chromium).";
}
