using System.Diagnostics;

namespace IncidentBot.Benchmarks;

/// <summary>
/// Signed slash commands over HTTP, each acknowledged once it is on disk, beside notes through the local chat; and what the bot's
/// memory is after many. Slack takes one message a second in a channel, so what others see is not measured: it is Slack's figure.
/// </summary>
internal static class SlackBenchmark
{
    private const int Rounds = 3;
    private const int Many = 32;
    private const int WarmUp = 3_200;
    private const int Total = 100_000;
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";

    public static async Task RunAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(15));
        using var localDirectory = new ScratchDirectory();
        using var slackDirectory = new ScratchDirectory();
        await using var slack = await SlackStub.StartAsync();
        using var local = await WebProcess.StartBotAsync(localDirectory.Path);
        using var bot = await WebProcess.StartBotAsync(
            slackDirectory.Path, "--Slack:BotToken", "xoxb-benchmark", "--Slack:SigningSecret", Secret, "--Slack:ApiBaseUrl", slack.Url, "--Slack:IncidentRoom", "SameChannel");
        var localClient = new BotClient(local.Http);
        await localClient.DeclareAsync(timeout.Token);
        var client = new SlackClient(bot.Http, Secret);
        await client.SayAsync("/incident", "start sev2 Checkout answers 500 --service checkout");

        var count = 0;
        Func<Task> localNote = () => localClient.SayAsync(Notes.Command);
        Func<Task> note = () =>
        {
            Interlocked.Increment(ref count);
            return client.SayAsync("/timeline", "note " + Notes.Text);
        };
        await RepeatAsync(WarmUp, localNote);
        await RepeatAsync(WarmUp, note);
        var memoryBefore = bot.WorkingSet;

        List<Load> localNotes = [], one = [], many = [];
        for (var round = 0; round < Rounds; round++)
        {
            localNotes.Add(await Load.RunAsync(Many, localNote));
            one.Add(await Load.RunAsync(1, note));
            many.Add(await Load.RunAsync(Many, note));
        }
        var beside = Load.Middle(localNotes);
        var table = new MarkdownTable("slack: signed /timeline note over HTTP, on disk when acknowledged", "", "rate", "p50", "p99", "rate, to the local chat's");
        void Add(string what, Load load) => table.Add(
            what,
            MarkdownTable.PerSecond(load.PerSecond),
            MarkdownTable.Milliseconds(load.Latencies.Median),
            MarkdownTable.Milliseconds(load.Latencies.At(0.99)),
            MarkdownTable.Ratio(load.PerSecond, beside.PerSecond));
        Add($"local chat, {Many} clients", beside);
        Add("Slack, 1 client", Load.Middle(one));
        Add($"Slack, {Many} clients", Load.Middle(many));
        table.Print();

        var start = Stopwatch.GetTimestamp();
        var before = count;
        await RepeatAsync(Total - count, note);
        Console.WriteLine();
        Console.WriteLine(
            $"After {count:N0} notes, nearly all of which Slack has still to show: {MarkdownTable.Mebibytes(bot.WorkingSet)}, "
            + $"{MarkdownTable.Ratio(bot.WorkingSet, memoryBefore)} of {MarkdownTable.Mebibytes(memoryBefore)} after {WarmUp:N0}; "
            + $"the last {count - before:N0} at {MarkdownTable.PerSecond((count - before) / Stopwatch.GetElapsedTime(start).TotalSeconds)}.");
    }

    private static Task RepeatAsync(int times, Func<Task> action) => Task.WhenAll(Enumerable.Range(0, Many).Select(async client =>
    {
        for (var i = client; i < times; i += Many)
            await action();
    }));
}
