using System.Diagnostics;

namespace IncidentBot.Benchmarks;

/// <summary>From asking for the process to the first answer out of the database, and what it holds when nothing goes on.</summary>
internal static class StartBenchmark
{
    private const int Rounds = 5;
    private const int IdleRounds = 2;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public static async Task RunAsync()
    {
        Latencies hello = new(), freshReady = new(), freshCommand = new(), ready = new(), command = new();
        List<double> helloMemory = [], memory = [];
        for (var round = 0; round < Rounds; round++)
        {
            using var directory = new ScratchDirectory();
            var isIdleRound = round < IdleRounds;
            using (var process = await WebProcess.StartHelloWorldAsync(directory.Path))
            {
                await process.Http.GetStringAsync("/");
                hello.Add(Stopwatch.GetElapsedTime(process.StartedAt));
                await MeasureMemoryAsync(process, isIdleRound, helloMemory);
            }
            using (var process = await WebProcess.StartBotAsync(directory.Path))
                await AnswerAsync(process, freshReady, freshCommand);
            using (var process = await WebProcess.StartBotAsync(directory.Path))
            {
                await AnswerAsync(process, ready, command);
                await MeasureMemoryAsync(process, isIdleRound, memory);
            }
        }

        var table = new MarkdownTable($"start: from the process to an answer (median of {Rounds})", "", "time", "to the hello-world");
        void Add(string what, Latencies latencies) => table.Add(
            what, MarkdownTable.Milliseconds(latencies.Median), MarkdownTable.Ratio(latencies.Median.TotalSeconds, hello.Median.TotalSeconds));
        Add("hello-world WebApplication, GET / answered", hello);
        Add("bot, no data yet: /healthz/ready is 200", freshReady);
        Add("bot, no data yet: first command committed", freshCommand);
        Add("bot, data there: /healthz/ready is 200", ready);
        Add("bot, data there: first command committed", command);
        table.Print();

        var held = new MarkdownTable($"start: working set after {Idle.TotalSeconds} s of nothing (mean of {IdleRounds})", "", "memory", "to the hello-world");
        held.Add("hello-world WebApplication", MarkdownTable.Mebibytes(helloMemory.Average()), MarkdownTable.Ratio(1, 1));
        held.Add("bot, after one command", MarkdownTable.Mebibytes(memory.Average()), MarkdownTable.Ratio(memory.Average(), helloMemory.Average()));
        held.Print();
    }

    private static async Task AnswerAsync(WebProcess process, Latencies ready, Latencies command)
    {
        var client = new BotClient(process.Http);
        await client.GetAsync("/healthz/ready");
        ready.Add(Stopwatch.GetElapsedTime(process.StartedAt));
        await client.SayAsync("/incident start sev2 Checkout answers 500");
        command.Add(Stopwatch.GetElapsedTime(process.StartedAt));
    }

    private static async Task MeasureMemoryAsync(WebProcess process, bool isIdleRound, List<double> memory)
    {
        if (!isIdleRound)
            return;
        await Task.Delay(Idle);
        memory.Add(process.WorkingSet);
    }
}
