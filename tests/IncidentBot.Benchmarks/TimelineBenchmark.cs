namespace IncidentBot.Benchmarks;

/// <summary>Whether a note costs more the longer its timeline is: notes around the 10,000th beside notes around the 10th, in the same file, taking turns.</summary>
internal static class TimelineBenchmark
{
    private const int Window = 400;
    private const int Early = 20;
    private const int Late = 10_000;

    public static async Task RunAsync()
    {
        await using var bot = await BotInProcess.StartAsync();
        await WarmUpAsync(bot);

        var before = new Latencies();
        var early = new Latencies();
        var late = new Latencies();
        await MeasureEarlyAsync(bot, "before", before, () => Task.CompletedTask);

        await bot.DeclareAsync("long");
        await bot.TypeAllAsync("long", Enumerable.Repeat(Notes.Command, Late - (Window / 2)));
        await MeasureEarlyAsync(bot, "beside", early, () => late.MeasureAsync(() => bot.TypeAsync("long", Notes.Command)));

        var table = new MarkdownTable($"timeline: one note, in process, committed by itself ({Window} each)", "", "median", "p99", "median, to note 10");
        void Add(string what, Latencies latencies) => table.Add(
            what,
            MarkdownTable.Milliseconds(latencies.Median),
            MarkdownTable.Milliseconds(latencies.At(0.99)),
            MarkdownTable.Ratio(latencies.Median.TotalMilliseconds, early.Median.TotalMilliseconds));
        Add("note 10 of incidents beside the long one", early);
        Add("note 10,000 of the long one", late);
        Add("note 10 before there was a long one", before);
        table.Print();
    }

    /// <summary>Until the code is compiled for good, both the writer's and that of somebody who waits for each note.</summary>
    private static async Task WarmUpAsync(BotInProcess bot)
    {
        await bot.DeclareAsync("warm-up");
        await bot.TypeAllAsync("warm-up", Enumerable.Repeat(Notes.Command, 4_000));
        for (var i = 0; i < 400; i++)
            await bot.TypeAsync("warm-up", Notes.Command);
    }

    /// <summary>Fresh incidents, of each of which the notes up to <see cref="Early"/> count.</summary>
    private static async Task MeasureEarlyAsync(BotInProcess bot, string room, Latencies early, Func<Task> inBetween)
    {
        for (var i = 0; i < Window; i++)
        {
            var own = $"{room}-{i / Early}";
            if (i % Early == 0)
                await bot.DeclareAsync(own);
            await early.MeasureAsync(() => bot.TypeAsync(own, Notes.Command));
            await inBetween();
        }
    }
}
