using Microsoft.Data.Sqlite;

namespace IncidentBot.Benchmarks;

/// <summary>A directory that goes away. All of a run are on the same disk, so that commits can be compared.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("incidentbot-bench-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
