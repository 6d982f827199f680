namespace IncidentBot.EndToEnd.Tests.Running;

/// <summary>The checkout that these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindAbove("IncidentBot.sln") is { } solution
        ? Path.GetDirectoryName(solution)!
        : throw new InvalidOperationException($"There is no IncidentBot.sln above {AppContext.BaseDirectory}.");

    public static string Sample => Path.Combine(Root, "src", "IncidentBot", "LocalChat", "Page", "sample.transcript");

    /// <summary>A file or folder in one of the parent folders; null when there is none.</summary>
    public static string? FindAbove(string relativePath)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, relativePath);
            if (Path.Exists(path))
                return path;
        }
        return null;
    }
}
