using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IncidentBot.Incidents.Store;

/// <summary>The database cannot take anything now. The message says why and what to do, and where the file is: it is for the log and for who runs the bot.</summary>
/// <param name="withoutPath">The same for everybody else.</param>
public sealed class StoreUnavailableException(string message, string withoutPath, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>The message without the places of files, fit to be shown in a chat.</summary>
    public string WithoutPath { get; } = withoutPath;

    public static StoreUnavailableException From(SqliteException fault, string path) => new(Explain(fault, $"database {path}"), Explain(fault, "database"), fault);

    /// <summary>Whether the whole transaction is gone with this fault, not just the statement.</summary>
    internal static bool EndsTransaction(SqliteException fault) => fault.SqliteErrorCode
        is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_READONLY or raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN
        or raw.SQLITE_NOTADB;

    /// <summary>Codes as in https://www.sqlite.org/rescode.html.</summary>
    private static string Explain(SqliteException fault, string database) => fault.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"The {database} is locked by another process. Close whatever has it open and try again.",
        raw.SQLITE_READONLY => $"The {database} is read-only. Give the bot's user the right to write to the file and its folder.",
        raw.SQLITE_IOERR => $"The disk that holds the {database} failed ({fault.SqliteExtendedErrorCode}). Check the disk and its free space.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => $"The {database} is damaged or is no SQLite database. Move it away and put a backup in its place.",
        raw.SQLITE_FULL => $"The disk that holds the {database} is full. Free some space and try again.",
        raw.SQLITE_CANTOPEN => $"The {database} cannot be opened. Check that the folder exists and that the bot's user may write to it.",
        _ => $"The {database} failed: {fault.Message}",
    };
}
