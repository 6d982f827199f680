using System.Runtime.CompilerServices;

namespace IncidentBot.Tests;

/// <summary>
/// Compares a text with <c>NAME.verified.md</c> (or another extension) beside the test. Where they differ, <c>NAME.received.md</c> is written: look at
/// it, and rename it if it is right.
/// </summary>
internal static class Golden
{
    public static void Verify(string name, string text, string extension = "md", [CallerFilePath] string testFile = "")
    {
        var folder = Path.GetDirectoryName(testFile)!;
        var verified = Path.Combine(folder, $"{name}.verified.{extension}");
        var received = Path.Combine(folder, $"{name}.received.{extension}");
        var expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (expected == text)
        {
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, text);
        Assert.Equal(expected, text);
    }
}
