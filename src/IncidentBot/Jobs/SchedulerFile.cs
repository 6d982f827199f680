using IncidentBot.Incidents.Store;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IncidentBot.Jobs;

/// <summary>Quartz's own file. Nothing is in it that the reminders in the database do not say, so it can always be made anew.</summary>
internal static class SchedulerFile
{
    public const string Name = "quartz.db";

    /// <summary>Makes sure that it is a sound SQLite file, and that reading it never waits for writing.</summary>
    public static async Task CheckAsync(string path, CancellationToken cancellationToken)
    {
        await using var connection = SqliteFile.OpenForWriting(SqliteFile.ConnectionString(path, isPooled: false));
        await SqliteFile.CheckAsync(connection, cancellationToken);
    }

    /// <summary>Whether the same file may do later: it is locked, may not be written, or its disk is full or fails.</summary>
    public static bool MayRecover(Exception fault) => SqliteFaultIn(fault)?.SqliteErrorCode
        is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_READONLY or raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN;

    /// <summary>In words for who runs the bot.</summary>
    public static string Explain(Exception fault, string path) =>
        SqliteFaultIn(fault) is { } sqlite ? StoreUnavailableException.From(sqlite, path).Message : fault.GetBaseException().Message;

    /// <returns>Where it is now. One that was moved away before is overwritten.</returns>
    public static string MoveAside(string path)
    {
        var aside = path + ".damaged";
        File.Move(path, aside, overwrite: true);
        // What belongs to it would be taken for a part of the next one.
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
        File.Delete(path + "-journal");
        return aside;
    }

    private static SqliteException? SqliteFaultIn(Exception? fault)
    {
        while (fault is not (null or SqliteException))
            fault = fault.InnerException;
        return (SqliteException?)fault;
    }
}
