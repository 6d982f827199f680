using System.Diagnostics;
using IncidentBot.Incidents.Store;
using Microsoft.Data.Sqlite;

namespace IncidentBot.Benchmarks;

/// <summary>
/// Notes through the whole bot, over HTTP, each answered once it is on disk; beside them what the disk and what HTTP give
/// without the bot. All take turns, several rounds, so that a busy moment of the machine hits none alone; the middle round counts.
/// The clients are in this process and use the same cores.
/// </summary>
internal static class CommitBenchmark
{
    private const int Rounds = 3;
    private const int Many = 32;
    private const int WarmUp = 3_200;

    public static async Task RunAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        using var directory = new ScratchDirectory();
        using var plainDirectory = new ScratchDirectory();
        using var bot = await WebProcess.StartBotAsync(directory.Path);
        using var plain = new OneByOneCommits(plainDirectory.Path);
        using var delivered = new Deliveries(Path.Combine(directory.Path, IncidentStore.FileName));
        var client = new BotClient(bot.Http);
        await client.DeclareAsync(timeout.Token);

        Func<Task> get = () => client.GetAsync("/healthz/live");
        Func<Task> note = () => client.SayAsync(Notes.Command);
        // The runtime compiles what is used often again and again; after some thousand notes it is done.
        await Task.WhenAll(Enumerable.Range(0, Many).Select(async _ =>
        {
            for (var i = 0; i < WarmUp / Many; i++)
                await note();
        }));
        await Load.RunAsync(Many, get);
        await delivered.WaitForAllAsync(timeout.Token);

        List<Load> commits = [], oneGet = [], manyGets = [], oneNote = [], manyNotes = [];
        List<double> deliveries = [], processor = [];
        for (var round = 0; round < Rounds; round++)
        {
            commits.Add(await Load.RunAsync(1, plain.InsertAsync));
            oneGet.Add(await Load.RunAsync(1, get));
            manyGets.Add(await Load.RunAsync(Many, get));
            oneNote.Add(await Load.RunAsync(1, note));
            await delivered.WaitForAllAsync(timeout.Token);
            var before = delivered.Count();
            var processorBefore = bot.ProcessorTime;
            var start = Stopwatch.GetTimestamp();
            manyNotes.Add(await Load.RunAsync(Many, note));
            await delivered.WaitForAllAsync(timeout.Token);
            var shown = delivered.Count() - before;
            deliveries.Add(shown / Stopwatch.GetElapsedTime(start).TotalSeconds);
            processor.Add((bot.ProcessorTime - processorBefore).TotalMilliseconds / shown);
        }

        var commit = Load.Middle(commits);
        var table = new MarkdownTable("commits: notes over HTTP, on disk when answered", "", "rate", "p50", "p99", "rate, to one-by-one commits", "rate, to the GET");
        void Add(string what, Load load, Load? http) => table.Add(
            what,
            MarkdownTable.PerSecond(load.PerSecond),
            MarkdownTable.Milliseconds(load.Latencies.Median),
            MarkdownTable.Milliseconds(load.Latencies.At(0.99)),
            MarkdownTable.Ratio(load.PerSecond, commit.PerSecond),
            http is null ? "" : MarkdownTable.Ratio(load.PerSecond, http.PerSecond));
        Add("one-by-one commits, plain SQLite", commit, null);
        Add("GET /healthz/live, 1 client", Load.Middle(oneGet), null);
        Add($"GET /healthz/live, {Many} clients", Load.Middle(manyGets), null);
        Add("notes, 1 client", Load.Middle(oneNote), Load.Middle(oneGet));
        Add($"notes, {Many} clients", Load.Middle(manyNotes), Load.Middle(manyGets));
        var shownRate = deliveries.Order().ElementAt(Rounds / 2);
        table.Add($"notes of the {Many} clients until shown in the room", MarkdownTable.PerSecond(shownRate), "", "", MarkdownTable.Ratio(shownRate, commit.PerSecond), "");
        table.Print();
        // Of the figures here the one that other load on the machine changes least.
        Console.WriteLine();
        Console.WriteLine($"Processor time of the bot, all threads, for a note from the request until it is shown: {MarkdownTable.Milliseconds(TimeSpan.FromMilliseconds(processor.Order().ElementAt(Rounds / 2)))}.");
    }

    /// <summary>Looks into the bot's file for what others do not see yet.</summary>
    private sealed class Deliveries : IDisposable
    {
        private readonly SqliteConnection _connection;

        public Deliveries(string path)
        {
            _connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly");
            _connection.Open();
        }

        public long Count() => Scalar("SELECT count(*) FROM Outbox WHERE State = 'Sent'");

        public async Task WaitForAllAsync(CancellationToken cancellationToken)
        {
            while (Scalar("SELECT count(*) FROM Outbox WHERE State = 'Pending'") > 0)
                await Task.Delay(50, cancellationToken);
        }

        public void Dispose() => _connection.Dispose();

        private long Scalar(string sql)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            return (long)command.ExecuteScalar()!;
        }
    }
}
