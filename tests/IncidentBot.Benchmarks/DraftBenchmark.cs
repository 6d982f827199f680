using System.Globalization;
using IncidentBot.Incidents.Postmortems;
using IncidentBot.Incidents.Store;

namespace IncidentBot.Benchmarks;

/// <summary>What bringing a draft up to date costs: reading the incident, and rendering what was read.</summary>
internal static class DraftBenchmark
{
    private const int Short = 200;
    private const int Long = 10_000;
    private const int Times = 30;

    public static async Task RunAsync()
    {
        await using var bot = await BotInProcess.StartAsync();
        var (shortRead, shortRender) = await MeasureAsync(bot, Short);
        var (longRead, longRender) = await MeasureAsync(bot, Long);

        var table = new MarkdownTable(
            $"draft: {Long:N0} entries beside {Short} (×{Long / Short} entries)", "", "median", "p99", "allocated", "median, to " + Short + " entries", "median, to reading it");
        Add($"read, {Short} entries", shortRead, shortRead, shortRead);
        Add($"render, {Short} entries", shortRender, shortRender, shortRead);
        Add($"read, {Long:N0} entries", longRead, shortRead, longRead);
        Add($"render, {Long:N0} entries", longRender, shortRender, longRead);
        table.Print();

        void Add(string what, Cost cost, Cost few, Cost read) => table.Add(
            what,
            MarkdownTable.Milliseconds(cost.Time.Median),
            MarkdownTable.Milliseconds(cost.Time.At(0.99)),
            MarkdownTable.Kibibytes(cost.Bytes),
            MarkdownTable.Ratio(cost.Time.Median.TotalMilliseconds, few.Time.Median.TotalMilliseconds),
            MarkdownTable.Ratio(cost.Time.Median.TotalMilliseconds, read.Time.Median.TotalMilliseconds));
    }

    private static async Task<(Cost Read, Cost Render)> MeasureAsync(BotInProcess bot, int entries)
    {
        var room = entries.ToString(CultureInfo.InvariantCulture);
        var number = await bot.DeclareAsync(room);
        // The declaration and the resolution are entries too.
        await bot.TypeAllAsync(room, Enumerable.Range(1, entries - 2).Select(Notes.Varied));
        await bot.TypeAsync(room, "/incident resolve rolled back to release 41");

        var reader = bot.Get<IncidentReader>();
        var renderer = bot.Get<PostmortemRenderer>();
        var snapshot = (await reader.ReadAsync(number, CancellationToken.None))!;
        var now = bot.Get<TimeProvider>().GetUtcNow();
        return (await Cost.OfAsync(Times, () => reader.ReadAsync(number, CancellationToken.None)),
            await Cost.OfAsync(Times, () => Task.FromResult(renderer.Render(snapshot, now))));
    }
}
