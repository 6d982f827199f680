using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;

namespace IncidentBot.EndToEnd.Tests.Running;

/// <summary>The bot as a process of its own, with a data directory and a port that it keeps over restarts.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder? _folder;
    private readonly string[] _before;
    private readonly string[] _settings;
    private readonly StringBuilder _output = new();
    private readonly HttpClient _probe = new();
    private Process? _process;

    private BotProcess(string? dataDirectory, string[] before, string[] settings)
    {
        _folder = dataDirectory is null ? new TemporaryFolder() : null;
        DataDirectory = dataDirectory ?? _folder!.Path;
        _before = before;
        _settings = settings;
        Port = Ports.Free();
        Address = new Uri($"http://127.0.0.1:{Port}");
        Chat = new LocalChatClient(Address);
    }

    public string DataDirectory { get; }

    public int Port { get; }

    public Uri Address { get; }

    public LocalChatClient Chat { get; }

    /// <summary>What it wrote so far, standard output and errors.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <param name="dataDirectory">Null: one of its own, which is gone afterwards.</param>
    /// <param name="before">A program that starts the bot, with its arguments.</param>
    public static Task<BotProcess> StartAsync(string? dataDirectory = null, params string[] before) => StartAsync(new BotProcess(dataDirectory, before, []));

    /// <summary>By another program, such as one that sets its clock.</summary>
    public static Task<BotProcess> StartByAsync(string[] before, params string[] settings) => StartAsync(new BotProcess(null, before, settings));

    /// <param name="settings">As on the command line.</param>
    public static Task<BotProcess> StartWithAsync(params string[] settings) => StartAsync(new BotProcess(null, [], settings));

    private static async Task<BotProcess> StartAsync(BotProcess bot)
    {
        try
        {
            await bot.StartAgainAsync();
            return bot;
        }
        catch
        {
            await bot.DisposeAsync();
            throw;
        }
    }

    /// <summary>The arguments that start a bot on a data directory.</summary>
    public static string[] Arguments(string dataDirectory, int port) =>
        ["--urls", $"http://127.0.0.1:{port}", "--IncidentBot:DataDirectory", dataDirectory];

    /// <summary>On the same data directory and port.</summary>
    public async Task StartAgainAsync()
    {
        var process = Process.Start(BotProgram.With([.. Arguments(DataDirectory, Port), .. _settings], Path.GetTempPath(), _before))!;
        _process = process;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.HoldsAsync("the bot is ready", () => IsReadyAsync(process), StartBound);
    }

    /// <summary>SIGKILL: it gets no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>All that is to be sent has been sent, and nothing of it was given up.</summary>
    public async Task DrainOutboxAsync()
    {
        await Eventually.HoldsAsync("the outbox is empty", async () => await CountOutboxAsync("Pending") == 0);
        Assert.Equal(0, await CountOutboxAsync("Dead"));
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Chat.Dispose();
        _probe.Dispose();
        _folder?.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }

    private async Task<bool> IsReadyAsync(Process process)
    {
        if (process.HasExited)
            throw new InvalidOperationException($"The bot ended with {process.ExitCode}: {Output}");
        try
        {
            using var answer = await _probe.GetAsync(new Uri(Address, "/healthz/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<long> CountOutboxAsync(string state)
    {
        var path = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(DataDirectory, "incidentbot.db"),
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        await using var connection = new SqliteConnection(path.ToString());
        await connection.OpenAsync();
        await using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM Outbox WHERE State = $state";
        count.Parameters.AddWithValue("$state", state);
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
