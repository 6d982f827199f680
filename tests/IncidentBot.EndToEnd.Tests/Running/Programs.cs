namespace IncidentBot.EndToEnd.Tests.Running;

/// <summary>Other programs that a test can do without.</summary>
internal static class Programs
{
    public static bool IsThere(string name) => Find(name) is not null;

    /// <returns>Its full path; null when it is not on the <c>PATH</c>.</returns>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
