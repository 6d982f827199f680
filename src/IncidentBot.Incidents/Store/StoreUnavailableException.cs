using Microsoft.Data.Sqlite;

namespace IncidentBot.Incidents.Store;

/// <summary>The database cannot take anything now. The message says why and what to do, and is fit to be shown.</summary>
public sealed class StoreUnavailableException(string message, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>Codes as in https://www.sqlite.org/rescode.html.</summary>
    public static StoreUnavailableException From(SqliteException fault, string path) => new(fault.SqliteErrorCode switch
    {
        5 or 6 => $"The database {path} is locked by another process. Close whatever has it open and try again.",
        8 => $"The database {path} is read-only. Give the bot's user the right to write to the file and its folder.",
        10 => $"The disk that holds the database {path} failed ({fault.SqliteExtendedErrorCode}). Check the disk and its free space.",
        11 or 26 => $"The database {path} is damaged or is no SQLite database. Move it away and put a backup in its place.",
        13 => $"The disk that holds the database {path} is full. Free some space and try again.",
        14 => $"The database {path} cannot be opened. Check that the folder exists and that the bot's user may write to it.",
        _ => $"The database {path} failed: {fault.Message}",
    }, fault);

    /// <summary>Whether the whole transaction is gone with this fault, not just the statement.</summary>
    internal static bool EndsTransaction(SqliteException fault) => fault.SqliteErrorCode is 5 or 6 or 7 or 8 or 10 or 11 or 13 or 14 or 26;
}
