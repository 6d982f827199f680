namespace IncidentBot.Tests.Slack;

/// <summary>The checkout that these tests were built in.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IncidentBot.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("IncidentBot.sln was not found above the tests.");
        return folder;
    }
}
