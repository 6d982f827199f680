using System.Globalization;

namespace IncidentBot.Incidents.Commands;

/// <summary><c>INC-7</c> as people type it, in any case.</summary>
public static class IncidentKey
{
    private const string Prefix = "INC-";

    /// <summary>For logs.</summary>
    public static string Describe(int? number) => number is null ? "no incident" : string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");

    public static bool TryRead(string word, out int number)
    {
        number = 0;
        return word.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && int.TryParse(word.AsSpan(Prefix.Length).TrimEnd(":,."), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
