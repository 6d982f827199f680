using System.Globalization;

namespace IncidentBot.Benchmarks;

/// <summary>What a benchmark prints, to be pasted into a document.</summary>
internal sealed class MarkdownTable(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine($"### {title}");
        Console.WriteLine();
        Print(columns);
        Print([.. columns.Select((_, i) => i == 0 ? "---" : "---:")]);
        _rows.ForEach(Print);
    }

    public static string PerSecond(double rate) => rate.ToString("N0", CultureInfo.InvariantCulture) + "/s";

    public static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("N2", CultureInfo.InvariantCulture) + " ms";

    public static string Kibibytes(double bytes) => (bytes / 1024).ToString("N0", CultureInfo.InvariantCulture) + " KiB";

    public static string Mebibytes(double mebibytes) => mebibytes.ToString("N0", CultureInfo.InvariantCulture) + " MiB";

    /// <summary>Times <paramref name="of"/>.</summary>
    public static string Ratio(double value, double of) => "×" + (value / of).ToString("0.00", CultureInfo.InvariantCulture);

    private static void Print(string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
