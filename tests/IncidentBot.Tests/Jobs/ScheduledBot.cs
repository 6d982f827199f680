using System.Diagnostics;
using IncidentBot.Health;
using IncidentBot.Incidents;
using IncidentBot.Incidents.Reminders;
using IncidentBot.Incidents.Store;
using IncidentBot.Jobs;
using IncidentBot.Tests.Fakes;
using IncidentBot.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IncidentBot.Tests.Jobs;

/// <summary>The scheduler of a bot with its two real files. Its clock stands still but for what a test does.</summary>
internal sealed class ScheduledBot : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("scheduledbot-");
    private readonly HttpClient _http = new();
    private WebApplication? _app;

    public SteppedTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public RunningBot.Logs Logged { get; private set; } = new();

    public IncidentStore Store => _app!.Services.GetRequiredService<IncidentStore>();

    public string DataDirectory => _directory.FullName;

    public string Database => Path.Combine(DataDirectory, IncidentStore.FileName);

    public string QuartzFile => Path.Combine(DataDirectory, SchedulerFile.Name);

    public static async Task<ScheduledBot> StartAsync()
    {
        var bot = new ScheduledBot();
        await bot.StartAgainAsync();
        return bot;
    }

    /// <summary>On the same files and at the same time of day.</summary>
    public async Task StartAgainAsync()
    {
        await LaunchAsync();
        await HappensAsync("the scheduler runs", async () => (await ReadinessAsync()).IsReady);
    }

    /// <summary>The same, and the scheduler may not be able to run.</summary>
    public async Task LaunchAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["IncidentBot:DataDirectory"] = DataDirectory,
            // Only the reminders of the tests wait.
            ["Reminders:DigestDay"] = "",
        });
        Logged = new RunningBot.Logs();
        builder.Logging.ClearProviders().AddProvider(Logged).AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.AddIncidents();
        SteppedOutbox.LeaveToTests(builder.Services);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddHealth();
        builder.AddJobs();
        _app = builder.Build();
        _app.MapHealth();
        await Store.PrepareAsync(CancellationToken.None);
        await _app.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_app is not { } app)
            return;
        _app = null;
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Only the scheduler, as the first thing of a stop.</summary>
    public Task StopSchedulerAsync() => _app!.Services.GetRequiredService<ReminderScheduler>().StopAsync(CancellationToken.None);

    /// <summary>A reminder is committed, as by a command.</summary>
    public async Task<long> RemindAsync(TimeSpan after, int subject = 0)
    {
        var now = Clock.GetUtcNow();
        return await Store.WriteAsync(
            async db =>
            {
                var reminder = new Reminder(ReminderKind.Digest, null, subject, now + after, now);
                db.Reminders.Add(reminder);
                await db.SaveChangesAsync();
                return reminder.Id;
            },
            CancellationToken.None);
    }

    public async Task<IReadOnlyList<long>> RemindAsync(IEnumerable<TimeSpan> after)
    {
        var ids = new List<long>();
        foreach (var one in after)
            ids.Add(await RemindAsync(one));
        return ids;
    }

    public Task ChangeAsync(long id, Action<Reminder> change) => Store.WriteAsync(
        async db =>
        {
            change(await db.Reminders.SingleAsync(r => r.Id == id));
            return await db.SaveChangesAsync();
        },
        CancellationToken.None);

    public Task<Reminder> ReadAsync(long id) => Store.ReadAsync(db => db.Reminders.SingleAsync(r => r.Id == id), CancellationToken.None);

    /// <summary>The triggers in Quartz' file, which are named by what they trigger and when.</summary>
    public Task<List<string>> TriggersAsync() => OnQuartzAsync(async command =>
    {
        command.CommandText = "SELECT TRIGGER_NAME FROM QRTZ_TRIGGERS";
        var names = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            names.Add(reader.GetString(0));
        return names;
    });

    public Task<bool> AnyJobRunsAsync() => OnQuartzAsync(async command =>
    {
        command.CommandText = "SELECT COUNT(*) FROM QRTZ_FIRED_TRIGGERS WHERE STATE = 'EXECUTING'";
        return (long)(await command.ExecuteScalarAsync())! > 0;
    });

    public Task ChangeQuartzAsync(string sql) => OnQuartzAsync(command =>
    {
        command.CommandText = sql;
        return command.ExecuteNonQueryAsync();
    });

    /// <summary>Nobody else can write to a file, or not even read it, for as long as the connection is open.</summary>
    public static async Task<SqliteConnection> LockAsync(string path, bool againstReading = false)
    {
        var connection = await OpenAsync(path);
        await using var begin = connection.CreateCommand();
        begin.CommandText = (againstReading ? "PRAGMA locking_mode = EXCLUSIVE; " : "") + "BEGIN EXCLUSIVE";
        await begin.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Each reminder that waits has its trigger, and there are no others.</summary>
    public Task IsReconciledAsync() => HappensAsync("triggers and reminders are reconciled", async () =>
    {
        var waiting = await Store.ReadAsync(db => db.Reminders.Where(r => r.State == ReminderState.Waiting).ToListAsync(), CancellationToken.None);
        return waiting.Select(r => FormattableString.Invariant($"{r.Id}@{r.RunAt.UtcTicks}")).Order().SequenceEqual((await TriggersAsync()).Order());
    });

    public Task IsDoneAsync(params IEnumerable<long> ids) => HappensAsync("the reminders are done", () => AreDoneAsync(ids));

    /// <summary>The same, and it may take minutes of the bot's time.</summary>
    public Task IsDoneInTheEndAsync(long id) => HappensAsync("the reminder is done", () => AreDoneAsync([id]), TimeSpan.FromSeconds(1));

    /// <summary>What the scheduler's line says.</summary>
    public async Task<(bool IsReady, string Text)> ReadinessAsync()
    {
        using var answer = await _http.GetAsync(new Uri($"{_app!.Urls.Single()}/healthz/ready"));
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        return (answer.IsSuccessStatusCode, lines.Single(l => l.StartsWith("scheduler: ", StringComparison.Ordinal))["scheduler: ".Length..]);
    }

    public Task SaysAsync(string text) => HappensAsync($"the readiness says {text}", async () => (await ReadinessAsync()).Text == text);

    /// <summary>To the moment when a reminder is due.</summary>
    public async Task PassUntilAsync(long id) => Clock.Advance((await ReadAsync(id)).RunAt - Clock.GetUtcNow());

    /// <summary>Little by little time passes, too, for who gathers what comes together.</summary>
    /// <param name="step">How much passes between two looks; longer where minutes are to pass.</param>
    public async Task HappensAsync(string what, Func<Task<bool>> condition, TimeSpan? step = null)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > Bound)
                throw new TimeoutException($"It did not happen in time: {what}. {string.Join('\n', Logged.Lines)}");
            await Task.Delay(20);
            Clock.Advance(step ?? TimeSpan.FromMilliseconds(50));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task<bool> AreDoneAsync(IEnumerable<long> ids)
    {
        await using var db = Store.Read();
        return !await db.Reminders.AnyAsync(r => ids.Contains(r.Id) && r.State == ReminderState.Waiting);
    }

    private async Task<T> OnQuartzAsync<T>(Func<SqliteCommand, Task<T>> act)
    {
        await using var connection = await OpenAsync(QuartzFile);
        await using var command = connection.CreateCommand();
        return await act(command);
    }

    private static async Task<SqliteConnection> OpenAsync(string path)
    {
        var connection = new SqliteConnection(SqliteFile.ConnectionString(path, isPooled: false));
        await connection.OpenAsync();
        return connection;
    }
}
