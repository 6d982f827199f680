namespace IncidentBot.EndToEnd.Tests.Running;

internal static class Ci
{
    /// <summary>With <c>CI=true</c> a test whose programs are missing fails instead of being skipped.</summary>
    public static bool IsRunning { get; } = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
}
