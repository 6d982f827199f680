using System.Diagnostics;
using System.Text.RegularExpressions;

namespace IncidentBot.Benchmarks;

/// <summary>A web application in a process of its own, on a loopback port of its own.</summary>
internal sealed partial class WebProcess : IDisposable
{
    private readonly Process _process;

    private WebProcess(Process process, long startedAt, Uri address)
    {
        _process = process;
        StartedAt = startedAt;
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 64 }) { BaseAddress = address };
    }

    /// <summary><see cref="Stopwatch"/> time at which the process was asked for.</summary>
    public long StartedAt { get; }

    public HttpClient Http { get; }

    /// <summary>In MiB, as it is now.</summary>
    public double WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024d / 1024d;
        }
    }

    /// <summary>The time that its threads ran so far, on all cores together.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static Task<WebProcess> StartBotAsync(string dataDirectory, params string[] settings) => StartAsync(
        "IncidentBot", dataDirectory, ["--urls", "http://127.0.0.1:0", "--IncidentBot:DataDirectory", dataDirectory, "--LocalChat:Enabled", "true", .. settings]);

    public static Task<WebProcess> StartHelloWorldAsync(string directory) => StartAsync("IncidentBot.Benchmarks", directory, HelloWorld.Switch);

    public void Dispose()
    {
        Http.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <returns>As soon as the program has said where it listens.</returns>
    private static async Task<WebProcess> StartAsync(string program, string workingDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, program), arguments)
        {
            // No appsettings.json of a checkout is in it.
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
        };
        var startedAt = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Address().Match(line) is not { Success: true } address)
                continue;
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return new WebProcess(process, startedAt, new Uri(address.Value));
        }
        throw new InvalidOperationException($"{program} did not start.");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
