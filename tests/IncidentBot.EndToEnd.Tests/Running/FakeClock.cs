using System.Globalization;

namespace IncidentBot.EndToEnd.Tests.Running;

/// <summary>
/// A clock for a program of its own, which can be set while it runs (libfaketime). Waiting lasts as long as it does: only the time
/// of day is another one, as on a machine whose clock somebody sets.
/// </summary>
internal sealed class FakeClock : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private TimeSpan _offset;

    public FakeClock() => Set();

    public static string? Library { get; } = FindLibrary();

    /// <summary>Null where a clock can be faked.</summary>
    public static string? FindObstacle() => Library is not null ? null : "There is no libfaketime.so.1 below /usr/lib (apt-get install faketime).";

    /// <summary>What starts a program with this clock.</summary>
    public string[] Before =>
    [
        "env", $"LD_PRELOAD={Library}", $"FAKETIME_TIMESTAMP_FILE={File}", "FAKETIME_NO_CACHE=1", "DONT_FAKE_MONOTONIC=1",
        // Else each wait of .NET for a moment of the monotonic clock ends at once, and waiting takes all of a processor.
        "FAKETIME_FORCE_MONOTONIC_FIX=0",
    ];

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow() + _offset;

    private string File => Path.Combine(_folder.Path, "offset");

    public void Jump(TimeSpan by)
    {
        _offset += by;
        Set();
    }

    public void Dispose() => _folder.Dispose();

    private void Set()
    {
        // Nobody reads half of it.
        var next = _folder.Write("next", string.Create(CultureInfo.InvariantCulture, $"{_offset.TotalSeconds:+0;-0}\n"));
        System.IO.File.Move(next, File, overwrite: true);
    }

    private static string? FindLibrary() => !Directory.Exists("/usr/lib") ? null
        : Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu*").Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1")).FirstOrDefault(System.IO.File.Exists);
}
